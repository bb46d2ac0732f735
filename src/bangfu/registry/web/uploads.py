"""Importing workbooks: the batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.batches import list_batches

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(IMPORT)
@require_safe
def list_page(request: ActingRequest) -> HttpResponse:
    """The batches of the reader's places."""
    return render(request, "registry/imports.html", {"page": list_batches(request.actor)})
