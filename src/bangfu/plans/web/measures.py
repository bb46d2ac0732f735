"""The list of measures, its workbook, and many measures started at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook, ids_of, reasons_of, way_back
from bangfu.foundation.ui.api import present, read_state, usual_views
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Problem
from bangfu.plans.permissions import READ, RECORD
from bangfu.plans.queries.filters import MeasureFilters
from bangfu.plans.queries.lists import count_overdue, export_measures, list_measures
from bangfu.plans.services.carrying import START, MeasureMove, move_measures
from bangfu.plans.web.tables import MEASURES, measure_choices, measure_filters
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from bangfu.foundation.access.api import ActingRequest

_LIST: Final = "plans:measures"


@requires(READ)
@require_safe
def show_measures(request: ActingRequest) -> HttpResponse:
    """The list of measures, or its workbook."""
    state = read_state(MEASURES, request.GET)
    filters = measure_filters(state)
    choices = measure_choices(request.actor, filters)
    if state.export:
        rows = export_measures(request.actor, filters, sort=state.sort)
        return answer_workbook(
            request.actor, MEASURES, state, rows, title=_("帮扶措施"), choices=choices
        )
    page = list_measures(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    everything = measure_choices(request.actor, MeasureFilters())
    may_start = request.actor.holds(RECORD)
    context = {
        "table": present(
            MEASURES, state, page.rows, total=page.total, key=lambda row: row.id,
            choices=choices, pick=may_start,
        ),
        "views": usual_views(state, everything, "late", "state"),
        "total": sum(each.count or 0 for each in everything["state"]),
        "overdue": count_overdue(request.actor),
        "export_allowed": request.actor.holds(EXPORT),
        "bulk": "plans/bulk.html" if may_start else "",
        "bulk_url": reverse("plans:start"),
        "here": request.get_full_path(),
    }  # fmt: skip
    return render(request, "plans/measures.html", context)


@requires(RECORD)
@require_POST
def start_many(request: ActingRequest) -> HttpResponse:
    """Start the measures picked: those that may start do, the others are told why not."""
    picked = ids_of(request.POST.getlist("pick"))
    if not picked:
        messages.warning(request, sentence_of(Problem("plans.nothing_chosen"))[0])
        return redirect(way_back(request, reverse(_LIST)))
    wanted = [MeasureMove(each) for each in picked]
    outcome = move_measures(actor=request.actor, move=START, requests=wanted)
    if outcome.moved:
        number = len(outcome.moved)
        words = ngettext("%(n)d 项措施开始实施。", "%(n)d 项措施开始实施。", number)
        messages.success(request, words % {"n": number})
    _tell_refused(request, outcome.refused)
    return redirect(way_back(request, reverse(_LIST)))


def _tell_refused(request: HttpRequest, refused: Mapping[UUID, tuple[Problem, ...]]) -> None:
    """How many did not start, reason by reason."""
    for title, number in reasons_of(refused).items():
        words = ngettext("%(n)d 项没有开始：%(why)s", "%(n)d 项没有开始：%(why)s", number)
        messages.warning(request, words % {"n": number, "why": title})
