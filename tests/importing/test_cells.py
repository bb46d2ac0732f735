"""What each type of item reads in a cell, and what it refuses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.foundation.importing.domain.cells import CellFault, RawSheet, Unreadable
from bangfu.foundation.importing.domain.columns import HeaderIndex, match_columns
from bangfu.foundation.importing.domain.expected import SheetExpected
from bangfu.foundation.importing.domain.problem_log import ProblemLog
from bangfu.foundation.importing.domain.tables import SheetReading
from bangfu.kernel.money import format_hundredths
from bangfu.rules.layout import Code, CodeList, Item, ItemType
from importing.workbooks import FLAG, SEX, item

HEALTH = CodeList(
    "health",
    (
        Code("healthy", "健康", "Healthy"),
        Code("chronic", "长期慢性病", "Chronic"),
        Code("serious", "患有大病", "Serious"),
    ),
    exclusive="healthy",
)
CATEGORY = CodeList(
    "category",
    (
        Code("old", "旧类别", "Old", valid_to=date(2026, 1, 1)),
        Code("new", "新类别", "New", valid_from=date(2026, 1, 1)),
    ),
)
LISTS = {each.name: each for each in (FLAG, SEX, HEALTH, CATEGORY)}


def read(wanted: Item, *cells: Any, on: date | None = None, epoch_1904: bool = False) -> Any:
    """The value, or the code of the refusal, of each cell; notices are in the log's counts."""
    sheet = RawSheet("f", "s", "workbook", [[wanted.zh, *cells]], epoch_1904=epoch_1904)
    expected = SheetExpected("house", "s", "s", (wanted,))
    matched, _ = match_columns(sheet, expected, HeaderIndex(expected, {}), 1)
    log = ProblemLog()
    table = SheetReading(sheet, matched, LISTS, log, on=on, longest=100).read(expected)
    refused = {each.place.row: each.code for each in log if each.refuses}
    values = table.columns[wanted.name]
    said = [refused.get(row, value) for row, value in zip(table.rows, values, strict=True)]
    notices = [each.code for each in log if not each.refuses]
    return said[0] if len(cells) == 1 else said, notices


TEXT = item("name", ItemType.TEXT, "姓名")
NUMBER = item("id_number", ItemType.TEXT, "证件号码", secret=True)
MONEY = item("income", ItemType.FEN, "收入", min=0, max=1000)
COUNT = item("months", ItemType.COUNT, "月数", min=0, max=12)
DAY = item("born", ItemType.DATE, "出生日期")
MONTH = item("since", ItemType.MONTH, "识别时间")
VILLAGE = item("village", ItemType.DIVISION, "行政村代码")
YES = item("insured", ItemType.FLAG, "是否参保")
CODE = item("sex", ItemType.CODE, "性别", list="sex")
CODES = item("health", ItemType.CODES, "健康状况", list="health")


@pytest.mark.parametrize(
    ("wanted", "raw", "value"),
    [
        (TEXT, "张三", "张三"),
        (TEXT, "A·B", "A·B"),
        (NUMBER, "51990019900101001X", "51990019900101001X"),
        (MONEY, "12.5", 1250),
        (MONEY, 12.5, 1250),
        (MONEY, 0.0, 0),
        (MONEY, "100", 10000),
        (MONEY, 0.1 + 0.2, 30),
        (COUNT, "3", 3),
        (COUNT, 3.0, 3),
        (COUNT, "3.0", 3),
        (COUNT, 12.0, 12),
        (DAY, "2026-01-02", date(2026, 1, 2)),
        (DAY, "2026/1/2", date(2026, 1, 2)),
        (DAY, "2026.1.2", date(2026, 1, 2)),
        (DAY, "20260102", date(2026, 1, 2)),
        (DAY, "2026年1月2日", date(2026, 1, 2)),
        (DAY, "2026年01月02日", date(2026, 1, 2)),
        (DAY, "2026-01-02 00:00:00", date(2026, 1, 2)),
        (DAY, date(2026, 1, 2), date(2026, 1, 2)),
        (DAY, datetime.fromisoformat("2026-01-02T00:00"), date(2026, 1, 2)),
        (DAY, 46024.0, date(2026, 1, 2)),
        (DAY, 20260102.0, date(2026, 1, 2)),
        (DAY, 61.0, date(1900, 3, 1)),
        (DAY, "2024-02-29", date(2024, 2, 29)),
        (MONTH, "202601", "202601"),
        (MONTH, 202601.0, "202601"),
        (MONTH, "2026-1", "202601"),
        (MONTH, "2026年1月", "202601"),
        (MONTH, date(2026, 1, 31), "202601"),
        (MONTH, "2026-01-15", "202601"),
        (VILLAGE, "511921100201", "511921100201"),
        (VILLAGE, 511921100201.0, "511921100201"),
        (YES, "是", True),
        (YES, "否", False),
        (YES, "No", False),
        (CODE, "女", "female"),
        (CODE, "Male", "male"),
        (CODES, "健康", ("healthy",)),
        (CODES, "患有大病、长期慢性病", ("chronic", "serious")),
        (CODES, "患有大病；长期慢性病", ("chronic", "serious")),
        (CODES, "长期慢性病,患有大病,", ("chronic", "serious")),
    ],
)
def test_a_good_cell_is_read_without_a_word(wanted: Item, raw: Any, value: Any) -> None:
    assert read(wanted, raw) == (value, [])


