"""Due days as people sort their work: overdue, today, each of the coming days, later, none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date


class WorkingDays(Protocol):
    """Knows the days on which offices work."""

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        ...


class DueGroup(StrEnum):
    """When something is due, seen from a day."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Horizon:
    """A day and the working days that people look ahead to from it.

    Attributes:
        ahead: the coming working days, each shown by itself; what lies beyond is later.
    """

    today: date
    ahead: tuple[date, ...]

    @property
    def last(self) -> date:
        """The last day that is not "later"."""
        return self.ahead[-1] if self.ahead else self.today

    def group_of(self, due: date | None) -> DueGroup:
        """Where a due day belongs."""
        if due is None:
            return DueGroup.NONE
        if due <= self.today:
            return DueGroup.TODAY if due == self.today else DueGroup.OVERDUE
        return DueGroup.SOON if due <= self.last else DueGroup.LATER


def look_ahead(today: date, calendar: WorkingDays, days: int) -> Horizon:
    """The horizon of a number of working days after today."""
    found: list[date] = []
    day = today
    while len(found) < days:
        day += timedelta(days=1)
        if calendar.is_working_day(day):
            found.append(day)
    return Horizon(today, tuple(found))
