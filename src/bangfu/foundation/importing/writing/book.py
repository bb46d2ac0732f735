"""A workbook written row by row: no text is ever a formula, nothing touches the disk.

Excel evaluates formula cells, and turns a text that begins with `=` into one when somebody edits
its cell. Here a text is written as a text cell, in the text format and with the mark that keeps it
a text (quotePrefix); a number is written as a number and stays what it was. There is no way to
write a formula or a link.

Rows go straight into the packed file in memory. XlsxWriter either holds every cell (450 MB and
three times the time for the two million cells of a county given back) or writes plain temporary
files, which personal data may not touch.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from bangfu.foundation.importing.writing.shapes import (
    Mark,
    NumberFormat,
    shape_number,
    styles_markup,
)
from bangfu.kernel.clock import CHINA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST: Final = 32_767
_TITLE: Final = 31
_HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NOT_IN_TITLES: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_EPOCH: Final = date(1899, 12, 30)
_TEXT: Final = shape_number(NumberFormat.TEXT)
_ROWS_A_WRITE: Final = 500

Cell: TypeAlias = "str | None"
"""The markup of a cell without its reference, or None for no cell."""


def column_letters(column: int) -> str:
    """1 is `A`, 16384 is `XFD`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def text_cell(text: str, mark: Mark = Mark.NONE) -> str:
    """A text that stays a text; what XML cannot hold is written as Excel escapes it."""
    shape = _TEXT if mark is Mark.NONE else shape_number(NumberFormat.TEXT, mark)
    plain = text[:_LONGEST]
    if "_x" in plain:
        plain = _LOOKS_ESCAPED.sub("_x005F_", plain)
    if _NOT_IN_XML.search(plain):
        plain = _NOT_IN_XML.sub(_escaped_character, plain)
    return f' s="{shape}" t="inlineStr"><is><t xml:space="preserve">{escape(plain)}</t></is></c>'


def _escaped_character(found: re.Match[str]) -> str:
    code = ord(found.group())
    return "\ufffd" if code > ord(" ") else f"_x{code:04X}_"


def number_cell(
    number: float, number_format: NumberFormat = NumberFormat.GENERAL, mark: Mark = Mark.NONE
) -> str:
    """A number with all its digits."""
    return f' s="{shape_number(number_format, mark)}"><v>{number!r}</v></c>'


def hundredths_cell(value: int, mark: Mark = Mark.NONE) -> str:
    """Whole hundredths shown as units, exact to the last digit."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    shape = shape_number(NumberFormat.HUNDREDTHS, mark)
    return f' s="{shape}"><v>{sign}{size // 100}.{size % 100:02d}</v></c>'


def day_cell(day: date, number_format: NumberFormat, mark: Mark = Mark.NONE) -> str:
    """A date, with the time of day in China when it has one."""
    if isinstance(day, datetime):
        local = day.astimezone(CHINA).replace(tzinfo=None) if day.tzinfo else day
        since = local - datetime.combine(_EPOCH, datetime.min.time())
        return number_cell(since / timedelta(days=1), number_format, mark)
    return number_cell((day - _EPOCH).days, number_format, mark)


def flag_cell(flag: bool, mark: Mark = Mark.NONE) -> str:
    """A truth value."""
    return f' s="{shape_number(NumberFormat.GENERAL, mark)}" t="b"><v>{int(flag)}</v></c>'


def empty_cell(mark: Mark) -> str:
    """A mark on a cell that holds nothing."""
    return f' s="{shape_number(NumberFormat.GENERAL, mark)}"/>'


class Book:
    """Writes sheets one after the other and answers the finished file."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._container = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._titles: list[str] = []

    def write_sheet(
        self,
        title: str,
        rows: Iterable[Sequence[Cell]],
        widths: Sequence[float],
        *,
        header_row: int = 1,
        filtered: bool = False,
    ) -> None:
        """One sheet.

        Args:
            title: changed a little when it is taken or not allowed.
            rows: cells in the order of columns, the first row first.
            widths: of the columns, in characters.
            header_row: rows up to this one stay in sight; 0 for none.
            filtered: whether the header row gets filters.
        """
        self._titles.append(self._free_title(title))
        with self._container.open(self._part(len(self._titles)), "w", force_zip64=True) as out:
            out.write(_sheet_start(widths, header_row).encode())
            last = 0
            held: list[str] = []
            letters = [column_letters(number) for number in range(1, len(widths) + 1)]
            for last, cells in enumerate(rows, start=1):
                held.append(_row(last, cells, letters))
                if len(held) == _ROWS_A_WRITE:
                    out.write("".join(held).encode())
                    held.clear()
            held.append("</sheetData>")
            if filtered and last:
                held.append(f'<autoFilter ref="A{header_row}:{letters[-1]}{last}"/>')
            out.write(("".join(held) + "</worksheet>").encode())

    def _free_title(self, title: str) -> str:
        plain = _NOT_IN_XML.sub("", title).translate(_NOT_IN_TITLES)
        bare = plain.strip(" '")[:_TITLE].rstrip(" '") or "Sheet"
        taken = {each.lower() for each in self._titles}
        chosen, number = bare, 2
        while chosen.lower() in taken:
            ending = f" ({number})"
            chosen, number = bare[: _TITLE - len(ending)] + ending, number + 1
        return chosen

    @staticmethod
    def _part(number: int) -> str:
        return f"xl/worksheets/sheet{number}.xml"

    def close(self) -> bytes:
        """The finished file."""
        numbers = range(1, len(self._titles) + 1)
        parts = {
            "[Content_Types].xml": _content_types(numbers),
            "_rels/.rels": _relations({1: ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": self._workbook(),
            "xl/_rels/workbook.xml.rels": _relations(
                {number: ("worksheet", f"worksheets/sheet{number}.xml") for number in numbers}
                | {len(numbers) + 1: ("styles", "styles.xml")}
            ),
            "xl/styles.xml": styles_markup(),
        }
        for name, markup in parts.items():
            self._container.writestr(name, _HEADER + markup)
        self._container.close()
        return self._bytes.getvalue()

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="r{number}"/>'
            for number, title in enumerate(self._titles, start=1)
        )
        return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _row(number: int, cells: Sequence[Cell], letters: Sequence[str]) -> str:
    inside = "".join(
        f'<c r="{letter}{number}"{cell}'
        for letter, cell in zip(letters, cells, strict=False)
        if cell is not None
    )
    return f'<row r="{number}">{inside}</row>'


def _sheet_start(widths: Sequence[float], header_row: int) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    below = f'ySplit="{header_row}" topLeftCell="A{header_row + 1}" activePane="bottomLeft"'
    pane = f'<pane {below} state="frozen"/>' if header_row else ""
    return (
        f'{_HEADER}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def _content_types(numbers: Iterable[int]) -> str:
    kind = f"{_TYPE}.worksheet+xml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}"/>'
        for number in numbers
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{sheets}</Types>'
    )


def _relations(targets: dict[int, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
