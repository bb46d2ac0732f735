"""Cutting long lists into pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """One page of a list.

    Attributes:
        rows: what stands on it.
        number: which page, from 1.
        size: rows a page holds at most.
        total: rows of the whole list.
    """

    rows: list[_Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the page's first row in the whole list, from 1; 0 when it is empty."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """The place of the page's last row in the whole list."""
        return (self.number - 1) * self.size + len(self.rows)


def bounds(number: int, size: int) -> slice:
    """The rows of page `number`; a page below the first is the first."""
    start = (max(number, 1) - 1) * size
    return slice(start, start + size)
