"""Months as whole numbers: year * 12 + month - 1. Nothing that is judged holds a day of birth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def month_index(day: date) -> int:
    """The number of the month `day` lies in."""
    return day.year * 12 + day.month - 1


def month_text(index: int) -> str:
    """A month's number as people write it, `2026-11`."""
    year, month = divmod(index, 12)
    return f"{year:04d}-{month + 1:02d}"
