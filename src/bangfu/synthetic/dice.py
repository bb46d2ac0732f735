"""Chance that repeats: every household throws its own dice, named by seed, place and number.

A throw is read off the SHAKE-256 stream of the dice's key, so it is the same on every machine,
Python version, locale and hash seed, and throwing more dice for one household moves no other.
"""

from __future__ import annotations

from bisect import bisect_right
from hashlib import shake_256
from itertools import accumulate
from struct import unpack
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

T = TypeVar("T")
_WORDS = 64
_BITS = 64
_FRACTION = 2.0**-53


class Odds(Generic[T]):
    """Values with whole-number odds: `Odds({"son": 52, "daughter": 48})`."""

    __slots__ = ("bounds", "values")

    def __init__(self, odds: Mapping[T, int]) -> None:
        self.values = tuple(odds)
        self.bounds = tuple(accumulate(odds.values()))

    def at(self, share: float) -> T:
        """The value at a share of the odds from 0 to 1: what somebody of that bent turns out."""
        return self.values[bisect_right(self.bounds, share * self.bounds[-1])]


class Dice:
    """A stream of chance fixed by its key."""

    __slots__ = ("_key", "_page", "_words")

    def __init__(self, *key: object) -> None:
        self._key = "|".join(map(str, key)).encode()
        self._page = 0
        self._words = self._open()

    def _open(self) -> Iterator[int]:
        stream = shake_256(b"%b|%d" % (self._key, self._page)).digest(_WORDS * 8)
        return iter(unpack(f"<{_WORDS}Q", stream))

    def _word(self) -> int:
        for word in self._words:
            return word
        self._page += 1
        self._words = self._open()
        return next(self._words)

    def share(self) -> float:
        """A number from 0 up to, not including, 1."""
        return (self._word() >> 11) * _FRACTION

    def chance(self, percent: float) -> bool:
        """True in `percent` of a hundred throws."""
        return self.share() * 100 < percent

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + (self._word() * (high - low + 1) >> _BITS)

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, all alike."""
        return values[self._word() * len(values) >> _BITS]

    def draw(self, odds: Odds[T]) -> T:
        """One of the values by their odds."""
        throw = self._word() * odds.bounds[-1] >> _BITS
        return odds.values[bisect_right(odds.bounds, throw)]

    def yuan(self, low: int, high: int, step: int = 10) -> int:
        """An amount in fen between `low` and `high` yuan, in steps of `step` yuan."""
        return self.between(low // step, high // step) * step * 100

    def shuffled(self, count: int) -> list[int]:
        """The numbers below `count` in a random order."""
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = self.between(0, last)
            order[last], order[other] = order[other], order[last]
        return order