@pytest.mark.parametrize(
    ("wanted", "raw", "value"),
    [
        (TEXT, "　张三 ", "张三"),
        (TEXT, "张　三", "张三"),
        (TEXT, "通江县  Ａ１号", "通江县 A1号"),
        (TEXT, "张三\u200b", "张三"),
        (NUMBER, "５１９９００１９９００１０１００１Ｘ", "51990019900101001X"),
        (NUMBER, "138 0013\u00a08000", "13800138000"),
        (MONEY, " １２．５ ", 1250),
        (COUNT, "１２", 12),
        (DAY, " 2026-01-02", date(2026, 1, 2)),
        (DAY, "２０２６年１月２日", date(2026, 1, 2)),
        (MONTH, "２０２６０１", "202601"),
        (VILLAGE, "5119 2110 0201", "511921100201"),
        (YES, "是　", True),
        (YES, True, True),
        (CODE, " 男", "male"),
        (CODES, "健 康", ("healthy",)),
    ],
)
def test_stray_spaces_and_full_width_characters_are_made_plain_and_said(
    wanted: Item, raw: Any, value: Any
) -> None:
    assert read(wanted, raw) == (value, ["importing.normalised"])


@pytest.mark.parametrize(
    ("wanted", "raw", "code"),
    [
        (NUMBER, 519900199001010000.0, "digits_lost"),
        (NUMBER, 1e15, "digits_lost"),
        (NUMBER, "5.199E+17", "digits_lost"),
        (NUMBER, "5.19900199001010E17 ", "digits_lost"),
        (TEXT, float("inf"), "digits_lost"),
        (TEXT, date(2026, 1, 2), "not_text"),
        (TEXT, True, "not_text"),
        (TEXT, "张\x00三", "control_character"),
        (TEXT, "x" * 101, "text_too_long"),
        (MONEY, "1.2万", "amount"),
        (MONEY, "1,200", "amount"),
        (MONEY, "1.234", "amount"),
        (MONEY, 1.234, "amount"),
        (MONEY, "￥5", "amount"),
        (MONEY, True, "amount"),
        (MONEY, date(2026, 1, 2), "amount"),
        (MONEY, float("nan"), "amount"),
        (MONEY, -0.01, "out_of_range"),
        (MONEY, 1000.01, "out_of_range"),
        (COUNT, "三", "count"),
        (COUNT, 2.5, "count"),
        (COUNT, "2.5", "count"),
        (COUNT, "12个月", "count"),
        (COUNT, False, "count"),
        (COUNT, 13.0, "out_of_range"),
        (COUNT, "-1", "out_of_range"),
        (DAY, "2026-02-29", "date"),
        (DAY, "2026-1/2", "date"),
        (DAY, "26-01-02", "date"),
        (DAY, "01/02/2026", "date"),
        (DAY, "2026-13-01", "date"),
        (DAY, "昨天", "date"),
        (DAY, 60.0, "date"),
        (DAY, 46024.5, "date"),
        (DAY, datetime.fromisoformat("2026-01-02T10:00"), "date"),
        (DAY, "2026-01-02 10:00:00", "date"),
        (DAY, True, "date"),
        (DAY, "9999-01-01", "date"),
        (MONTH, "2026", "month"),
        (MONTH, "202613", "month"),
        (MONTH, "202600", "month"),
        (MONTH, True, "month"),
        (VILLAGE, "春天村", "division"),
        (VILLAGE, "51192110020", "division"),
        (VILLAGE, 51192110020.0, "division"),
        (VILLAGE, True, "division"),
        (YES, "有", "unknown_code"),
        (YES, 1.0, "unknown_code"),
        (CODE, "男性", "unknown_code"),
        (CODE, date(2026, 1, 2), "not_text"),
        (CODE, "男\x07", "control_character"),
        (CODES, "健康、大病", "unknown_code"),
        (CODES, "健康、患有大病", "code_stands_alone"),
        (CODES, "患有大病、患有大病", "code_twice"),
        (CODES, Unreadable(CellFault.FORMULA), "formula"),
        (CODE, Unreadable(CellFault.ERROR), "error"),
        (MONEY, Unreadable(CellFault.FORMULA, 5.0), "formula"),
        (DAY, Unreadable(CellFault.TIME, "12:00:00"), "time"),
    ],
)
def test_a_bad_cell_is_refused_with_its_reason(wanted: Item, raw: Any, code: str) -> None:
    assert read(wanted, raw) == (f"importing.{code}", [])


