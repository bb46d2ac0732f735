"""Empty workbooks to fill in: headers, formats, drop-downs, and how to fill in each item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from bangfu.foundation.importing.domain.expected import expected_sheets
from bangfu.foundation.importing.writing.book import Book
from bangfu.rules.layout import ItemType

if TYPE_CHECKING:
    from bangfu.foundation.importing.domain.expected import SheetExpected
    from bangfu.foundation.importing.writing.book import Sheet
    from bangfu.rules.layout import CodeList, Item, Language, Layout

_FORMATS: Final = {
    ItemType.FEN: "0.00",
    ItemType.MU: "0.00",
    ItemType.COUNT: "0",
    ItemType.DATE: "yyyy-mm-dd",
}
_LAST_ROW: Final = 100_000
_LONGEST_NOTE: Final = 255
_LONGEST_TITLE: Final = 32
_LANGUAGES: Final[dict[Language, str]] = {"zh": "zh-hans", "en": "en"}


def write_template(layout: Layout, language: Language = "zh") -> bytes:
    """A workbook that `read_workbook` takes as it is, once its rows are filled in.

    Args:
        layout: sheets, items and code lists.
        language: of headers, labels and notes; both are read.
    """
    with override(_LANGUAGES[language]):
        book = Book()
        sheets = [
            (each, book.add_sheet(_title(each, language))) for each in expected_sheets(layout)
        ]
        ranges = _write_codes(book, layout, language)
        for expected, sheet in sheets:
            _write_sheet(sheet, expected, layout, ranges, language)
        _write_notes(book, layout, language)
        return book.close()


def _title(expected: SheetExpected, language: Language) -> str:
    return expected.title if language == "zh" else expected.title_en


def _write_sheet(
    sheet: Sheet,
    expected: SheetExpected,
    layout: Layout,
    ranges: dict[str, str],
    language: Language,
) -> None:
    headers = [item.label(language) for item in expected.items]
    sheet.write_headers(1, headers)
    for column, item in enumerate(expected.items, start=1):
        sheet.widen(column, max(10, 2 * len(headers[column - 1])), _FORMATS.get(item.type, "@"))
        rule = {
            "input_title": headers[column - 1][:_LONGEST_TITLE],
            "input_message": how_to_fill(item, layout, language)[:_LONGEST_NOTE],
        }
        source = ranges.get(_list_of(item)) if item.type is not ItemType.CODES else None
        validation = {"validate": "list", "source": f"={source}"} if source else {"validate": "any"}
        sheet.sheet.data_validation(1, column - 1, _LAST_ROW, column - 1, {**validation, **rule})


def _list_of(item: Item) -> str:
    return "flag" if item.type is ItemType.FLAG else item.list


def _write_codes(book: Book, layout: Layout, language: Language) -> dict[str, str]:
    """The sheet of code lists, one a column; answer the range of each list's labels."""
    used = {_list_of(item) for item in layout if _list_of(item)}
    lists = [codes for name, codes in layout.lists.items() if name in used]
    sheet = book.add_sheet(_("代码表"))
    sheet.write_headers(1, [_list_title(codes, layout, language) for codes in lists])
    ranges = {}
    for column, codes in enumerate(lists, start=1):
        sheet.widen(column, 22)
        for row, code in enumerate(codes.codes, start=2):
            sheet.write_text(row, column, code.label(language))
        letter = _letters(column)
        ranges[codes.name] = f"'{sheet.title}'!${letter}$2:${letter}${len(codes.codes) + 1}"
    return ranges


def _list_title(codes: CodeList, layout: Layout, language: Language) -> str:
    """A list is called after the first item that takes it."""
    if codes.name == "flag":
        return _("是否")
    return next(item.label(language) for item in layout if item.list == codes.name)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _write_notes(book: Book, layout: Layout, language: Language) -> None:
    sheet = book.add_sheet(_("填写说明"))
    sheet.write_headers(1, [_("工作表"), _("项目"), _("是否必填"), _("怎样填写")])
    for column, width in enumerate((16, 32, 10, 90), start=1):
        sheet.widen(column, width)
    row = 1
    for expected in expected_sheets(layout):
        for item in expected.items:
            row += 1
            sheet.write_text(row, 1, _title(expected, language))
            sheet.write_text(row, 2, item.label(language))
            sheet.write_text(row, 3, _("必填") if item.required else "")
            sheet.write_text(row, 4, how_to_fill(item, layout, language))


def how_to_fill(item: Item, layout: Layout, language: Language) -> str:
    """One sentence for who fills in the item, in the active language."""
    words = {
        ItemType.TEXT: _("文字。证件号码、账号、电话请用“文本”格式。"),
        ItemType.COUNT: _("整数，不带单位。"),
        ItemType.MONTH: _("六位年月，如 202601。"),
        ItemType.DATE: _("日期，如 2026-01-02。"),
        ItemType.FEN: _("金额，单位元，最多两位小数，不带逗号。"),
        ItemType.MU: _("面积，单位亩，最多两位小数。"),
        ItemType.DIVISION: _("12 位行政村代码，用“文本”格式。"),
        ItemType.FLAG: _("从下拉列表中选择。"),
        ItemType.CODE: _("从下拉列表中选择。"),
    }
    if item.type is ItemType.CODES:
        labels = "、".join(code.label(language) for code in layout.lists[item.list].codes)
        return _("可填一项或几项，用顿号隔开：%(labels)s。") % {"labels": labels}
    return words[item.type]
