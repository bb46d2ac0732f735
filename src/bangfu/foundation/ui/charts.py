"""Geometry of charts that the server draws as SVG: no script, no inline style, and a table beside.

The income chart: one stacked bar a year, the line of that year, and the value after deductions.
Amounts are fen for each person and year; a year nobody recorded is drawn as a dashed frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NARROW", "WIDE", "Chart", "IncomeYear", "Size", "draw_income"]

SERIES: Final = ("s1", "s2", "s3", "s4")
_LABEL: Final = 18
_FEWEST: Final = 4
"""Fewer bars than this are no wider than if there were so many."""
_MOST_FULL_LABELS: Final = 6
"""More years than this have room for two digits each on a phone."""


@dataclass(frozen=True, slots=True)
class Size:
    """A drawing's width, height and how many bars carry their total above them."""

    width: int
    height: int
    totals: bool


WIDE: Final = Size(880, 250, totals=True)
NARROW: Final = Size(320, 220, totals=False)


@dataclass(frozen=True, slots=True)
class IncomeYear:
    """One year: the parts (wage, business, property, transfer), the line, and what is left.

    `parts` may hold None for a part nobody recorded; `reference` is the income after deductions
    where it was worked out; `total` is the net income, None when it is not known.
    """

    year: int
    parts: tuple[int | None, ...]
    total: int | None
    line: int | None = None
    reference: int | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar."""

    series: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One year as drawn; positions in the drawing's own units."""

    year: int
    label: str
    slot_left: int
    slot_right: int
    left: int
    width: int
    segments: list[Segment]
    total: int | None
    line_y: int | None
    point_y: int | None
    known: bool
    last: bool

    @property
    def middle(self) -> int:
        """The middle of its room."""
        return (self.slot_left + self.slot_right) // 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its size, its zero line and its bars."""

    size: Size
    zero: int
    bars: list[Bar]
    frame_top: int
    frame_height: int

    @property
    def label_y(self) -> int:
        """Where the years are written."""
        return self.size.height - 4


def _extent(years: Sequence[IncomeYear]) -> tuple[int, int]:
    """The lowest and the highest amount drawn, zero among them."""
    lows, highs = [0], [1]
    for each in years:
        parts = [part for part in each.parts if part is not None]
        lows.append(sum(part for part in parts if part < 0))
        highs.append(sum(part for part in parts if part > 0))
        marks = [mark for mark in (each.line, each.reference) if mark is not None]
        lows.extend(marks)
        highs.extend(marks)
    return min(lows), max(highs)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From amounts to positions; positions grow downwards."""

    top: int
    height: int
    low: int
    high: int

    def at(self, value: int) -> int:
        """The position of an amount, rounded to a unit."""
        span = self.high - self.low
        return self.top + (self.height * (self.high - value) + span // 2) // span


def _segments(year: IncomeYear, scale: _Scale, left: int, width: int) -> list[Segment]:
    """The parts of a bar: gains upwards from zero, losses downwards."""
    up, down, segments = 0, 0, []
    for series, part in zip(SERIES, year.parts, strict=True):
        if not part:
            continue
        start = up if part > 0 else down
        a, b = scale.at(start), scale.at(start + part)
        segments.append(Segment(series, left, min(a, b), width, max(abs(a - b), 1)))
        up, down = (up + part, down) if part > 0 else (up, down + part)
    return segments


@dataclass(frozen=True, slots=True)
class _Slot:
    """The room of one year; `short` when its label has room for two digits only."""

    left: int
    width: int
    short: bool
    last: bool


def _bar(year: IncomeYear, scale: _Scale, place: _Slot) -> Bar:
    """One year's bar in its room."""
    left, slot = place.left, place.width
    width = slot * 7 // 10
    bar_left = left + (slot - width) // 2
    segments = _segments(year, scale, bar_left, width)
    return Bar(
        year=year.year,
        label=f"{year.year % 100:02d}" if place.short else str(year.year),
        slot_left=left + 1,
        slot_right=left + slot - 1,
        left=bar_left,
        width=width,
        segments=segments,
        total=year.total,
        line_y=None if year.line is None else scale.at(year.line),
        point_y=None if year.reference is None else scale.at(year.reference),
        known=bool(segments) or year.total is not None,
        last=place.last,
    )


def draw_income(years: Sequence[IncomeYear], size: Size) -> Chart:
    """The income chart of a household in one size; the years are drawn in the order given."""
    low, high = _extent(years)
    scale = _Scale(_LABEL + 4, size.height - 2 * _LABEL - 10, low, high)
    width = min(size.width // max(len(years), 1), size.width // _FEWEST)
    start = (size.width - width * len(years)) // 2 if len(years) < _FEWEST else 0
    short = not size.totals and len(years) > _MOST_FULL_LABELS
    bars = [
        _bar(each, scale, _Slot(start + index * width, width, short, index == len(years) - 1))
        for index, each in enumerate(years)
    ]
    return Chart(size, scale.at(0), bars, scale.top, scale.height)
