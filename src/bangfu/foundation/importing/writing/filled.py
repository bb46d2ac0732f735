"""Rows as the template asks for them: what is written here is read again as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.importing.domain.expected import expected_sheets
from bangfu.foundation.importing.writing.book import (
    Book,
    day_cell,
    hundredths_cell,
    number_cell,
    text_cell,
)
from bangfu.foundation.importing.writing.shapes import Mark, NumberFormat
from bangfu.rules.layout import HUNDREDTHS, ItemType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bangfu.foundation.importing.domain.expected import SheetExpected
    from bangfu.foundation.importing.writing.book import Cell
    from bangfu.rules.layout import Item, Language, Layout

_SEPARATOR: Final = "、"
"""Between several codes of one cell; the reader takes it in both languages."""
_NARROWEST: Final = 10


def write_filled(
    layout: Layout, rows: Mapping[str, Iterable[Mapping[str, Any]]], language: Language = "zh"
) -> bytes:
    """A workbook with the sheets, headers and labels of the template, filled with rows.

    Args:
        layout: the form whose items are the columns (`Layout.on` a day).
        rows: by entity, values by item name as a document holds them: codes, whole fen and
            hundredths, months as YYYYMM, days as dates or as text; unknown is left out or None.
        language: of headers and labels.
    """
    book = Book()
    for sheet in expected_sheets(layout):
        title = sheet.title if language == "zh" else sheet.title_en
        widths = [max(_NARROWEST, 2 * len(item.label(language))) for item in sheet.items]
        book.write_sheet(title, _lines(layout, sheet, rows[sheet.entity], language), widths)
    return book.close()


def _lines(
    layout: Layout, sheet: SheetExpected, rows: Iterable[Mapping[str, Any]], language: Language
) -> Iterator[Sequence[Cell]]:
    yield [text_cell(item.label(language), Mark.HEADER) for item in sheet.items]
    labels = {
        name: {code.code: code.label(language) for code in each.codes}
        for name, each in layout.lists.items()
    }
    for row in rows:
        yield [_cell(item, row.get(item.name), labels) for item in sheet.items]


def _cell(item: Item, value: Any, labels: Mapping[str, Mapping[str, str]]) -> Cell:
    if value is None or value in ("", (), []):
        return None
    if item.type is ItemType.COUNT:
        return number_cell(value, NumberFormat.WHOLE)
    if item.type is ItemType.DATE:
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return day_cell(day, NumberFormat.DAY)
    if item.type in HUNDREDTHS:
        return hundredths_cell(value)
    return text_cell(_words(item, value, labels))


def _words(item: Item, value: Any, labels: Mapping[str, Mapping[str, str]]) -> str:
    if item.type is ItemType.FLAG:
        return labels["flag"]["yes" if value else "no"]
    if item.type is ItemType.CODE:
        return labels[item.list].get(value, value)
    if item.type is ItemType.CODES:
        return _SEPARATOR.join(labels[item.list].get(each, each) for each in value)
    return str(value)
