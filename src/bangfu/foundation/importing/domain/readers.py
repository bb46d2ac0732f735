"""Readers of cells, one a type of item: a raw cell in, a typed value and findings out.

A number in Excel is a double of which Excel shows fifteen significant digits: that is what is
read. A text of more digits that became a number has lost the rest; it is refused, never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Final

from bangfu.foundation.importing.domain.cells import Unreadable
from bangfu.foundation.importing.domain.findings import (
    EMPTY,
    Finding,
    Outcome,
    Value,
    notice,
    refused,
    shortened,
)
from bangfu.foundation.importing.domain.normalise import (
    has_control_characters,
    plain_number,
    plain_text,
)
from bangfu.kernel.money import AmountInvalid, format_hundredths, parse_hundredths

if TYPE_CHECKING:
    from bangfu.foundation.importing.domain.cells import Raw
    from bangfu.rules.layout import Item

Reader = Callable[["Raw"], Outcome]

_EXACT_BELOW: Final = 10**15
_SCIENTIFIC: Final = re.compile(r"[+-]?\d+(?:\.\d+)?[eE]\+?\d+\Z", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})日?\Z", re.ASCII)
_PACKED_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})\Z", re.ASCII)
_MIDNIGHT: Final = re.compile(r"(.*?)[ T]0{1,2}:00(?::00(?:\.0+)?)?\Z", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?\Z", re.ASCII)
_WHOLE: Final = re.compile(r"(-?\d{1,9})(?:\.0+)?\Z", re.ASCII)
_DIVISION: Final = re.compile(r"\d{12}\Z", re.ASCII)
_YEARS: Final = (1850, 2150)
_MONTHS: Final = 12
_PAST_SERIALS: Final = 100_000
_FIRST_SERIAL: Final = 61
"""1 March 1900: before it Excel counts a 29 February that never was, so a serial is ambiguous."""


def number_text(number: float) -> str:
    """A number as Excel shows it: fifteen significant digits, no exponent for whole numbers."""
    if number.is_integer() and abs(number) < _EXACT_BELOW:
        return str(int(number))
    return format(number, ".15g")


def _unreadable(cell: Unreadable) -> Outcome:
    return refused(cell.fault)


def _plain_kind(read: Callable[[str | float | bool | date], Outcome]) -> Reader:
    """Answer for empty and unreadable cells once, for every reader."""

    def reader(raw: Raw) -> Outcome:
        if raw is None:
            return EMPTY
        if isinstance(raw, Unreadable):
            return _unreadable(raw)
        if isinstance(raw, str) and has_control_characters(raw):
            return refused("importing.control_character")
        return read(raw)

    return reader


def text_reader(item: Item, longest: int) -> Reader:
    """Texts, identity and account numbers among them."""

    def read(raw: str | float | bool | date) -> Outcome:
        if isinstance(raw, bool | date):
            return refused("importing.not_text")
        if isinstance(raw, float):
            return _text_of_number(raw)
        if _SCIENTIFIC.match(raw.strip()):
            return refused("importing.digits_lost")
        plain = plain_text(raw)
        if item.secret or item.key:
            plain = plain_number(plain) if _is_numberlike(plain) else plain
        if not plain:
            return EMPTY
        if len(plain) > longest:
            return refused("importing.text_too_long", limit=str(longest))
        return _with_notice(plain, raw, plain)

    return _plain_kind(read)


def _is_numberlike(text: str) -> bool:
    return all(char in "0123456789Xx -" for char in text)


def _text_of_number(raw: float) -> Outcome:
    if not isfinite(raw) or abs(raw) >= _EXACT_BELOW:
        return refused("importing.digits_lost")
    return Outcome(number_text(raw), (notice("importing.number_as_text"),))


def _typed_text(raw: str | float | bool | date) -> str | None:
    """The cell's text without spaces; None for kinds of cells that hold no number or code."""
    if isinstance(raw, bool | date):
        return None
    return number_text(raw) if isinstance(raw, float) else plain_number(raw)


def _with_notice(value: Value, raw: object, plain: str) -> Outcome:
    changed = isinstance(raw, str) and raw != plain
    return Outcome(value, (notice("importing.normalised"),) if changed else ())


def count_reader(item: Item) -> Reader:
    """Whole numbers between the item's bounds."""

    def read(raw: str | float | bool | date) -> Outcome:
        plain = _typed_text(raw)
        if plain == "":
            return EMPTY
        whole = _WHOLE.match(plain) if plain else None
        if plain is None or whole is None:
            return refused("importing.count")
        value = int(whole.group(1))
        low, high = item.min, item.max
        if (low is not None and value < low) or (high is not None and value > high):
            return refused("importing.out_of_range", bounds=_bounds(str(low), str(high), item))
        return _with_notice(value, raw, plain)

    return _plain_kind(read)


