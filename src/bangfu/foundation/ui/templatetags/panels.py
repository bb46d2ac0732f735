"""Draws the blocks that higher features bring to a page: `{% load panels %}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import get_template

if TYPE_CHECKING:
    from django.template import Context

    from bangfu.foundation.ui.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def draw_panel(context: Context, panel: Panel) -> str:
    """A panel with its own context, under the page's request."""
    return get_template(panel.template).render(panel.context, context["request"])
