"""Write the registration form's two sheets: as one workbook, or as two CSV files."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Protocol

import xlsxwriter

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
        self._book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
        self._book.set_properties({"created": datetime.combine(day, time())})
        bold = self._book.add_format({"bold": True})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheets: dict[str, Any] = {}
        self._rows = dict.fromkeys(ENTITIES, 1)
        for entity in ENTITIES:
            sheet = self._book.add_worksheet(titles()[entity])
            names = headers(entity, day)
            sheet.set_column(0, len(names) - 1, _WIDTH)
            sheet.freeze_panes(1, 0)
            for column, header in enumerate(names):
                sheet.write_string(0, column, header, bold)
            self._sheets[entity] = sheet

    def add(self, entity: str, cells: Iterable[Cell]) -> int:
        """Write a row; texts stay texts, so that no digit of a long number is lost."""
        sheet, row = self._sheets[entity], self._rows[entity]
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(row, column, cell, self._date)
            elif cell is not None:
                sheet.write_number(row, column, cell)
        self._rows[entity] = row + 1
        return row + 1

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
