"""The desk of cases: the inbox by deadline and turn, its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.permissions import ASSIGN, EXPORT, READ
from bangfu.cases.queries.case_batches import moves_for
from bangfu.cases.queries.case_lists import case_counts, export_cases, list_cases
from bangfu.cases.queries.handing_over import count_left
from bangfu.cases.web.case_table import CASES, case_filters, choices_of, views_of
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """The list of cases, or its workbook."""
    state = read_state(CASES, request.GET)
    filters = case_filters(state)
    counts = case_counts(request.actor, filters)
    choices = choices_of(counts, filters)
    if state.export:
        rows = export_cases(request.actor, filters, sort=state.sort)
        return answer_workbook(request.actor, CASES, state, rows, title=_("案件"), choices=choices)
    page = list_cases(
        request.actor, filters, total=counts.total, sort=state.sort,
        page=state.page, size=state.page_size,
    )  # fmt: skip
    mine, everything = counts.mine, counts.everything
    moves = moves_for(request.actor, page.rows)
    context = {
        "table": present(
            CASES, state, page.rows, total=page.total, key=lambda row: row.id,
            choices=choices, pick=bool(moves),
        ),
        "views": views_of(state, mine, everything),
        "mine": mine.total(),
        "overdue": mine[DueGroup.OVERDUE.value],
        "due_today": mine[DueGroup.TODAY.value],
        "total": everything.total(),
        "left": count_left(request.actor) if request.actor.holds(ASSIGN) else 0,
        "moves": moves,
        "bulk": "cases/case_bulk.html" if moves else "",
        "bulk_url": reverse("case:batch"),
        "here": request.get_full_path(),
        "export_allowed": request.actor.holds(EXPORT),
    }  # fmt: skip
    return render(request, "cases/case_desk.html", context)
