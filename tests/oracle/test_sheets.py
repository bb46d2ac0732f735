"""The oracle's reading of a workbook, on one written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from oracle.sheets import (
    HOUSEHOLDS,
    MEMBERS,
    Unreadable,
    amount_of,
    count_of,
    day_of,
    read_households,
    text_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_rows_are_found_by_their_headers_and_joined_by_household_number(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    households = book.create_sheet(HOUSEHOLDS)
    households.append(["防返贫监测信息采集表"])
    households.append(["户 编 号", "工资性收入(元)", None])
    households.append([511921001, "  １２．５０ ", "aside"])
    households.append(["H2", None, None])
    households.append([None, None, None])
    members = book.create_sheet(MEMBERS)
    members.append(["姓名", "户编号"])
    members.append(["甲", "H2"])
    members.append(["乙", "511921001"])
    members.append(["丙", "H2"])
    members.append(["丁", "H9"])
    book.save(tmp_path / "book.xlsx")

    read = read_households(tmp_path / "book.xlsx")

    assert list(read) == ["511921001", "H2"]
    assert read["511921001"].row == {"户编号": "511921001", "工资性收入（元）": "12.50"}
    assert [row["姓名"] for row in read["H2"].members] == ["甲", "丙"]


@pytest.mark.parametrize(
    "text", ["1990-02-03", "1990/2/3", "1990.2.3", "1990年2月3日", "19900203", "32907"]
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert day_of(text) == date(1990, 2, 3)


def test_a_cell_formatted_as_a_date_is_that_day() -> None:
    assert day_of(text_of(datetime(1990, 2, 3, tzinfo=UTC))) == date(1990, 2, 3)


@pytest.mark.parametrize("text", ["1990-02-30", "去年", "19901350"])
def test_no_day_is_guessed(text: str) -> None:
    with pytest.raises(Unreadable):
        day_of(text)


def test_amounts_are_exact_and_empty_is_not_zero() -> None:
    assert amount_of(text_of("0.10")) == Decimal("0.1")
    assert amount_of(text_of(19999.99)) == Decimal("19999.99")
    assert amount_of(text_of(" ")) is None
    assert count_of(text_of(6.0)) == 6
    with pytest.raises(Unreadable):
        amount_of("约三千")
    with pytest.raises(Unreadable):
        count_of("5.5")
