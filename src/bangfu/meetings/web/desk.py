"""The list of meetings with what waits for one, and its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state, usual_views
from bangfu.meetings.permissions import HOLD, READ
from bangfu.meetings.queries.filters import MeetingFilters
from bangfu.meetings.queries.lists import export_meetings, list_meetings
from bangfu.meetings.queries.waiting import waiting_villages
from bangfu.meetings.web.table import MEETINGS, choices_for, filters_of
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """The list of meetings, or its workbook."""
    state = read_state(MEETINGS, request.GET)
    filters = filters_of(state)
    choices = choices_for(request.actor, filters)
    if state.export:
        rows = export_meetings(request.actor, filters, sort=state.sort)
        return answer_workbook(
            request.actor, MEETINGS, state, rows, title=_("村级会议"), choices=choices
        )
    page = list_meetings(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    everything = choices_for(request.actor, MeetingFilters())
    waiting = waiting_villages(request.actor)
    context = {
        "table": present(
            MEETINGS, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
        ),
        "views": usual_views(state, everything, "state"),
        "total": sum(each.count or 0 for each in everything["state"]),
        "waiting": waiting,
        "waiting_count": sum(each.count for each in waiting),
        "may_hold": request.actor.holds(HOLD),
        "export_allowed": request.actor.holds(EXPORT),
    }
    return render(request, "meetings/desk.html", context)
