"""The list of changes, and its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.changes.permissions import READ
from bangfu.changes.queries.filters import RequestFilters
from bangfu.changes.queries.lists import count_waiting, export_requests, list_requests
from bangfu.changes.web.table import REQUESTS, choices_for, filters_of
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state, usual_views
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """The list of changes, or its workbook."""
    state = read_state(REQUESTS, request.GET)
    filters = filters_of(state)
    choices = choices_for(request.actor, filters)
    if state.export:
        rows = export_requests(request.actor, filters, sort=state.sort)
        return answer_workbook(
            request.actor, REQUESTS, state, rows, title=_("信息变更"), choices=choices
        )
    page = list_requests(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    everything = choices_for(request.actor, RequestFilters())
    context = {
        "table": present(
            REQUESTS, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
        ),
        "views": usual_views(state, everything, "state"),
        "total": sum(each.count or 0 for each in everything["state"]),
        "waiting": count_waiting(request.actor),
        "export_allowed": request.actor.holds(EXPORT),
    }
    return render(request, "changes/desk.html", context)
