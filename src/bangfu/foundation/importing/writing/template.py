"""Empty workbooks to fill in: headers, formats, drop-downs, and how to fill in each item."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from bangfu.foundation.importing.domain.expected import expected_sheets
from bangfu.foundation.importing.domain.own_sheets import CODES, NOTES
from bangfu.foundation.importing.writing.book import column_letters
from bangfu.foundation.importing.writing.shapes import NumberFormat
from bangfu.rules.layout import HUNDREDTHS, ItemType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.foundation.importing.domain.expected import SheetExpected
    from bangfu.rules.layout import CodeList, Item, Language, Layout

_FORMATS: Final = {
    **dict.fromkeys(HUNDREDTHS, NumberFormat.HUNDREDTHS),
    ItemType.COUNT: NumberFormat.WHOLE,
    ItemType.DATE: NumberFormat.DAY,
}
_HEADER: Final = {"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}
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
        return _Template(layout, language).write()


class _Template:
    """One template being written."""

    def __init__(self, layout: Layout, language: Language) -> None:
        self._layout, self._language = layout, language
        self._bytes = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._bytes, {"in_memory": True})
        self._header = self._book.add_format({**_HEADER, "num_format": "@"})
        self._formats = {
            each: self._book.add_format({"num_format": each.value}) for each in NumberFormat
        }

    def write(self) -> bytes:
        """The sheets to fill in first, then the codes and the notes."""
        expected = expected_sheets(self._layout)
        sheets = [(each, self._book.add_worksheet(self._title(each))) for each in expected]
        ranges = self._write_codes()
        for each, sheet in sheets:
            self._write_sheet(sheet, each, ranges)
        self._write_notes(expected)
        self._book.close()
        return self._bytes.getvalue()

    def _title(self, expected: SheetExpected) -> str:
        return expected.title if self._language == "zh" else expected.title_en

    def _write_headers(self, sheet: Any, headers: Sequence[str]) -> None:
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, self._header)
        sheet.freeze_panes(1, 0)

    def _write_sheet(self, sheet: Any, expected: SheetExpected, ranges: dict[str, str]) -> None:
        headers = [item.label(self._language) for item in expected.items]
        self._write_headers(sheet, headers)
        for column, item in enumerate(expected.items):
            shape = self._formats[_FORMATS.get(item.type, NumberFormat.TEXT)]
            sheet.set_column(column, column, max(10, 2 * len(headers[column])), shape)
            rule: dict[str, Any] = {
                "validate": "any",
                "input_title": headers[column][:_LONGEST_TITLE],
                "input_message": how_to_fill(item, self._layout, self._language)[:_LONGEST_NOTE],
            }
            if item.type in {ItemType.CODE, ItemType.FLAG}:
                rule |= {"validate": "list", "source": f"={ranges[_list_of(item)]}"}
            sheet.data_validation(1, column, _LAST_ROW, column, rule)

    def _write_codes(self) -> dict[str, str]:
        """The sheet of code lists, one a column; answer the range of each list's labels."""
        used = {_list_of(item) for item in self._layout}
        lists = [codes for name, codes in self._layout.lists.items() if name in used]
        title = CODES[self._language]
        sheet = self._book.add_worksheet(title)
        self._write_headers(sheet, [self._list_title(codes) for codes in lists])
        sheet.set_column(0, len(lists), 22, self._formats[NumberFormat.TEXT])
        ranges = {}
        for column, codes in enumerate(lists):
            for row, code in enumerate(codes.codes, start=1):
                sheet.write_string(row, column, code.label(self._language))
            letters = column_letters(column + 1)
            ranges[codes.name] = f"'{title}'!${letters}$2:${letters}${len(codes.codes) + 1}"
        return ranges

    def _list_title(self, codes: CodeList) -> str:
        """A list is called after the first item that takes it."""
        if codes.name == "flag":
            return _("是否")
        items = (item for item in self._layout if item.list == codes.name)
        return next(items).label(self._language)

    def _write_notes(self, sheets: Sequence[SheetExpected]) -> None:
        sheet = self._book.add_worksheet(NOTES[self._language])
        self._write_headers(sheet, [_("工作表"), _("项目"), _("是否必填"), _("怎样填写")])
        for column, width in enumerate((16, 32, 10, 90)):
            sheet.set_column(column, column, width, self._formats[NumberFormat.TEXT])
        items = [(each, item) for each in sheets for item in each.items]
        for row, (expected, item) in enumerate(items, start=1):
            words = (
                self._title(expected),
                item.label(self._language),
                _("必填") if item.required else "",
                how_to_fill(item, self._layout, self._language),
            )
            for column, text in enumerate(words):
                sheet.write_string(row, column, text)


def _list_of(item: Item) -> str:
    return "flag" if item.type is ItemType.FLAG else item.list


def how_to_fill(item: Item, layout: Layout, language: Language) -> str:
    """One sentence for who fills in the item, in the active language."""
    words = {
        ItemType.TEXT: _("文字。证件号码、账号、电话请用“文本”格式。"),
        ItemType.COUNT: _("整数，不带单位。"),
        ItemType.MONTH: _("六位年月，如 202601。"),
        ItemType.DATE: _("日期，如 2026-01-02。"),
        ItemType.FEN: _("金额，单位元，最多两位小数，不带逗号。"),
        ItemType.MU: _("面积，单位亩，最多两位小数。"),
        ItemType.SQM: _("面积，单位平方米，最多两位小数。"),
        ItemType.KM: _("距离，单位公里，最多两位小数。"),
        ItemType.DIVISION: _("12 位行政区划代码，用“文本”格式。"),
        ItemType.FLAG: _("从下拉列表中选择。"),
        ItemType.CODE: _("从下拉列表中选择。"),
    }
    if item.type is ItemType.CODES:
        labels = "、".join(code.label(language) for code in layout.lists[item.list].codes)
        return _("可填一项或几项，用顿号隔开：%(labels)s。") % {"labels": labels}
    return words[item.type]
