"""Villages without a resident team, and its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.attendance.permissions import READ
from bangfu.attendance.queries.gaps import NOBODY, list_gaps, poor_villages_known
from bangfu.attendance.queries.groups import count_groups
from bangfu.attendance.web.tables import GAPS, choices, gap_filters
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state
from bangfu.kernel.division import Level
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_gaps(request: ActingRequest) -> HttpResponse:
    """The list of villages without a team or its head, or its workbook."""
    state = read_state(GAPS, request.GET)
    every = list_gaps(request.actor)
    towns = {each.division[: int(Level.TOWNSHIP)]: each.township for each in every}
    found = {"town": choices(sorted(towns.items()))}
    lines = list_gaps(request.actor, gap_filters(state), sort=state.sort)
    if state.export:
        request.actor.check_anywhere(EXPORT)
        reach = request.actor.scope(EXPORT)
        rows = [each for each in lines if reach.contains(each.division)]
        title = _("没有驻村工作队的村")
        return answer_workbook(request.actor, GAPS, state, rows, title=title, choices=found)
    shown = lines[state.offset : state.offset + state.limit]
    context = {
        "table": present(
            GAPS, state, shown, total=len(lines), key=lambda line: line.division, choices=found
        ),
        "nobody": sum(each.what == NOBODY for each in every),
        "poor_known": poor_villages_known(),
        "poor": sum(each.what == NOBODY and each.poor for each in every),
        "headless": sum(each.what != NOBODY for each in every),
        "groups": count_groups(request.actor),
        "export_allowed": request.actor.holds(EXPORT),
    }
    return render(request, "attendance/gaps.html", context)
