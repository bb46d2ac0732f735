"""A workbook of two sheets that are filled row by row in any mixture, at the speed of the disk.

The first sheet goes straight into the packed file; the second waits in a temporary file beside it
until the first is complete. Texts stay texts, days carry a date format, an empty cell is left out.
XlsxWriter does the same at a third of the speed, and a county's register has ten million cells.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from contextlib import ExitStack
from datetime import date
from typing import IO, TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bangfu.synthetic.sheets import Cell

_EPOCH: Final = date(1899, 12, 30).toordinal()
_HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LEVEL: Final = 2
"""Of packing: hardly larger than the usual 6, in a third of the time."""
_ROWS_A_WRITE: Final = 400
_BOLD, _DAY = ' s="1"', ' s="2"'
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)
_PANE: Final = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)


def _letters(column: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Sheet:
    """One sheet's markup, on its way into a stream."""

    def __init__(self, stream: IO[bytes], columns: int, width: int) -> None:
        self._stream = stream
        self._starts = [f'<c r="{_letters(column)}' for column in range(1, columns + 1)]
        self._texts: dict[str, str] = {}
        self._waiting: list[str] = []
        self._row = 0
        self._stream.write(
            f'{_HEADER}<worksheet xmlns="{_MAIN}">{_PANE}<cols><col min="1" max="{columns}" '
            f'width="{width}" customWidth="1"/></cols><sheetData>'.encode()
        )

    def add(self, cells: Iterable[Cell], style: str = "") -> int:
        """Write a row, its last cell also when it is empty, so that its end shows; its number."""
        self._row += 1
        row = self._row
        markup, values = [f'<row r="{row}">'], list(cells)
        for start, cell in zip(self._starts, values, strict=True):
            if cell is None:
                continue
            if isinstance(cell, str):
                text = self._texts.get(cell) or self._text(cell)
                markup.append(f'{start}{row}"{style}{text}')
            elif isinstance(cell, date):
                serial = cell.toordinal() - _EPOCH
                markup.append(f'{start}{row}"{_DAY}><v>{serial}</v></c>')
            else:
                markup.append(f'{start}{row}"><v>{cell!r}</v></c>')
        if values[-1] is None:
            markup.append(f'{self._starts[-1]}{row}"/>')
        markup.append("</row>")
        self._waiting.append("".join(markup))
        if len(self._waiting) >= _ROWS_A_WRITE:
            self.flush()
        return row

    def _text(self, text: str) -> str:
        """The markup of a text; that of short ones is kept, as they come again and again."""
        keep = ' xml:space="preserve"' if text != text.strip() else ""
        markup = f' t="inlineStr"><is><t{keep}>{escape(text)}</t></is></c>'
        if len(text) <= _SHORT and len(self._texts) < _KEPT:
            self._texts[text] = markup
        return markup

    def flush(self) -> None:
        """Write what waits."""
        self._stream.write("".join(self._waiting).encode())
        self._waiting.clear()

    def finish(self) -> None:
        """Write what waits and the end."""
        self.flush()
        self._stream.write(b"</sheetData></worksheet>")


_SHORT: Final = 12
_KEPT: Final = 2000


class Book:
    """A workbook of two sheets.

    Args:
        path: the file.
        sheets: title and headers of both.
        day: when the file says that it was made.
        width: of every column, in characters.
    """

    def __init__(
        self, path: Path, sheets: Sequence[tuple[str, Sequence[str]]], day: date, width: int
    ) -> None:
        self._made = (day.year, day.month, day.day, 0, 0, 0)
        with ExitStack() as stack:
            self._zip = stack.enter_context(
                zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
            )
            for name, text in _parts([title for title, _ in sheets], day).items():
                self._zip.writestr(self._entry(name), _HEADER + text, compresslevel=_LEVEL)
            self._later = stack.enter_context(tempfile.TemporaryFile(dir=path.parent))
            self._first = stack.enter_context(
                self._zip.open(self._entry(_sheet_name(1)), "w", force_zip64=True)
            )
            self._open = stack.pop_all()
        streams: tuple[IO[bytes], IO[bytes]] = (self._first, self._later)
        self._sheets = []
        for stream, (_, headers) in zip(streams, sheets, strict=True):
            sheet = _Sheet(stream, len(headers), width)
            sheet.add(headers, _BOLD)
            self._sheets.append(sheet)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._made)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3
        return entry

    def add(self, sheet: int, cells: Iterable[Cell]) -> int:
        """Write a row below the last of a sheet, counted from 0; the row's number."""
        return self._sheets[sheet].add(cells)

    def close(self) -> None:
        """Finish the file."""
        for sheet in self._sheets:
            sheet.finish()
        self._first.close()
        self._later.seek(0)
        with self._zip.open(self._entry(_sheet_name(2)), "w", force_zip64=True) as stream:
            shutil.copyfileobj(self._later, stream, 1 << 20)
        self._open.close()


def _sheet_name(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _parts(titles: Sequence[str], day: date) -> dict[str, str]:
    """What a workbook needs besides its sheets."""
    numbers = range(1, len(titles) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    kinds = "".join(
        f'<Override PartName="/{_sheet_name(number)}" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    relationships = f"{_PACKAGE}/relationships"
    core = f"{_PACKAGE}/metadata/core-properties"
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{relationships}">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{relationships}/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z'
        "</dcterms:created></cp:coreProperties>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relationships}">{links}'
        f'<Relationship Id="rId{len(titles) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
    }
