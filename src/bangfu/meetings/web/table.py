"""The list of meetings: its columns, filters and views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.api import Choice, Column, Filter, Table
from bangfu.meetings.queries.filters import MeetingFilters
from bangfu.meetings.queries.lists import list_facets

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import ListState
    from bangfu.meetings.queries.rows import MeetingRow

_FIELDS: Final = {"state": "states", "kind": "kinds", "place": "divisions"}
"""The address's word for each filter."""

MEETINGS: Final[Table[MeetingRow]] = Table(
    name="meetings",
    sort="-day",
    words=_("主持人、记录人或地点"),
    columns=(
        Column("day", _("日期"), lambda row: row.held_on, kind="day",
               template="meetings/cell_day.html", sortable=True, heading=True),
        Column("place", _("村"), lambda row: f"{row.township} {row.village}",
               template="meetings/cell_village.html", sortable=True),
        Column("kind", _("会议"), lambda row: row.kind_label, sortable=True),
        Column("items", _("议题"), lambda row: row.items, kind="whole", sortable=True),
        Column("passed", _("通过"), lambda row: row.passed if row.held else None, kind="whole",
               template="meetings/cell_passed.html"),
        Column("present", _("实到"), lambda row: row.present, kind="whole",
               template="meetings/cell_present.html", sortable=True),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True),
        Column("eligible", _("应到"), lambda row: row.eligible, kind="whole", chosen=False),
        Column("chair", _("主持人"), lambda row: row.chair, chosen=False),
        Column("recorder", _("记录人"), lambda row: row.recorder, chosen=False),
        Column("room", _("地点"), lambda row: row.place, chosen=False),
    ),
    filters=(
        Filter("state", _("状态")),
        Filter("kind", _("会议")),
        Filter("place", _("乡镇")),
    ),
)  # fmt: skip


def filters_of(state: ListState) -> MeetingFilters:
    """What the address asks of the list. Values nobody knows leave nothing, which is true."""
    chosen: dict[str, Any] = {field: state.chosen(name) for name, field in _FIELDS.items()}
    chosen["divisions"] = tuple(
        each for each in chosen["divisions"] if each.isdigit() and len(each) in {2, 4, 6, 9, 12}
    )
    return MeetingFilters(**chosen, text=state.words)


def choices_for(actor: Actor, filters: MeetingFilters) -> dict[str, list[Choice]]:
    """The choices of every filter with their counts."""
    found = list_facets(actor, filters)
    return {
        name: [Choice(each.value, each.label, each.count) for each in found[field]]
        for name, field in _FIELDS.items()
    }
