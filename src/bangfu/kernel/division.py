"""Administrative divisions as codes.

A division is named by its statistical code (GB/T 2260 for the first six digits, GB/T 10114 and
the statistical office's practice below): 2 digits a province, 4 a prefecture, 6 a county, 9 a
township, 12 a village. The nation is the empty code. A code contains every code it is a prefix of.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Level(IntEnum):
    """The tiers, by the number of digits of their codes."""

    NATION = 0
    PROVINCE = 2
    PREFECTURE = 4
    COUNTY = 6
    TOWNSHIP = 9
    VILLAGE = 12


_TIERS: Final = tuple(Level)


class DivisionCodeInvalid(ValueError):
    """A text that cannot be a division code."""


class DivisionCode(str):
    """A checked division code: digits only, with the length of a tier.

    It is a `str`, so it goes into queries and files as it is.

    Raises:
        DivisionCodeInvalid: when the text is not 0, 2, 4, 6, 9 or 12 ASCII digits.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> DivisionCode:
        if len(text) not in _TIERS or not (text == "" or (text.isascii() and text.isdigit())):
            raise DivisionCodeInvalid(text)
        return super().__new__(cls, text)

    @property
    def level(self) -> Level:
        """The tier this code names."""
        return Level(len(self))

    @property
    def parent(self) -> DivisionCode | None:
        """The division one tier up; None for the nation."""
        position = _TIERS.index(self.level)
        return None if position == 0 else DivisionCode(self[: _TIERS[position - 1]])

    def ancestors(self) -> tuple[DivisionCode, ...]:
        """The divisions above, the nation first, without this one."""
        return tuple(DivisionCode(self[:tier]) for tier in _TIERS if tier < len(self))

    def at(self, level: Level) -> DivisionCode:
        """The division of `level` that this one lies in.

        Raises:
            DivisionCodeInvalid: when `level` is finer than this code.
        """
        if level > self.level:
            raise DivisionCodeInvalid(f"{self!s} lies above {level.name.lower()}")
        return DivisionCode(self[:level])

    def contains(self, other: str) -> bool:
        """Whether `other` is this division or lies in it."""
        return other.startswith(self)

    @property
    def ceiling(self) -> str:
        """The first text after every code this one contains: `self <= code < ceiling`.

        It is made of digits as far as possible ("511921" gives "511922"), because digits are in
        the same order under every collation of a database, and punctuation is not. Only the
        nation and codes of nothing but nines, which no place has, end in `:`.
        """
        stem = self.rstrip("9")
        return f"{stem[:-1]}{int(stem[-1]) + 1}" if stem else f"{self}:"


NATION: Final = DivisionCode("")


def common_division(codes: Iterable[str]) -> DivisionCode:
    """The finest division that contains all `codes`; the nation for none."""
    found = sorted(set(codes))
    if not found:
        return NATION
    # Of sorted texts the first and the last differ most.
    first, last = found[0], found[-1]
    tiers = (level for level in Level if level <= len(first) and first[:level] == last[:level])
    return DivisionCode(first[: max(tiers)])
