"""Money as whole fen (0.01 yuan) and areas as whole hundredths of a mu. Never floats.

Sheets write yuan and mu with at most two decimals; `parse_hundredths` reads exactly that.
"""

from __future__ import annotations

import re
from typing import Final, NewType

Fen = NewType("Fen", int)
"""An amount of money; the unit is 0.01 yuan."""

MuHundredths = NewType("MuHundredths", int)
"""An area; the unit is 0.01 mu, and 1 mu is 1/15 hectare."""

_PLAIN: Final = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2})0*)?\Z", re.ASCII)


class AmountInvalid(ValueError):
    """A text that is not a plain number with at most two decimals."""


def parse_hundredths(text: str) -> int:
    """Read `"1234.5"` as 123450.

    Raises:
        AmountInvalid: for separators, exponents, words or a third decimal that is not zero.
    """
    found = _PLAIN.match(text)
    if found is None:
        raise AmountInvalid(text)
    sign, whole, decimals = found.groups()
    value = int(whole) * 100 + int((decimals or "0").ljust(2, "0"))
    return -value if sign else value


def format_hundredths(value: int, *, decimals: bool = True) -> str:
    """Write 123450 as `1,234.50`, or rounded half away from zero as `1,235` without decimals."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if not decimals:
        return f"{sign}{(size + 50) // 100:,}"
    return f"{sign}{size // 100:,}.{size % 100:02d}"
