"""How long steps take: middle and slow end of what was measured, told only of enough of them.

No Django, no clock, no I/O. Days are working days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

SLOW: Final = 90
"""The percentile shown as the slow end."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How long something took.

    Attributes:
        number: how often it was measured; 0 when too few to be told.
        median, slow: working days; None when too few to be told, which protects who they were.
        few: whether it was measured, but too seldom to be told.
    """

    number: int = 0
    median: int | None = None
    slow: int | None = None
    few: bool = False


def percentile(values: Sequence[int], percent: int) -> int:
    """The smallest value that at least so many per cent do not exceed (nearest rank).

    Raises:
        ValueError: without values.
    """
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]


def measure(days: Sequence[int], fewest: int) -> Measured:
    """What may be told of several durations; nothing when there are fewer than `fewest`."""
    if len(days) < max(fewest, 1):
        return Measured(few=bool(days))
    return Measured(len(days), percentile(days, 50), percentile(days, SLOW))


@dataclass(frozen=True, slots=True)
class Bar:
    """One duration as drawn: a bar to the median, a mark at the slow end, the limit as a line."""

    label: str
    y: int
    width: int
    slow_x: int
    limit_x: int | None
    median: int
    slow: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars one below the other, in units of the drawing."""

    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]


ROW: Final = 40
_BAR_TOP: Final = 20
_MARK: Final = 6
"""Half the width of the mark, which stays whole at zero."""
_ROOM: Final = 56
"""Kept free at the right for the number after the longest bar."""


def draw(rows: Sequence[tuple[str, int, int, int | None]], width: int) -> Drawing:
    """Draw label, median, slow end and limit of several durations on one scale from zero."""
    longest = max((max(slow, limit or 0) for _, _, slow, limit in rows), default=0) or 1
    room = width - _ROOM
    bars = tuple(
        Bar(
            label=label,
            y=place * ROW + _BAR_TOP,
            width=median * room // longest,
            slow_x=max(slow * room // longest, _MARK),
            limit_x=None if limit is None else limit * room // longest,
            median=median,
            slow=slow,
        )
        for place, (label, median, slow, limit) in enumerate(rows)
    )
    return Drawing(width, len(rows) * ROW + 4, 0, bars)
