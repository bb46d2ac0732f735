"""The list of plans, and its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state, usual_views
from bangfu.plans.permissions import READ
from bangfu.plans.queries.filters import PlanFilters
from bangfu.plans.queries.lists import count_overdue, export_plans, list_plans
from bangfu.plans.queries.work import count_waiting
from bangfu.plans.web.tables import PLANS, plan_choices, plan_filters
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """The list of plans, or its workbook."""
    state = read_state(PLANS, request.GET)
    filters = plan_filters(state)
    choices = plan_choices(request.actor, filters)
    if state.export:
        rows = export_plans(request.actor, filters, sort=state.sort)
        return answer_workbook(
            request.actor, PLANS, state, rows, title=_("帮扶方案"), choices=choices
        )
    page = list_plans(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    everything = plan_choices(request.actor, PlanFilters())
    context = {
        "table": present(
            PLANS, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
        ),
        "views": usual_views(state, everything, "mark", "state"),
        "total": sum(each.count or 0 for each in everything["state"]),
        "overdue": count_overdue(request.actor),
        "waiting": count_waiting(request.actor),
        "export_allowed": request.actor.holds(EXPORT),
    }
    return render(request, "plans/desk.html", context)
