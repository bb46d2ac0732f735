"""Months of duty: how many days are asked for, were served, and are missing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month; days in it count from its first."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def length(self) -> int:
        """How many days it has."""
        return monthrange(self.year, self.month)[1]

    @property
    def end(self) -> date:
        """The first day after it."""
        return self.first + timedelta(days=self.length)

    @property
    def before(self) -> Month:
        """The month before."""
        return month_of(self.first - timedelta(days=1))

    @property
    def after(self) -> Month:
        """The month after."""
        return month_of(self.end)

    def days(self) -> list[date]:
        """All its days."""
        return [self.first + timedelta(days=n) for n in range(self.length)]

    @override
    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def month_of(day: date) -> Month:
    """The month a day lies in."""
    return Month(day.year, day.month)


def parse_month(text: str) -> Month | None:
    """A month written as `2026-11`; None for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return month_of(first)


def served_days(month: Month, begins: date, ends: date | None) -> int:
    """For how many days of a month a duty holds; `ends` is the first day it does not."""
    first = max(month.first, begins)
    last = month.end if ends is None else min(month.end, ends)
    return max((last - first).days, 0)


def required_days(per_month: int | None, month: Month, served: int) -> int | None:
    """How many days are asked for; of a part of a month that part, rounded down.

    That a part of a month asks for its part is presumed; None when nobody set a number.
    """
    return None if per_month is None else per_month * served // month.length


def days_between(month: Month, spans: Iterable[tuple[date, date]]) -> set[date]:
    """The days of a month that lie in spans, both ends included."""
    return {day for first, last in spans for day in month.days() if first <= day <= last}


def missing_days(required: int | None, present: set[date], away: set[date]) -> int | None:
    """How many days are missing: a day counts once, whether present or on leave."""
    return None if required is None else max(required - len(present | away), 0)
