"""The lists of attendance: their columns and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from bangfu.attendance.queries.gaps import NO_HEAD, NOBODY, GapsFilters
from bangfu.attendance.queries.leaves import LeaveFilters
from bangfu.attendance.queries.lists import FULL, SHORT, UNKNOWN, MonthFilters
from bangfu.foundation.ui.api import Choice, Column, Filter, Table

if TYPE_CHECKING:
    from bangfu.attendance.queries.gaps import GapLine
    from bangfu.attendance.queries.leaves import LeaveRow
    from bangfu.attendance.queries.lists import MonthLine
    from bangfu.foundation.ui.api import ListState

_TIERS: Final = frozenset({2, 4, 6, 9, 12})

MONTHS: Final[Table[MonthLine]] = Table(
    name="attendance",
    sort="place",
    words=_("姓名"),
    columns=(
        Column("name", _("姓名"), lambda line: line.name,
               template="attendance/cell_official.html", sortable=True, heading=True),
        Column("place", _("村"), lambda line: f"{line.township} {line.village}",
               template="attendance/cell_place.html", sortable=True),
        Column("present", _("到村（天）"), lambda line: line.count.present, kind="whole",
               sortable=True),
        Column("required", _("要求（天）"), lambda line: line.count.required, kind="whole"),
        Column("away", _("请假（天）"), lambda line: line.count.away, kind="whole", sortable=True),
        Column("missing", _("还差（天）"), lambda line: line.count.missing, kind="whole",
               template="attendance/cell_missing.html", sortable=True),
        Column("visits", _("走访（天）"), lambda line: line.count.visits, kind="whole",
               sortable=True, chosen=False),
        Column("notes", _("记事（天）"), lambda line: line.count.notes, kind="whole",
               chosen=False),
        Column("role", _("职务"), lambda line: line.role_label, sortable=True, chosen=False),
        Column("from", _("派出单位"), lambda line: line.organisation, chosen=False),
    ),
    filters=(
        Filter("month", _("月份"), single=True),
        Filter("result", _("天数"), (
            Choice(SHORT, _("不够")), Choice(FULL, _("够了")), Choice(UNKNOWN, _("没有要求天数")),
        )),
        Filter("role", _("职务")),
        Filter("place", _("乡镇")),
    ),
)  # fmt: skip

LEAVES: Final[Table[LeaveRow]] = Table(
    name="leaves",
    sort="due",
    words=_("姓名"),
    columns=(
        Column("name", _("姓名"), lambda row: row.name, template="attendance/cell_leave.html",
               sortable=True, heading=True),
        Column("place", _("村"), lambda row: f"{row.township} {row.village}",
               template="attendance/cell_place.html", sortable=True),
        Column("first", _("从"), lambda row: row.first_day, kind="day", sortable=True),
        Column("last", _("到"), lambda row: row.last_day, kind="day"),
        Column("days", _("天数"), lambda row: row.days, kind="whole"),
        Column("due", _("状态 · 期限"), lambda row: row.due_on, kind="day",
               template="attendance/cell_due.html", sortable=True),
        Column("state", _("状态"), lambda row: row.state_label, sortable=True, chosen=False),
        Column("asked", _("提出"), lambda row: row.asked_at, kind="moment", chosen=False),
    ),
    filters=(Filter("state", _("状态")),),
)  # fmt: skip

GAPS: Final[Table[GapLine]] = Table(
    name="gaps",
    sort="poor",
    words=_("村名"),
    columns=(
        Column("place", _("村"), lambda line: line.village,
               template="attendance/cell_gap.html", sortable=True, heading=True),
        Column("missing", _("缺"), lambda line: line.missing),
        Column("poor", _("贫困村"), lambda line: _("是") if line.poor else "–", sortable=True),
        Column("last", _("上一任离开"), lambda line: line.last_end, kind="day",
               template="attendance/cell_last.html", sortable=True),
        Column("due", _("补派期限"), lambda line: line.replace_by, kind="day",
               template="attendance/cell_replace.html", sortable=True),
        Column("town", _("乡镇"), lambda line: line.township, chosen=False),
    ),
    filters=(
        Filter("what", _("缺什么"), (
            Choice(NOBODY, _("没有驻村工作队")), Choice(NO_HEAD, _("有队员，没有第一书记")),
        )),
        Filter("kind", _("村类"), (Choice("poor", _("贫困村")),), single=True),
        Filter("town", _("乡镇")),
    ),
)  # fmt: skip


def _places(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The codes among what an address says."""
    return tuple(each for each in codes if each.isdigit() and len(each) in _TIERS)


def month_filters(state: ListState) -> MonthFilters:
    """What the address asks of a month's list."""
    return MonthFilters(
        divisions=_places(state.chosen("place")),
        roles=state.chosen("role"),
        results=state.chosen("result"),
        text=state.words,
    )


def leave_filters(state: ListState) -> LeaveFilters:
    """What the address asks of the list of leaves."""
    return LeaveFilters(states=state.chosen("state"), text=state.words)


def gap_filters(state: ListState) -> GapsFilters:
    """What the address asks of the list of gaps."""
    return GapsFilters(
        townships=state.chosen("town"),
        whats=state.chosen("what"),
        kinds=state.chosen("kind"),
        text=state.words,
    )


def choices(pairs: list[tuple[str, Any]]) -> list[Choice]:
    """Codes and words as choices of a filter."""
    return [Choice(code, words) for code, words in pairs]
