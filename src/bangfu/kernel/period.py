"""Periods of days: from a day, up to and not including another, or open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class PeriodInvalid(ValueError):
    """A period that ends before it begins, or on the day it begins."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days `start <= day < end`; `end` None means open.

    Raises:
        PeriodInvalid: when `end` is not after `start`.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise PeriodInvalid(f"{self.start} .. {self.end}")

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share at least one day."""
        return (self.end is None or other.start < self.end) and (
            other.end is None or self.start < other.end
        )
