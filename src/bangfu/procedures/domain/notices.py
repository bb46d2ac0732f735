"""What hangs on the village board: until when, under which number, and what it may not show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

_DIGITS: Final = re.compile(r"\d{4,}")
_DAY: Final = re.compile(
    r"(?<!\d)(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?(?![\d-])| ?年)"
)
_LARGEST_COUNT: Final = 9_999


@dataclass(frozen=True, slots=True)
class Hanging:
    """A notice that must hang its days before a matter goes on.

    Attributes:
        until: its last day; the matter may go on when that day is over.
        days: how many there are. working: whether only working days count.
    """

    until: date
    days: int
    working: bool


def sheet_number(year: int, running: int) -> str:
    """The number of a village's sheet: `2026-07`."""
    return f"{year}-{running:02}"


def personal_fields(document: Mapping[str, Any]) -> list[str]:
    """The parts of a notice that may hold a personal number, by their path.

    Every number that points at one person has at least four digits in a row: an identity card or
    certificate, also shortened to its last four, a telephone, an account, a plate. Whatever else
    a notice says (persons, votes, days) is shorter, amounts are written with a comma after every
    third digit, and days are known by their form. So four digits in a row are refused, wherever
    they come from: a wrong refusal costs a word, a number that hangs cannot be called back.
    Source: 《个人信息保护法》第二十五条、第二十八条;《政务公开》去标识化的要求 (待核实).
    """
    return [path for path, value in _leaves(document, "") if _is_personal(value)]


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            # A number may hide in a key as well as in a value.
            yield path or "—", key
            yield from _leaves(each, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value, 1):
            yield from _leaves(each, f"{path}[{number}]")
    else:
        yield path, value


def _is_personal(value: Any) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int):
        return abs(value) > _LARGEST_COUNT
    return _DIGITS.search(_DAY.sub(" ", str(value))) is not None
