"""What a sheet holds and where, found in its markup before the fast reader asks for memory.

The fast reader allocates the whole box from A1 to the farthest filled cell. One cell XFD1048576
makes it ask for hundreds of gigabytes and abort; so the box is measured first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.foundation.importing.opening.markup import local_name, read_markup
from bangfu.foundation.importing.opening.refusal import FileRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.foundation.importing.domain.limits import Limits

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})\Z", re.ASCII)
_KEPT: Final = 20_000
_LONGEST_NUMBER: Final = 7


def column_number(letters: str) -> int:
    """`A` is 1, `XFD` is 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(slots=True)
class SheetScan:
    """What the markup of one sheet says."""

    name: str
    last_row: int = 0
    last_column: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0


class _Scanner:
    """Follows the elements of a sheet; a cell counts only when something is in it.

    `start` is called for every element of sheets with millions of cells, so it does the least for
    the usual cell: one whose reference ends in its row's number, in a column met before.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self.scan = SheetScan(name)
        self._limits = limits
        self._row = self._column = 0
        self._row_text = ""
        self._cell: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._seldom = {
            "row": self._start_row,
            "f": self._start_formula,
            "is": self._start_value,
            "mergeCell": self._start_merge,
            "col": self._start_columns,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "c":
            self._column += 1
            self._cell = attributes
        elif name == "v":
            self._start_value(attributes)
        elif name in self._seldom:
            self._seldom[name](attributes)
        elif ":" in name:
            self.start(local_name(name), attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = self._whole(attributes["r"]) if "r" in attributes else self._row + 1
        self._row_text = str(self._row)
        self._column = 0
        self.scan.hidden_rows += attributes.get("hidden") in {"1", "true"}

    def _start_value(self, _: dict[str, str]) -> None:
        """The cell holds something: the box reaches it."""
        reference = self._cell.get("r", "")
        letters = reference.removesuffix(self._row_text)
        known = self._columns.get(letters)
        if known is None or not reference or letters == reference:
            self._locate(reference)
        else:
            self._column = known
        if self._row > self.scan.last_row:
            self.scan.last_row = self._row
            self._check_box()
        if self._cell.get("t") == "e" and len(self.scan.errors) < _KEPT:
            self.scan.errors.append((self._row, self._column))

    def _locate(self, reference: str) -> None:
        """Find row and column of a cell in a column not met before, or in a row of no number."""
        if reference:
            found = _REFERENCE.match(reference)
            if found is None:
                raise FileRefused("importing.damaged")
            self._row, self._row_text = int(found[2]), found[2]
            self._column = self._columns[found[1]] = column_number(found[1])
        if self._column > self.scan.last_column:
            self.scan.last_column = self._column
            self._check_box()

    @staticmethod
    def _whole(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
            raise FileRefused("importing.damaged")
        return int(text)

    def _check_box(self) -> None:
        scan, limits = self.scan, self._limits
        over = (
            ("importing.too_many_columns", scan.last_column, limits.columns),
            ("importing.too_many_rows", scan.last_row, limits.rows),
            ("importing.too_many_cells", scan.last_row * scan.last_column, limits.cells),
        )
        for code, found, limit in over:
            if found > limit:
                place: dict[str, str | int] = {
                    "sheet": scan.name,
                    "row": self._row,
                    "column": self._column,
                }
                raise FileRefused(code, place=place, limit=f"{limit:,}")

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._start_value(attributes)
        if len(self.scan.formulas) < _KEPT:
            self.scan.formulas.append((self._row, self._column))

    def _start_merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = _REFERENCE.match(first), _REFERENCE.match(last)
        if start and end and len(self.scan.merged) < _KEPT:
            rows, columns = (
                (int(start[2]), int(end[2])),
                (column_number(start[1]), column_number(end[1])),
            )
            self.scan.merged.append((rows[0], columns[0], rows[1], columns[1]))

    def _start_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in {"1", "true"}:
            first, last = (
                self._whole(attributes.get("min", "1")),
                self._whole(attributes.get("max", "1")),
            )
            shown = min(last, self._limits.columns)
            self.scan.hidden_columns += max(shown - first + 1, 0)


def scan_sheet(name: str, pieces: Iterable[bytes], limits: Limits) -> SheetScan:
    """Read a sheet's markup once.

    Raises:
        FileRefused: when a filled cell lies beyond the limits, or the markup is damaged.
    """
    scanner = _Scanner(name, limits)
    read_markup(pieces, scanner.start)
    return scanner.scan
