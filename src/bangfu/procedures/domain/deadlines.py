"""Until when a state may last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bangfu.procedures.domain.calendar import Due, WorkingCalendar
from bangfu.procedures.domain.table import CountedFrom, DayKind

if TYPE_CHECKING:
    from datetime import date

    from bangfu.procedures.domain.table import Limit, Procedure


def due_of(
    procedure: Procedure, state: str, *, opened: date, entered: date, calendar: WorkingCalendar
) -> Due | None:
    """The last day in time of `state`; None when the state has no limit that holds on the day.

    The value that holds on the day the count begins is used to the end: a limit shortened later
    does not make an old matter overdue.
    """
    name = procedure.states[state].limit
    if not name:
        return None
    limit = procedure.limits[name]
    start = opened if limit.counted_from is CountedFrom.OPENED else entered
    return count_limit(limit, start, calendar)


def count_limit(limit: Limit, start: date, calendar: WorkingCalendar) -> Due | None:
    """The last day of `limit` begun on `start`; None when no value holds on that day."""
    value = limit.on(start)
    if value is None:
        return None
    if limit.kind is DayKind.CALENDAR:
        return Due(start + timedelta(days=value.days))
    return calendar.after(start, value.days)
