"""A workbook that LibreOffice wrote: read as one that Excel wrote.

`libreoffice.xlsx` is the workbook that `source()` makes, opened and saved by LibreOffice Calc 7.4
(`soffice --headless --convert-to xlsx`). Its parts, styles and dates are LibreOffice's own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bangfu.foundation.importing.api import open_upload, read_workbook
from bangfu.rules.layout import Code, CodeList, ItemType, Layout
from importing.workbooks import FLAG, item, workbook

SAVED = Path(__file__).parent / "libreoffice.xlsx"
LIST = CodeList("health", (Code("healthy", "健康", "Well"), Code("chronic", "慢性病", "Ill")))
ITEMS = (
    item("number", ItemType.TEXT, "户编号", required=True, key=True),
    item("id_number", ItemType.TEXT, "证件号码", secret=True),
    item("day", ItemType.DATE, "日期"),
    item("month", ItemType.MONTH, "识别时间"),
    item("money", ItemType.FEN, "收入（元）"),
    item("land", ItemType.MU, "耕地（亩）"),
    item("people", ItemType.COUNT, "人口"),
    item("poor", ItemType.FLAG, "是否低保"),
    item("health", ItemType.CODES, "健康状况", list="health"),
    item("place", ItemType.DIVISION, "行政村代码"),
)
LAYOUT = Layout("test", {"house": ITEMS}, {"house": {"zh": "农户", "en": "Houses"}},
                {"flag": FLAG, "health": LIST})  # fmt: skip
ROWS = (
    ["H1", "519900199001010010", date(2026, 2, 28), "201405", 1234.56, 3.05, 4, "是", "健康",
     "511921103201"],
    ["H2", "51990019900101002X", None, "202611", 0, None, 1, "否", "慢性病", "511921103202"],
)  # fmt: skip


def source() -> bytes:
    """The workbook as it was before LibreOffice saved it."""
    return workbook(
        {"农户": [[each.zh for each in ITEMS], *ROWS]}, default_date_format="yyyy-mm-dd"
    )


def test_libreoffice_s_workbook_is_read_like_the_one_it_was_made_from() -> None:
    made, saved = (
        read_workbook(open_upload(("农户.xlsx", data)), layout=LAYOUT)
        for data in (source(), SAVED.read_bytes())
    )
    assert [each.code for each in saved.problems] == [each.code for each in made.problems] == []
    rows = list(saved.tables["house"].records())
    assert rows == list(made.tables["house"].records())
    assert rows[0] == {
        "number": "H1", "id_number": "519900199001010010", "day": date(2026, 2, 28),
        "month": "201405", "money": 123456, "land": 305, "people": 4, "poor": True,
        "health": ("healthy",), "place": "511921103201",
    }  # fmt: skip
