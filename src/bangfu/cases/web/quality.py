"""The list of doubtful data, its workbook, and what the home page shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bangfu.cases.permissions import EXPORT, READ
from bangfu.cases.queries.quality_lists import (
    DoubtFilters,
    count_doubts,
    count_rules,
    export_doubts,
    list_doubt_facets,
    list_doubts,
)
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, present, read_state

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.cases.queries.quality_rows import DoubtRow
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState

_FIELDS: Final = {"rule": "rules", "place": "divisions", "kind": "kinds"}
"""The address's word for each filter."""

DOUBTS: Final[Table[DoubtRow]] = Table(
    name="quality",
    sort="rule",
    words=_("户主姓名或户编号"),
    columns=(
        Column("name", _("农户"), lambda row: row.head_name,
               template="cases/quality_cell_household.html", sortable=True, heading=True),
        Column("rule", _("疑点"), lambda row: f"{row.rule} {row.rule_label}",
               template="cases/quality_cell_rule.html", sortable=True),
        Column("seen", _("依据"), lambda row: row.seen),
        Column("remedy", _("怎么办"), lambda row: row.remedy),
        Column("case", _("案件"), lambda row: row.case_number,
               template="cases/quality_cell_case.html"),
        Column("since", _("发现"), lambda row: row.since, kind="moment", sortable=True),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}",
               sortable=True, chosen=False),
        Column("number", _("户编号"), lambda row: row.number, chosen=False),
    ),
    filters=(
        Filter("rule", _("疑点")),
        Filter("place", _("镇村")),
        Filter("kind", _("有没有案件")),
    ),
)  # fmt: skip


def filters_of(state: ListState) -> DoubtFilters:
    """What the address asks of the list. Values nobody knows leave nothing, which is true."""
    chosen: dict[str, Any] = {field: state.chosen(name) for name, field in _FIELDS.items()}
    chosen["divisions"] = tuple(each for each in chosen["divisions"] if each.isdigit())
    return DoubtFilters(**chosen, text=state.words)


def choices_for(actor: Actor, filters: DoubtFilters) -> dict[str, list[Choice]]:
    """The choices of every filter with their counts."""
    kinds = {"case": _now("有案件"), "register": _now("只在登记库")}
    found = list_doubt_facets(actor, filters, kinds)
    return {
        name: [Choice(each.value, each.label, each.count) for each in found[field]]
        for name, field in _FIELDS.items()
    }


@requires(READ)
@require_safe
def show_quality(request: ActingRequest) -> HttpResponse:
    """The list of doubtful data, or its workbook."""
    actor = request.actor
    state = read_state(DOUBTS, request.GET)
    filters = filters_of(state)
    choices = choices_for(actor, filters)
    if state.export:
        rows = export_doubts(actor, filters, sort=state.sort)
        return answer_workbook(actor, DOUBTS, state, rows, title=_now("疑点数据"), choices=choices)
    page = list_doubts(actor, filters, sort=state.sort, page=state.page, size=state.page_size)
    doubts, homes = count_doubts(actor)
    rules, checked_at = count_rules(actor)
    context = {
        "table": present(
            DOUBTS, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
        ),
        "doubts": doubts,
        "homes": homes,
        "rules": rules,
        "checked_at": checked_at,
        "export_allowed": actor.holds(EXPORT),
    }
    return render(request, "cases/quality.html", context)
