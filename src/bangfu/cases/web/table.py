"""The clue desk as a list: its columns, filters and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.queries.filters import ClueFilters
from bangfu.cases.queries.lists import list_facets
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, View, views_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.cases.queries.rows import ClueRow
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import ListState

__all__ = ["CLUES", "View", "choices_for", "filters_of", "views_of"]

_FIELDS: Final = {
    "state": "states",
    "risk": "risks",
    "place": "divisions",
    "due": "dues",
    "channel": "channels",
    "rule": "rules",
}
"""The address's word for each filter of a list of clues."""
OPEN_STATES: Final = ("new", "assigned")

CLUES: Final[Table[ClueRow]] = Table(
    name="clues",
    sort="due",
    words=_("户主姓名或户编号"),
    columns=(
        Column(
            "name", _("农户"), lambda row: row.head_name,
            template="cases/cell_household.html", sortable=True, heading=True,
        ),
        Column("why", _("为什么提出来"), lambda row: row.sentence,
               template="cases/cell_why.html", bare=True),
        Column("risk", _("风险"), lambda row: row.risk_label, sortable=True, chosen=False),
        Column("received", _("来源"), lambda row: row.received_at, kind="moment",
               template="cases/cell_source.html", sortable=True),
        Column("due", _("分派 · 期限"), lambda row: row.due_on, kind="day",
               template="cases/cell_due.html", sortable=True),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("assignee", _("核实人"), lambda row: row.assignee, chosen=False),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}",
               sortable=True, chosen=False),
        Column("number", _("户编号"), lambda row: row.number, chosen=False),
        Column("size", _("人口"), lambda row: row.size, kind="whole", chosen=False),
    ),
    filters=(
        Filter("state", _("状态")),
        Filter("due", _("期限")),
        Filter("risk", _("风险")),
        Filter("place", _("镇村")),
        Filter("channel", _("来源")),
        Filter("rule", _("规则")),
    ),
)  # fmt: skip


def filters_of(state: ListState) -> ClueFilters:
    """What the address asks of the list. Values nobody knows leave nothing, which is true."""
    chosen: dict[str, Any] = {field: state.chosen(name) for name, field in _FIELDS.items()}
    known = {each.value for each in DueGroup}
    chosen["dues"] = tuple(each for each in chosen["dues"] if each in known)
    chosen["divisions"] = tuple(each for each in chosen["divisions"] if each.isdigit())
    return ClueFilters(**chosen, text=state.words)


def choices_for(actor: Actor, filters: ClueFilters) -> dict[str, list[Choice]]:
    """The choices of every filter with their counts; what leaves nothing and is not set stays out.

    The states stand in the views above the list, so only closed ones and those set are offered.
    """
    found = list_facets(actor, filters)
    return {
        name: [
            Choice(each.value, each.label, each.count)
            for each in found[field]
            if each.count or each.chosen
        ]
        for name, field in _FIELDS.items()
    }


def views_of(state: ListState, choices: dict[str, list[Choice]], total: int) -> list[View]:
    """All, unassigned, overdue, due today, being checked, decided."""
    counts = {name: {each.code: each.count or 0 for each in choices[name]} for name in choices}
    usual: Sequence[tuple[str, dict[str, tuple[str, ...]], int]] = (
        (_now("全部"), {}, total),
        (_now("未分派"), {"state": ("new",)}, counts["state"].get("new", 0)),
        (_now("逾期"), {"due": ("overdue",)}, counts["due"].get("overdue", 0)),
        (_now("今天到期"), {"due": ("today",)}, counts["due"].get("today", 0)),
        (_now("核实中"), {"state": ("assigned",)}, counts["state"].get("assigned", 0)),
        (_now("属实"), {"state": ("verified",)}, counts["state"].get("verified", 0)),
        (_now("不纳入"), {"state": ("dismissed",)}, counts["state"].get("dismissed", 0)),
    )
    return views_at(state, usual)
