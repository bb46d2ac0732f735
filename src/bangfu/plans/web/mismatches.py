"""The households whose help does not fit, and their workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import Choice, View, present, read_state
from bangfu.plans.permissions import READ
from bangfu.plans.queries.mismatches import (
    MismatchFilters,
    count_mismatched,
    count_mismatches,
    export_mismatches,
    limits_on,
    list_mismatches,
)
from bangfu.plans.web.tables import FOUND, MISMATCHES, WHY, mismatch_filters
from bangfu.registry.api import EXPORT

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_mismatches(request: ActingRequest) -> HttpResponse:
    """The list, or its workbook."""
    state = read_state(FOUND, request.GET)
    filters = mismatch_filters(state)
    counts = count_mismatches(request.actor, MismatchFilters(text=filters.text))
    choices = {
        "kind": [
            Choice(kind.value, MISMATCHES[kind], number)
            for kind, number in counts.items()
            if number or kind.value in filters.kinds
        ]
    }
    if state.export:
        rows = export_mismatches(request.actor, filters, sort=state.sort)
        return answer_workbook(
            request.actor, FOUND, state, rows, title=_("帮扶不到位的户"), choices=choices
        )
    page = list_mismatches(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    total = count_mismatched(request.actor)
    views = [View(_("全部"), total, state.address(filters={}, words="", page=1), not state.filters)]
    views += [
        View(str(each.label), each.count or 0,
             state.address(filters={"kind": (each.code,)}, words="", page=1),
             dict(state.filters) == {"kind": (each.code,)})
        for each in choices["kind"]
    ]  # fmt: skip
    months = {name: "–" if n is None else n for name, n in limits_on().items()}
    context = {
        "table": present(
            FOUND, state, page.rows, total=page.total, key=lambda row: row.household_id,
            choices=choices,
        ),
        "views": views,
        "total": total,
        "why": [(MISMATCHES[each], WHY[each] % months) for each in MISMATCHES],
        "export_allowed": request.actor.holds(EXPORT),
    }  # fmt: skip
    return render(request, "plans/mismatches.html", context)
