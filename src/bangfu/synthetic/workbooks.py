"""Write the registration form's two sheets: as one workbook, or as two CSV files."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from bangfu.synthetic.packing import Book
from bangfu.synthetic.sheets import ENTITIES, headers, titles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import TextIO

    from bangfu.synthetic.sheets import Cell

_WIDTH: Final = 18
_EXCEL_DIGITS: Final = 10**11
"""From this size on Excel shows a whole number with an exponent."""


class Forms(Protocol):
    """Something that takes the rows of both sheets, in any mixture."""

    def add(self, entity: str, cells: Iterable[Cell]) -> int:
        """Write a row below the last of its sheet; the row's number, the header being 1."""
        ...

    def close(self) -> None:
        """Finish the files."""
        ...


class WorkbookForms:
    """An .xlsx file, written row by row without keeping it in memory."""

    def __init__(self, path: Path, day: date) -> None:
        sheets = [(titles()[entity], headers(entity, day)) for entity in ENTITIES]
        self._book = Book(path, sheets, day, _WIDTH)

    def add(self, entity: str, cells: Iterable[Cell]) -> int:
        """Write a row; texts stay texts, so that no digit of a long number is lost."""
        return self._book.add(ENTITIES.index(entity), cells)

    def close(self) -> None:
        """Write the file."""
        self._book.close()


class CsvForms:
    """A folder with one CSV file a sheet, each named as its sheet."""

    def __init__(self, folder: Path, day: date, encoding: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._streams: list[TextIO] = []
        self._writers: dict[str, Any] = {}
        self._rows = dict.fromkeys(ENTITIES, 1)
        for entity in ENTITIES:
            path = folder / f"{titles()[entity]}.csv"
            stream = path.open("w", encoding=encoding, newline="")
            self._streams.append(stream)
            self._writers[entity] = csv.writer(stream)
            self._writers[entity].writerow(headers(entity, day))

    def add(self, entity: str, cells: Iterable[Cell]) -> int:
        """Write a row as Excel would save it: dates as ISO days, long numbers with exponents."""
        self._writers[entity].writerow([_as_text(cell) for cell in cells])
        self._rows[entity] += 1
        return self._rows[entity]

    def close(self) -> None:
        """Close the files."""
        for stream in self._streams:
            stream.close()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.5E}" if cell >= _EXCEL_DIGITS else f"{cell:.2f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
