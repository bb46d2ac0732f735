"""A workbook being written: every cell by its own kind, no text ever taken for a formula.

Excel evaluates formula cells, and turns a text that begins with `=` into one when somebody edits
the cell. So texts are written as text cells, with the number format for text and the mark that
keeps them texts (quotePrefix); numbers are written as numbers and stay what they were. The writer
keeps everything in memory: nothing personal touches the disk in the clear.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from bangfu.kernel.clock import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 32_767
_TITLE: Final = 31
_NOT_IN_TITLES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_HEADER: Final = {
    "bold": True,
    "bg_color": "#E8EEF4",
    "bottom": 1,
    "text_wrap": True,
    "valign": "top",
}


class ColumnKind(StrEnum):
    """What a column of a table holds."""

    TEXT = "text"
    WHOLE = "whole"
    HUNDREDTHS = "hundredths"
    DAY = "day"
    MOMENT = "moment"


class Mark(StrEnum):
    """How a cell stands out."""

    NONE = ""
    REFUSED = "#FFC7CE"
    NOTICE = "#FFEB9C"


_NUMBER_FORMATS: Final = {
    ColumnKind.TEXT: "@",
    ColumnKind.WHOLE: "0",
    ColumnKind.HUNDREDTHS: "0.00",
    ColumnKind.DAY: "yyyy-mm-dd",
    ColumnKind.MOMENT: "yyyy-mm-dd hh:mm",
}


class Book:
    """Collects sheets and answers the finished file."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self._formats: dict[tuple[str, str], Any] = {}
        self._titles: set[str] = set()
        self.header_format = self._book.add_format({**_HEADER, "num_format": "@"})
        self.wrapped = self._book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top"}
        )

    def format(self, number_format: str, mark: Mark = Mark.NONE) -> Any:
        """The format of a number format and a mark."""
        key = (number_format, mark.value)
        if key not in self._formats:
            wanted: dict[str, Any] = {"num_format": number_format} if number_format else {}
            if number_format == "@":
                wanted["quote_prefix"] = True
            if mark is not Mark.NONE:
                wanted |= {"bg_color": mark.value, "pattern": 1}
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def add_sheet(self, title: str) -> Sheet:
        """A new sheet; a title that is taken or not allowed is changed a little."""
        bare = title.translate(_NOT_IN_TITLES).strip(" '")[:_TITLE] or "Sheet"
        chosen, number = bare, 2
        while chosen.lower() in self._titles:
            ending = f" ({number})"
            chosen, number = bare[: _TITLE - len(ending)] + ending, number + 1
        self._titles.add(chosen.lower())
        return Sheet(self, self._book.add_worksheet(chosen), chosen)

    def define_name(self, name: str, reference: str) -> None:
        """Name a range of cells, for drop-downs."""
        self._book.define_name(name, f"={reference}")

    def close(self) -> bytes:
        """The finished file."""
        self._book.close()
        return self._bytes.getvalue()


class Sheet:
    """One sheet being written. Rows and columns count from 1."""

    def __init__(self, book: Book, sheet: Any, title: str) -> None:
        self.book = book
        self.title = title
        self.sheet = sheet

    def write_headers(self, row: int, headers: Iterable[str]) -> None:
        """A row of headers, kept in sight while the rows below are scrolled."""
        for column, header in enumerate(headers):
            self.sheet.write_string(row - 1, column, header, self.book.header_format)
        self.sheet.freeze_panes(row, 0)

    def write_text(self, row: int, column: int, text: str, mark: Mark = Mark.NONE) -> None:
        """A text that stays a text."""
        plain = text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
        self.sheet.write_string(row - 1, column - 1, plain, self.book.format("@", mark))

    def write_long_text(self, row: int, column: int, text: str) -> None:
        """A text over several lines."""
        self.sheet.write_string(row - 1, column - 1, text[:_LONGEST], self.book.wrapped)

    def write_number(
        self, row: int, column: int, number: float, number_format: str = "", mark: Mark = Mark.NONE
    ) -> None:
        """A number."""
        self.sheet.write_number(row - 1, column - 1, number, self.book.format(number_format, mark))

    def write_day(
        self, row: int, column: int, day: date, number_format: str, mark: Mark = Mark.NONE
    ) -> None:
        """A date, with a time of day in China when it has one."""
        if isinstance(day, datetime) and day.tzinfo is not None:
            day = day.astimezone(CHINA).replace(tzinfo=None)
        self.sheet.write_datetime(row - 1, column - 1, day, self.book.format(number_format, mark))

    def write_flag(self, row: int, column: int, flag: bool, mark: Mark = Mark.NONE) -> None:
        """A truth value."""
        self.sheet.write_boolean(row - 1, column - 1, flag, self.book.format("", mark))

    def write_kind(self, row: int, column: int, value: Any, kind: ColumnKind) -> None:
        """A value of a column; hundredths come as whole ones, None leaves the cell empty."""
        if value is None:
            return
        number_format = _NUMBER_FORMATS[kind]
        if kind is ColumnKind.TEXT:
            self.write_text(row, column, str(value))
        elif kind is ColumnKind.WHOLE:
            self.write_number(row, column, int(value), number_format)
        elif kind is ColumnKind.HUNDREDTHS:
            self.write_number(row, column, value / 100, number_format)
        else:
            self.write_day(row, column, value, number_format)

    def mark_empty(self, row: int, column: int, mark: Mark) -> None:
        """A mark on a cell that holds nothing."""
        self.sheet.write_blank(row - 1, column - 1, None, self.book.format("", mark))

    def explain(self, row: int, column: int, text: str) -> None:
        """A note that opens over the cell."""
        self.sheet.write_comment(row - 1, column - 1, text[:_LONGEST], {"x_scale": 2, "author": ""})

    def widen(self, column: int, width: float, number_format: str = "") -> None:
        """A column's width in characters, and the format of its empty cells."""
        shape = self.book.format(number_format) if number_format else None
        self.sheet.set_column(column - 1, column - 1, width, shape)
