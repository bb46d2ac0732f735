"""Read a registration workbook as a person would: by its Chinese headers, row by row.

Part of the oracle, so it knows nothing of the product: it opens the file with openpyxl and keeps
the words that stand in the cells. What cannot be read makes the household unreadable rather than
guessed at; the test that uses this asserts that nothing the register accepted is unreadable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUSEHOLDS, MEMBERS, NUMBER = "农户信息", "家庭成员", "户编号"
# The day Excel's serial 0 stands for, with its leap year of 1900 allowed for.
_SERIAL_ZERO = date(1899, 12, 30)


class Unreadable(ValueError):
    """A cell a person could not make sense of."""


Report = dict[str, str | None]
"""A row of a department's list: trigger, household (its number), month (2026-03), amount, percent,
labour (in the form's words), product; None for what the row does not say."""


@dataclass(frozen=True)
class HouseholdRows:
    """One household as it stands in the sheets: header -> text, None for an empty cell.

    Attributes:
        before: its row in the workbook of the year before; None when it has none.
        reports: what departments' lists say of it.
        feeds: the triggers of which lists covering its county were received.
    """

    number: str
    row: dict[str, str | None]
    members: list[dict[str, str | None]] = field(default_factory=list)
    before: dict[str, str | None] | None = None
    reports: list[Report] = field(default_factory=list)
    feeds: frozenset[str] = frozenset()


def text_of(cell: Any) -> str | None:
    """The words of a cell: full-width characters made plain, outer spaces off, None when empty."""
    if cell is None:
        return None
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    plain = unicodedata.normalize("NFKC", str(cell)).replace("\u200b", "").strip()
    return plain or None


def header_of(cell: Any) -> str:
    """A header without spaces, its brackets full-width as the forms print them."""
    words = re.sub(r"\s", "", str(cell or ""))
    return words.replace("(", "（").replace(")", "）")


def amount_of(text: str | None) -> Decimal | None:
    """An amount of yuan, exactly as written; None when the cell is empty.

    Raises:
        Unreadable: when it is not a number.
    """
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Unreadable(text) from error


def count_of(text: str | None) -> int | None:
    """A whole number; None when the cell is empty.

    Raises:
        Unreadable: when it is not a whole number.
    """
    amount = amount_of(text)
    if amount is not None and amount != int(amount):
        raise Unreadable(text)
    return None if amount is None else int(amount)


def day_of(text: str | None) -> date | None:
    """A day written 1990-02-03, 1990/2/3, 1990.2.3, 1990年2月3日, 19900203 or as Excel's serial.

    Raises:
        Unreadable: when no such day exists.
    """
    if text is None:
        return None
    parts = re.fullmatch(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*", text) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", text
    )
    try:
        if parts:
            year, month, day = (int(part) for part in parts.groups())
            return date(year, month, day)
        return _SERIAL_ZERO + timedelta(days=int(text))
    except ValueError as error:
        raise Unreadable(text) from error


def rows_of(path: Path, sheet: str) -> Iterator[dict[str, str | None]]:
    """The filled rows below the header row, which is the first that names the household number."""
    book = load_workbook(path, read_only=True, data_only=True)
    headers: list[str] = []
    for cells in book[sheet].iter_rows(values_only=True):
        if not headers:
            names = [header_of(cell) for cell in cells]
            headers = names if NUMBER in names else []
        elif any(cell is not None for cell in cells):
            yield {
                header: text_of(cell)
                for header, cell in zip(headers, cells, strict=False)
                if header
            }
    book.close()


def read_households(
    path: Path, before: Path | None = None, feeds: frozenset[str] = frozenset()
) -> dict[str, HouseholdRows]:
    """Every household of the workbook with its member rows, by household number.

    A number that stands twice keeps its first row; rows without a number belong to nobody. The
    register refuses both, so they are never compared. `before` is last year's workbook.
    """
    earlier: dict[str, dict[str, str | None]] = {}
    for row in rows_of(before, HOUSEHOLDS) if before else ():
        earlier.setdefault(str(row.get(NUMBER)), row)
    households: dict[str, HouseholdRows] = {}
    for row in rows_of(path, HOUSEHOLDS):
        number = row.get(NUMBER)
        if number:
            made = HouseholdRows(number, row, before=earlier.get(number), feeds=feeds)
            households.setdefault(number, made)
    for row in rows_of(path, MEMBERS):
        number = row.get(NUMBER)
        if number in households:
            households[str(number)].members.append(row)
    return households
