"""Until when a state may last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bangfu.procedures.domain.calendar import Due
from bangfu.procedures.domain.table import CountedFrom, DayKind

if TYPE_CHECKING:
    from datetime import date

    from bangfu.kernel.division import Level
    from bangfu.procedures.domain.calendar import WorkingCalendar
    from bangfu.procedures.domain.table import Limit, State


def start_of(limit: Limit, *, opened: date, entered: date) -> date:
    """The day `limit` begins after.

    The number of days that holds on this day is used to the end: a limit shortened later does not
    make an old matter overdue.
    """
    return opened if limit.counted_from is CountedFrom.OPENED else entered


def count_limit(limit: Limit, start: date, days: int, calendar: WorkingCalendar) -> Due:
    """The last day in time of a limit of `days` begun on `start`."""
    if limit.kind is DayKind.CALENDAR:
        return Due(start + timedelta(days=days))
    return calendar.after(start, days)


def tiers_to_tell(state: State, due: date, day: date, calendar: WorkingCalendar) -> list[Level]:
    """The tiers that hear of a matter in `state` that was due on `due`, the soonest told first.

    `after: 0` is told as soon as the last day is over, `after: 3` when three working days have
    gone by besides.
    """
    if day <= due:
        return []
    overdue = calendar.between(due, day)
    return [tell.tier for tell in state.escalates if tell.after <= overdue]
