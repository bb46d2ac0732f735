"""The list of appeals: its columns, filters and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from bangfu.cases.queries.appeals import AppealFilters, list_appeal_facets
from bangfu.foundation.ui.api import Choice, Column, Filter, Table

if TYPE_CHECKING:
    from bangfu.cases.queries.appeals import AppealRow
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import ListState

_FIELDS: Final = {
    "kind": "kinds",
    "state": "states",
    "channel": "channels",
    "place": "divisions",
}
"""The address's word for each filter."""

APPEALS: Final[Table[AppealRow]] = Table(
    name="appeals",
    sort="due",
    columns=(
        Column("kind", _("种类"), lambda row: row.kind_label,
               template="cases/appeal_cell_kind.html", sortable=True, heading=True),
        Column("about", _("关于"), lambda row: row.case_number or row.head_name),
        Column("received", _("收到"), lambda row: row.received_at, kind="moment", sortable=True),
        Column("due", _("状态 · 期限"), lambda row: row.due_on, kind="day",
               template="cases/appeal_cell_due.html", sortable=True),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("channel", _("来源"), lambda row: row.channel_label, chosen=False),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}", sortable=True,
               chosen=False),
    ),
    filters=(
        Filter("kind", _("种类")),
        Filter("state", _("状态")),
        Filter("channel", _("来源")),
        Filter("place", _("镇村")),
    ),
)  # fmt: skip


def filters_of(state: ListState) -> AppealFilters:
    """What the address asks of the list. Values nobody knows leave nothing, which is true."""
    chosen: dict[str, Any] = {field: state.chosen(name) for name, field in _FIELDS.items()}
    chosen["divisions"] = tuple(each for each in chosen["divisions"] if each.isdigit())
    return AppealFilters(**chosen)


def choices_for(actor: Actor, filters: AppealFilters) -> dict[str, list[Choice]]:
    """The choices of every filter with their counts."""
    found = list_appeal_facets(actor, filters)
    return {
        name: [Choice(each.value, each.label, each.count) for each in found[field]]
        for name, field in _FIELDS.items()
    }
