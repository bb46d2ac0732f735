"""The clock as an argument, so that time can be set in tests, demos and replays."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

CHINA: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The one civil time of the country; it has had no daylight saving since 1991."""


class Clock(Protocol):
    """Tells the time; everything that needs "now" is given one."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The moment by the machine."""
        return datetime.fromtimestamp(time.time(), UTC)


def civil_day(moment: datetime) -> date:
    """The calendar day of `moment` in China."""
    return moment.astimezone(CHINA).date()
