"""My work: what is overdue, what is due today, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import open_to_signed_in
from bangfu.foundation.clock.api import now, today
from bangfu.foundation.ui.api import work_of
from bangfu.foundation.ui.panels import panels_for
from bangfu.shell.agenda import make_agenda

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@open_to_signed_in
@require_safe
def show_home(request: ActingRequest) -> HttpResponse:
    """The home page of whoever signed in."""
    panels = panels_for("home", request, request.actor)
    context = {
        "today": today(),
        "now": now(),
        "agenda": make_agenda(list(work_of(request)), today()),
        "main_panels": [panel for panel in panels if panel.column == "main"],
        "side_panels": [panel for panel in panels if panel.column == "side"],
    }
    return render(request, "shell/home.html", context)
