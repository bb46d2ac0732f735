"""Working days: Monday to Friday, less the days off, plus the weekend days worked instead.

The State Council's office announces each year's days off towards the end of the year before, so
a count that runs into a year nobody has announced is provisional and is made again later.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which something is in time; provisional while a year is not announced."""

    day: date
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days off and the days worked of every year that has been announced."""

    years: frozenset[int] = frozenset()
    days_off: frozenset[date] = field(default_factory=frozenset)
    days_worked: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.days_worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off

    def is_provisional(self, day: date) -> bool:
        """Whether the year of `day` has not been announced."""
        return day.year not in self.years

    def after(self, start: date, working_days: int) -> Due:
        """The last day of a limit of `working_days` that begins the day after `start`.

        Raises:
            ValueError: for a negative number of days.
        """
        if working_days < 0:
            raise ValueError(working_days)
        day, left = start, working_days
        while left:
            day += _DAY
            left -= self.is_working_day(day)
        return Due(day, any(year not in self.years for year in range(start.year, day.year + 1)))

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` lies before.

        `between(today, due)` is what is left, and minus that is by how much it is overdue.
        """
        if end < start:
            return -self.between(end, start)
        span = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=each)) for each in range(1, span + 1))


def read_calendar(document: dict[str, Any]) -> WorkingCalendar:
    """The calendar in a pack's `calendar.yaml`, already parsed.

    Raises:
        ValueError: when a day stands under the wrong year, or is both off and worked.
    """
    off: set[date] = set()
    worked: set[date] = set()
    years = frozenset(int(year) for year in document["years"])
    for year, holidays in document["years"].items():
        for holiday in holidays:
            days = {*holiday.get("rest", ()), *holiday.get("work", ())}
            if any(day.year != int(year) for day in days):
                raise ValueError(f"{year}: {holiday['zh']}")
            off.update(holiday.get("rest", ()))
            worked.update(holiday.get("work", ()))
    if off & worked:
        raise ValueError(f"off and worked: {min(off & worked)}")
    return WorkingCalendar(years, frozenset(off), frozenset(worked))
