"""Lists as workbooks: what every list page exports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.importing.writing.book import (
    Book,
    day_cell,
    hundredths_cell,
    number_cell,
    text_cell,
)
from bangfu.foundation.importing.writing.shapes import Mark, NumberFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bangfu.foundation.importing.writing.book import Cell


class ColumnKind(StrEnum):
    """What a column of a table holds."""

    TEXT = "text"
    WHOLE = "whole"
    HUNDREDTHS = "hundredths"
    DAY = "day"
    MOMENT = "moment"


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

    Raises:
        ValueError: when a row has more or fewer values than there are columns.
    """
    book = Book()
    widths = [max(_WIDTHS[column.kind], 2 * len(column.header)) for column in columns]
    book.write_sheet(title, _rows(columns, rows), widths, filtered=True)
    if about:
        lines = ([text_cell(word), text_cell(value)] for word, value in about)
        book.write_sheet("说明", lines, (20, 60), header_row=0)
    return book.close()


def _rows(columns: Sequence[TableColumn], rows: Iterable[Sequence[Any]]) -> Iterator[list[Cell]]:
    yield [text_cell(column.header, Mark.HEADER) for column in columns]
    kinds = [column.kind for column in columns]
    for row in rows:
        yield [_cell(kind, value) for kind, value in zip(kinds, row, strict=True)]


def _cell(kind: ColumnKind, value: Any) -> Cell:
    if value is None:
        return None
    match kind:
        case ColumnKind.TEXT:
            return text_cell(str(value))
        case ColumnKind.WHOLE:
            return number_cell(int(value), NumberFormat.WHOLE)
        case ColumnKind.HUNDREDTHS:
            return hundredths_cell(value)
        case ColumnKind.DAY:
            return day_cell(value, NumberFormat.DAY)
        case ColumnKind.MOMENT:
            return day_cell(value, NumberFormat.MOMENT)
