"""Lists as workbooks: what every list page exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.importing.writing.book import Book, ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTHS: Final = {
    ColumnKind.TEXT: 18,
    ColumnKind.WHOLE: 10,
    ColumnKind.HUNDREDTHS: 14,
    ColumnKind.DAY: 12,
    ColumnKind.MOMENT: 17,
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of an export. Hundredths come as whole fen or 0.01 mu and show as yuan or mu."""

    header: str
    kind: ColumnKind = ColumnKind.TEXT


def write_table(
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Any]],
    about: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A workbook of one table that cannot attack who opens it.

    Args:
        title: the sheet's title.
        columns: headers and kinds.
        rows: values in the order of the columns; None leaves a cell empty.
        about: words and values for a second sheet: who exported, when, with which filter.
    """
    book = Book()
    sheet = book.add_sheet(title)
    sheet.write_headers(1, [column.header for column in columns])
    for number, column in enumerate(columns, start=1):
        sheet.widen(number, max(_WIDTHS[column.kind], 2 * len(column.header)))
    last = 1
    for last, row in enumerate(rows, start=2):
        for number, (column, value) in enumerate(zip(columns, row, strict=True), start=1):
            sheet.write_kind(last, number, value, column.kind)
    sheet.sheet.autofilter(0, 0, last - 1, len(columns) - 1)
    if about:
        second = book.add_sheet("说明")
        second.widen(1, 20)
        second.widen(2, 60)
        for number, (word, value) in enumerate(about, start=1):
            second.write_text(number, 1, word)
            second.write_text(number, 2, value)
    return book.close()
