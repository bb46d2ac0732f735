"""The list of changes: its columns, filters and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangfu.changes.queries.filters import RequestFilters
from bangfu.changes.queries.lists import list_facets
from bangfu.foundation.ui.api import Choice, Column, Filter, Table

if TYPE_CHECKING:
    from bangfu.changes.queries.rows import RequestRow
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import ListState

_FIELDS: Final = {"state": "states", "kind": "kinds", "place": "divisions", "source": "sources"}
"""The address's word for each filter."""

REQUESTS: Final[Table[RequestRow]] = Table(
    name="changes",
    sort="due",
    words=_("户主姓名或户编号"),
    columns=(
        Column("name", _("农户"), lambda row: row.head_name,
               template="changes/cell_household.html", sortable=True, heading=True),
        Column("kind", pgettext_lazy("一件", "变更"), lambda row: row.what, sortable=True),
        Column("day", _("从哪一天起"), lambda row: row.day, kind="day", sortable=True),
        Column("asked", _("提出"), lambda row: row.asked_at, kind="moment",
               template="changes/cell_asked.html", sortable=True),
        Column("due", _("状态 · 期限"), lambda row: row.due_on, kind="day",
               template="changes/cell_due.html", sortable=True),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("by", _("提出人"), lambda row: row.asked_by, chosen=False),
        Column("source", _("来源"), lambda row: row.source_label, chosen=False),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}", chosen=False),
        Column("number", _("户编号"), lambda row: row.number, chosen=False),
    ),
    filters=(
        Filter("state", _("状态")),
        Filter("kind", pgettext_lazy("一件", "变更")),
        Filter("place", _("镇村")),
        Filter("source", _("来源")),
    ),
)  # fmt: skip


def filters_of(state: ListState) -> RequestFilters:
    """What the address asks of the list. Values nobody knows leave nothing, which is true."""
    chosen: dict[str, Any] = {field: state.chosen(name) for name, field in _FIELDS.items()}
    chosen["divisions"] = tuple(each for each in chosen["divisions"] if each.isdigit())
    return RequestFilters(**chosen, text=state.words)


def choices_for(actor: Actor, filters: RequestFilters) -> dict[str, list[Choice]]:
    """The choices of every filter with their counts."""
    found = list_facets(actor, filters)
    return {
        name: [Choice(each.value, each.label, each.count) for each in found[field]]
        for name, field in _FIELDS.items()
    }