def test_short_numbers_are_read_as_texts_and_said() -> None:
    assert read(NUMBER, 13800138000.0) == ("13800138000", ["importing.number_as_text"])
    assert read(TEXT, 3.5) == ("3.5", ["importing.number_as_text"])


def test_empty_cells_and_cells_of_spaces_hold_nothing() -> None:
    for wanted in (TEXT, NUMBER, MONEY, COUNT, DAY, MONTH, VILLAGE, YES, CODE, CODES):
        value, _ = read(wanted, "　 ")
        assert value is None, wanted.name


def test_a_required_item_may_not_be_empty_nor_made_of_spaces() -> None:
    needed = item("name", ItemType.TEXT, "姓名", required=True)
    other = item("born", ItemType.DATE, "出生日期")
    columns: list[Any] = [["姓名", None, " ", "甲"], ["出生日期", *["20260102"] * 3]]
    sheet = RawSheet("f", "s", "workbook", columns)
    expected = SheetExpected("house", "s", "s", (needed, other))
    matched, _ = match_columns(sheet, expected, HeaderIndex(expected, {}), 1)
    log = ProblemLog()
    table = SheetReading(sheet, matched, LISTS, log, on=None, longest=9).read(expected)
    assert table.refused == {2, 3}
    assert [each.place.row for each in log if each.code == "importing.required_empty"] == [2, 3]


def test_serials_count_from_1904_where_the_workbook_says_so() -> None:
    assert read(DAY, 44562.0, epoch_1904=True) == (date(2026, 1, 2), [])


def test_a_code_must_hold_on_the_day_of_the_data() -> None:
    wanted = item("category", ItemType.CODE, "类别", list="category")
    on = date(2026, 1, 1)
    assert read(wanted, "旧类别", "新类别", on=on)[0] == ["importing.code_not_in_force", "new"]
    assert read(wanted, "旧类别", "新类别", on=date(2025, 12, 31))[0] == [
        "old",
        "importing.code_not_in_force",
    ]


def test_an_unknown_code_names_what_was_written_and_what_may_be() -> None:
    sheet = RawSheet("f", "s", "workbook", [["性别", "男性"]])
    expected = SheetExpected("house", "s", "s", (CODE,))
    matched, _ = match_columns(sheet, expected, HeaderIndex(expected, {}), 1)
    log = ProblemLog()
    SheetReading(sheet, matched, LISTS, log, on=None, longest=9).read(expected)
    assert dict(log.kept[0].values) == {"header": "性别", "found": "男性", "nearest": "男、女"}


def test_what_stands_in_a_sensitive_cell_is_not_repeated() -> None:
    wanted = item("sex", ItemType.CODE, "性别", list="sex", sensitive=True)
    sheet = RawSheet("f", "s", "workbook", [["性别", "艾滋病"]])
    expected = SheetExpected("house", "s", "s", (wanted,))
    matched, _ = match_columns(sheet, expected, HeaderIndex(expected, {}), 1)
    log = ProblemLog()
    SheetReading(sheet, matched, LISTS, log, on=None, longest=9).read(expected)
    assert "艾滋病" not in "".join(log.kept[0].values.values())


def test_true_and_one_are_not_taken_for_each_other() -> None:
    assert read(COUNT, 1.0, True, 1.0)[0] == [1, "importing.count", 1]
    assert read(YES, True, 1.0)[0] == [True, "importing.unknown_code"]


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_every_amount_that_excel_can_show_is_read_to_the_fen(fen: int) -> None:
    wide = item("income", ItemType.FEN, "收入")
    if abs(fen) < 10**12:
        assert read(wide, fen / 100)[0] == fen
    assert read(wide, format_hundredths(fen).replace(",", ""))[0] == fen


@given(st.dates(min_value=date(1900, 3, 1), max_value=date(2149, 12, 31)))
def test_every_way_to_write_a_day_is_the_same_day(day: date) -> None:
    texts = (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}")
    serial = float((day - date(1899, 12, 30)).days)
    assert read(DAY, *texts, serial, day) == ([day] * 5, [])


@given(st.text(max_size=30) | st.floats() | st.booleans() | st.dates())
def test_no_cell_breaks_a_reader(raw: Any) -> None:
    for wanted in (TEXT, NUMBER, MONEY, COUNT, DAY, MONTH, VILLAGE, YES, CODE, CODES):
        read(wanted, raw)
