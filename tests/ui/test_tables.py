"""Lists declared once: the address says what is shown, and the page leads back to addresses."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.http import QueryDict

from bangfu.foundation.ui.api import (
    Choice,
    Column,
    Filter,
    ListState,
    Table,
    TableView,
    present,
    read_state,
    sheet_of,
)


@dataclass(frozen=True, slots=True)
class House:
    """A row."""

    key: int
    name: str
    income: int | None


HOUSES = [House(1, "李家", 3), House(2, "王家", None)]
TABLE: Table[House] = Table(
    name="houses",
    sort="-income",
    words="姓名",
    page_size=2,
    columns=(
        Column("name", "户", lambda row: row.name, heading=True, sortable=True),
        Column("income", "收入", lambda row: row.income, kind="whole", sortable=True),
        Column("key", "编号", lambda row: row.key, kind="whole", chosen=False),
    ),
    filters=(
        Filter("town", "乡镇"),
        Filter("state", "状态", (Choice("open", "未办", 7), Choice("closed", "已办")), single=True),
    ),
)


def state(query: str) -> ListState:
    return read_state(TABLE, QueryDict(query))


def shown(query: str, total: int = 2) -> TableView:
    towns = [Choice("511921103", "铁溪镇", 4), Choice("511921104", "涪阳镇")]
    return present(
        TABLE, state(query), HOUSES, total=total, key=lambda row: row.key, choices={"town": towns}
    )


def test_an_address_that_says_nothing_opens_the_list_as_declared() -> None:
    opened = state("")
    assert (opened.sort_column, opened.descending, opened.page) == ("income", True, 1)
    assert opened.columns == ("name", "income")
    assert opened.address() == "?"


@pytest.mark.parametrize(
    "query",
    ["sort=key", "sort=password", "sort=-", "page=0", "page=-1", "page=%C2%B2", "cols=nothing"],
)
def test_what_the_table_does_not_have_is_left_out(query: str) -> None:
    assert state(query) == state("")


def test_the_address_survives_the_way_through_the_page() -> None:
    query = (
        "?q=%E6%9D%8E&state=open&town=511921103&town=511921104&sort=name&cols=name&cols=key&page=3"
    )
    assert state(query[1:]).address() == query


def test_the_head_sorted_by_leads_to_the_other_direction() -> None:
    name, income = shown("page=2").heads
    assert (name.sorted, name.url) == ("", "?sort=name")
    assert (income.sorted, income.url) == ("descending", "?sort=income")


def test_a_single_filter_takes_one_value_and_others_take_several() -> None:
    set_ = state("state=open&state=closed&town=1&town=2&town=2&town=")
    assert set_.chosen("state") == ("closed",)
    assert set_.one("state") == "closed"
    assert set_.chosen("town") == ("1", "2")


def test_a_chip_takes_its_own_filter_away_and_goes_to_the_first_page() -> None:
    view = shown("town=511921103&town=511921104&state=open&q=%E6%9D%8E&page=4")
    labels = {chip.label: chip.url for chip in view.chips}
    assert labels["铁溪镇"] == "?q=%E6%9D%8E&state=open&town=511921104"
    assert labels["李"] == "?state=open&town=511921103&town=511921104"
    assert view.clear_url == "?"


def test_headings_cannot_be_hidden_and_columns_keep_their_order() -> None:
    assert state("cols=key&cols=income").columns == ("name", "income", "key")


def test_the_pager_counts_rows_from_one() -> None:
    view = shown("page=2", total=5)
    assert (view.first, view.last, view.pages) == (3, 4, 3)
    assert view.previous_url == "?"
    assert view.next_url == "?page=3"
    assert shown("page=3", total=5).next_url == ""


def test_a_list_without_rows_counts_nothing() -> None:
    empty = present(TABLE, state(""), (), total=0, key=lambda row: row.key)
    assert (empty.first, empty.last, empty.pages) == (0, 0, 1)


def test_the_forms_carry_along_what_they_do_not_set() -> None:
    view = shown("town=1&sort=name&cols=name&cols=key&page=2")
    assert view.kept_by_filters == [("sort", "name"), ("cols", "name"), ("cols", "key")]
    assert view.kept_by_columns == [("town", "1"), ("sort", "name")]


def test_the_sheet_holds_the_chosen_columns_as_plain_values() -> None:
    heads, rows = sheet_of(TABLE, state("cols=income"), HOUSES)
    assert heads == ["户", "收入"]
    assert list(rows) == [["李家", 3], ["王家", None]]


def test_the_export_keeps_filters_and_leaves_the_page() -> None:
    view = shown("town=1&page=2")
    assert view.export_url == "?town=1&export=xlsx"
    assert read_state(TABLE, QueryDict(view.export_url[1:])).export
