"""The list of a month: every resident official with the days, and its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.attendance.domain.months import month_of
from bangfu.attendance.permissions import MANAGE, READ, SIGN
from bangfu.attendance.queries.duties import own_duties
from bangfu.attendance.queries.gaps import NOBODY, GapsFilters, list_gaps
from bangfu.attendance.queries.lists import (
    SHORT,
    MonthFilters,
    export_months,
    list_months,
    overview,
    role_choices,
    townships_of,
)
from bangfu.attendance.queries.recalls import list_open_recalls
from bangfu.attendance.web.months import latest_months, month_asked, month_words
from bangfu.attendance.web.tables import MONTHS, choices, month_filters
from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.attendance.domain.months import Month
    from bangfu.foundation.access.api import ActingRequest, Actor


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """A month's list, or its workbook; who only signs in is shown their own days."""
    actor = request.actor
    if not request.GET and actor.holds(SIGN) and not actor.holds(MANAGE) and own_duties(actor):
        return redirect("attendance:own")
    state = read_state(MONTHS, request.GET)
    month = month_asked(state.one("month"))
    filters = month_filters(state)
    found = {
        "month": choices(latest_months(month)),
        "role": choices(role_choices()),
        "place": choices(townships_of(actor, month)),
    }
    if state.export:
        rows = export_months(actor, month, filters, sort=state.sort)
        title = _("驻村考勤 %(month)s") % {"month": month}
        return answer_workbook(actor, MONTHS, state, rows, title=title, choices=found)
    page = list_months(
        actor, month, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    table = present(
        MONTHS, state, page.rows, total=page.total, key=lambda row: row.duty_id, choices=found
    )
    context = {
        "table": table,
        "title": _title(actor, month),
        "gaps": len(list_gaps(actor, GapsFilters(whats=(NOBODY,)))),
        "recalls": list_open_recalls(actor, READ),
        "may_sign": bool(own_duties(actor)),
        "export_allowed": actor.holds(EXPORT),
    }
    return render(request, "attendance/desk.html", context)


def _title(actor: Actor, month: Month) -> str:
    """The answer of the page: who is there today, or how many fell short."""
    counted = overview(actor, month)
    values = {"month": month_words(month), "n": counted.serving, "here": counted.here_today}
    if month == month_of(today()):
        return _("驻村干部 %(n)s 人次，今天到村 %(here)s 人") % values
    short = list_months(actor, month, MonthFilters(results=(SHORT,)), size=1).total
    return _("%(month)s：驻村干部 %(n)s 人次，%(short)s 人天数不够") % {**values, "short": short}
