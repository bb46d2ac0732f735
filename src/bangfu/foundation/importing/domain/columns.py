"""Which column is which: headers against the items expected."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from bangfu.foundation.importing.domain.normalise import plain_header
from bangfu.foundation.importing.domain.own_sheets import EXPLANATION
from bangfu.foundation.importing.domain.readers import number_text
from bangfu.kernel.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.foundation.importing.domain.cells import Raw, RawSheet
    from bangfu.foundation.importing.domain.expected import SheetExpected
    from bangfu.rules.layout import Item

_HEADER_ROWS: Final = 10
_ENOUGH: Final = 0.4
"""A sheet is taken for an expected one when it has this share of its headers."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The header row of a sheet and the column of every item found."""

    header_row: int
    columns: Mapping[str, int]
    headers: Mapping[int, str] = field(default_factory=dict)


def header_text(raw: Raw) -> str:
    """A header as it is written; empty for what no header is made of."""
    if isinstance(raw, float):
        return number_text(raw)
    return raw.strip() if isinstance(raw, str) else ""


class HeaderIndex:
    """Finds the item of a header: by a mapping of the file's own headers, else by its label."""

    def __init__(self, expected: SheetExpected, mapping: Mapping[str, str]) -> None:
        self.by_header: dict[str, Item | None] = {
            plain_header(each): None for each in EXPLANATION.values()
        }
        for item in expected.items:
            self.by_header[plain_header(item.zh)] = item
            self.by_header.setdefault(plain_header(item.en), item)
        by_name = {item.name: item for item in expected.items}
        for header, name in mapping.items():
            if name == "":
                self.by_header[plain_header(header)] = None
            elif name in by_name:
                self.by_header[plain_header(header)] = by_name[name]

    def knows(self, header: str) -> bool:
        """Whether the header is expected, or set aside by the mapping."""
        return plain_header(header) in self.by_header

    def item(self, header: str) -> Item | None:
        """The item, or None when nobody knows the header or it is set aside."""
        return self.by_header.get(plain_header(header))

    def hits(self, cells: list[Raw]) -> int:
        """How many different items a row of headers names."""
        found = {item.name for each in cells if (item := self.item(header_text(each))) is not None}
        return len(found)


def find_header_row(sheet: RawSheet, index: HeaderIndex) -> tuple[int, int]:
    """The row among the first ten with most headers and how many it has; (0, 0) when none has."""
    best = (0, 0)
    for number in range(1, min(sheet.height, _HEADER_ROWS) + 1):
        hits = index.hits(sheet.row(number))
        if hits > best[1]:
            best = (number, hits)
    return best


def is_like(hits: int, expected: SheetExpected) -> bool:
    """Whether a sheet with `hits` headers may be taken for the expected one."""
    return hits > 0 and hits >= len(expected.items) * _ENOUGH


def match_columns(
    sheet: RawSheet, expected: SheetExpected, index: HeaderIndex, header_row: int
) -> tuple[Matched, list[Problem]]:
    """Find each item's column; say what is missing, doubled, unknown or without a header."""
    columns: dict[str, int] = {}
    headers: dict[int, str] = {}
    problems: list[Problem] = []
    unknown: list[tuple[int, str]] = []
    for number, raw in enumerate(sheet.row(header_row), start=1):
        header = header_text(raw)
        headers[number] = header
        place = Place(sheet.file, sheet.name, header_row, number, header)
        item = index.item(header)
        if item is not None and item.name in columns:
            problems.append(Problem("importing.doubled_column", place, {"header": header}))
        elif item is not None:
            columns[item.name] = number
        elif not header and _has_data(sheet, number, header_row):
            problems.append(Problem("importing.column_without_header", place))
        elif header and not index.knows(header):
            unknown.append((number, header))
    problems += _missing(sheet, expected, columns, header_row, [each for _, each in unknown])
    for number, header in unknown:
        place = Place(sheet.file, sheet.name, header_row, number, header)
        problems.append(
            Problem("importing.unknown_column", place, {"header": header}, refuses=False)
        )
    return Matched(header_row, columns, headers), problems


def _has_data(sheet: RawSheet, number: int, header_row: int) -> bool:
    if sheet.widths and number > sheet.widths[header_row - 1]:
        # Fields beyond a CSV file's header: their records are told of one by one.
        return False
    return any(cell is not None for cell in sheet.columns[number - 1][header_row:])


def _missing(
    sheet: RawSheet, expected: SheetExpected, columns: dict[str, int], row: int, unknown: list[str]
) -> list[Problem]:
    problems = []
    for item in expected.items:
        if item.name in columns:
            continue
        close = get_close_matches(item.zh, unknown, n=1, cutoff=0.6)
        place = Place(sheet.file, sheet.name, row, 0, item.zh)
        code = "importing.column_misspelt" if close else "importing.missing_column"
        values = {"header": item.zh, **({"found": close[0]} if close else {})}
        problems.append(Problem(code, place, values))
    return problems