def hundredths_reader(item: Item) -> Reader:
    """Amounts and areas as whole hundredths; the item's bounds are in yuan and mu."""

    def read(raw: str | float | bool | date) -> Outcome:
        plain = _typed_text(raw)
        if plain == "":
            return EMPTY
        try:
            value = parse_hundredths(plain or "?")
        except AmountInvalid:
            return refused("importing.amount")
        low, high = item.min, item.max
        if (low is not None and value < low * 100) or (high is not None and value > high * 100):
            return refused("importing.out_of_range", bounds=_bounds(_yuan(low), _yuan(high), item))
        return _with_notice(value, raw, plain or "")

    return _plain_kind(read)


def _yuan(bound: int | None) -> str:
    return "" if bound is None else format_hundredths(bound * 100, decimals=False)


def _bounds(low: str, high: str, item: Item) -> str:
    if item.max is None:
        return f"≥ {low}"
    return f"≤ {high}" if item.min is None else f"{low}–{high}"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _YEARS[0] <= found.year <= _YEARS[1] else None


def parse_day(text: str) -> date | None:
    """`2026-01-02`, `2026/1/2`, `2026.1.2`, `2026年1月2日` or `20260102`; None for others."""
    midnight = _MIDNIGHT.match(text)
    bare = midnight.group(1) if midnight else text
    parts = _DATE.match(bare)
    if parts:
        year, _, month, day = parts.groups()
        return _day(year, month, day)
    packed = _PACKED_DATE.match(bare)
    return _day(*packed.groups()) if packed else None


def _day_of_number(number: float, epoch_1904: bool) -> date | None:
    """A day from `20260102` or from Excel's serial number."""
    if not number.is_integer():
        return None
    packed = parse_day(number_text(number))
    if packed is not None:
        return packed
    if not _FIRST_SERIAL <= number < _PAST_SERIALS:
        return None
    start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
    found = start + timedelta(days=int(number))
    return found if _YEARS[0] <= found.year <= _YEARS[1] else None


def _day_of(raw: str | float | bool | date, epoch_1904: bool) -> tuple[date | None, bool]:
    """The day a cell holds, and whether spaces or full-width digits were taken away for it."""
    if isinstance(raw, bool):
        return None, False
    if isinstance(raw, datetime):
        return (raw.date() if raw.time() == raw.time().min else None), False
    if isinstance(raw, date):
        return raw, False
    if isinstance(raw, float):
        return _day_of_number(raw, epoch_1904), False
    plain = plain_text(raw)
    return parse_day(plain) or parse_day(plain_number(plain)), plain != raw


def date_reader(epoch_1904: bool) -> Reader:
    """Days: date cells, serial numbers and the usual texts."""

    def read(raw: str | float | bool | date) -> Outcome:
        if isinstance(raw, str) and not plain_number(raw):
            return EMPTY
        day, normalised = _day_of(raw, epoch_1904)
        if day is None:
            return refused("importing.date")
        return Outcome(day, (notice("importing.normalised"),) if normalised else ())

    return _plain_kind(read)


def month_reader(epoch_1904: bool) -> Reader:
    """Months as six digits, `202601`; `2026-1`, `2026年1月` and date cells are read as well."""

    def read(raw: str | float | bool | date) -> Outcome:
        if isinstance(raw, date):
            return Outcome(f"{raw.year:04d}{raw.month:02d}")
        plain = _typed_text(raw)
        if plain == "":
            return EMPTY
        found = _MONTH.match(plain or "")
        if found is None:
            day, _ = _day_of(raw, epoch_1904)
            return refused("importing.month") if day is None else Outcome(f"{day:%Y%m}")
        year, month = int(found.group(1)), int(found.group(2))
        if not (_YEARS[0] <= year <= _YEARS[1] and 1 <= month <= _MONTHS):
            return refused("importing.month")
        return _with_notice(f"{year:04d}{month:02d}", raw, plain or "")

    return _plain_kind(read)


def division_reader() -> Reader:
    """Village codes of twelve digits."""

    def read(raw: str | float | bool | date) -> Outcome:
        plain = _typed_text(raw)
        if plain == "":
            return EMPTY
        if plain is None or not _DIVISION.match(plain):
            shown = "" if plain is None else shortened(plain)
            return refused("importing.division", found=shown)
        return _with_notice(plain, raw, plain)

    return _plain_kind(read)


__all__ = [
    "Finding",
    "Reader",
    "count_reader",
    "date_reader",
    "division_reader",
    "hundredths_reader",
    "month_reader",
    "number_text",
    "parse_day",
    "text_reader",
]
