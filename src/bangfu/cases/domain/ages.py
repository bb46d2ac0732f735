"""How long a case has been open, as people sort it: this week, this month, half a year, longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


class AgeBand(StrEnum):
    """Days since a case was opened, the day of its opening being the first."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    HALF_YEAR = "half_year"
    YEAR = "year"
    TWO_YEARS = "two_years"
    LONGER = "longer"


LAST_DAYS: Final[Mapping[AgeBand, int | None]] = {
    AgeBand.WEEK: 7,
    AgeBand.FORTNIGHT: 15,
    AgeBand.MONTH: 30,
    AgeBand.HALF_YEAR: 182,
    AgeBand.YEAR: 365,
    AgeBand.TWO_YEARS: 730,
    AgeBand.LONGER: None,
}
"""The last day of each band, in its order; the last band has no end. No rule of policy reads them:
they only sort a table. The limits of the law stand in the procedures."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The days on which the cases of a band were opened; None is unbounded."""

    first: date | None
    last: date


def opened_within(band: AgeBand, today: date) -> Opened:
    """On which days the cases of a band were opened, seen from a day."""
    before = 0
    for each, days in LAST_DAYS.items():
        if each is band:
            first = None if days is None else today - timedelta(days=days - 1)
            return Opened(first, today - timedelta(days=before))
        before = days or before
    raise KeyError(band)


def band_of(opened: date, today: date) -> AgeBand:
    """The band of a case that was opened on a day."""
    days = (today - opened).days + 1
    return next(band for band, last in LAST_DAYS.items() if last is None or days <= last)
