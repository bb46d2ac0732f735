"""Uploads into tables: sheets, columns, places, notices."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.importing.api import open_upload, read_workbook
from bangfu.kernel.problems import Place, as_document, from_document
from bangfu.rules.layout import ItemType, Layout
from importing.workbooks import HOUSES, PEOPLE, item, small_layout, with_markup, workbook

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.foundation.importing.api import Workbook

HOUSE_CSV = "户编号,户主姓名,收入（元）\nH1,张三,1200.50\nH2,李四,0\n"
PEOPLE_CSV = "户编号,证件号码,性别\nH1,519900199001010010,男\n"


def read(*sources: Any, layout: Layout | None = None, **options: Any) -> Workbook:
    return read_workbook(open_upload(*sources), layout=layout or small_layout(), **options)


def codes(found: Workbook) -> list[str]:
    return [each.code.removeprefix("importing.") for each in found.problems]


def test_a_workbook_becomes_typed_rows() -> None:
    found = read(("农户.xlsx", workbook()))
    assert codes(found) == []
    assert list(found.tables["house"].records()) == [
        {"number": "H1", "owner": "张三", "income": 120050},
        {"number": "H2", "owner": "李四", "income": 0},
    ]
    assert found.tables["house"].rows == [2, 3]
    assert found.tables["person"].place(0, "sex") == Place("农户.xlsx", "成员", 2, 3, "性别")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_two_csv_files_make_a_workbook(tmp_path: Path, encoding: str, end: str) -> None:
    (tmp_path / "b.csv").write_bytes(HOUSE_CSV.replace("\n", end).encode(encoding))
    (tmp_path / "a.csv").write_bytes(PEOPLE_CSV.replace("\n", end).encode(encoding))
    (tmp_path / ".DS_Store").write_bytes(b"\x00\x01")
    found = read(tmp_path)
    assert codes(found) == []
    assert found.tables["house"].record(0) == {"number": "H1", "owner": "张三", "income": 120050}
    assert found.tables["person"].record(0)["id_number"] == "519900199001010010"


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_csv_may_be_separated_by_tabs_or_semicolons(separator: str) -> None:
    houses, people = (text.replace(",", separator).encode() for text in (HOUSE_CSV, PEOPLE_CSV))
    found = read(("农户.csv", houses), ("成员.csv", people))
    assert codes(found) == []


def test_a_record_of_another_width_is_refused_with_its_row() -> None:
    houses = HOUSE_CSV + "\nH3,王五\nH4,a,b,c\n,,\n"
    found = read(("h.csv", houses.encode()), ("p.csv", PEOPLE_CSV.encode()))
    ragged = [each for each in found.problems if each.code == "importing.ragged_row"]
    assert [each.place.row for each in ragged] == [5, 6]
    assert found.tables["house"].refused == {5, 6}
    assert found.problems.refuses


def test_a_csv_cell_that_is_a_formula_in_excel_is_refused() -> None:
    people = PEOPLE_CSV + 'H2,"=""519900199001010010""",女\n'
    found = read(("h.csv", HOUSE_CSV.encode()), ("p.csv", people.encode()))
    (problem,) = found.problems.kept
    assert (problem.code, problem.place.row, problem.place.header) == (
        "importing.formula",
        3,
        "证件号码",
    )


def test_columns_may_stand_in_any_order_with_spaced_headers_below_a_title() -> None:
    houses = [["某县农户表"], ["收入(元)", " 户 编号*", "户主\n姓名"], [5, "H1", "张三"]]
    found = read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE})))
    assert codes(found) == []
    assert found.tables["house"].record(0) == {"number": "H1", "owner": "张三", "income": 500}
    assert found.tables["house"].rows == [3]


def test_english_headers_titles_and_labels_are_read() -> None:
    sheets = {
        "houses": [["Number", "owner", "INCOME"], ["H1", "a", 1]],
        "People": [["number", "id_number", "sex"], ["H1", "519900199001010010", "Female"]],
    }
    found = read(("x.xlsx", workbook(sheets)))
    assert codes(found) == []
    assert found.tables["person"].record(0)["sex"] == "female"


def test_sheets_of_other_names_are_known_by_their_headers() -> None:
    found = read(("x.xlsx", workbook({"Sheet1": PEOPLE, "Sheet2": HOUSES})))
    assert codes(found) == []
    assert found.tables["house"].sheet == "Sheet2"


def test_wrong_missing_and_doubled_columns_are_named() -> None:
    houses = [["户编号", "户主姓 名称", "户编号", "备注"], ["H1", "张三", "H1", "x"]]
    found = read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE})))
    said = [(each.code, each.place.column, each.refuses) for each in found.problems]
    assert said == [
        ("importing.doubled_column", 3, True),
        ("importing.column_misspelt", 0, True),
        ("importing.missing_column", 0, True),
        ("importing.unknown_column", 2, False),
        ("importing.unknown_column", 4, False),
    ]
    assert found.problems.kept[1].values == {"header": "户主姓名", "found": "户主姓 名称"}
    assert set(found.tables) == {"person"}


def test_data_below_an_empty_header_are_not_dropped_silently() -> None:
    houses = [[*HOUSES[0], None], [*HOUSES[1], "lost"]]
    found = read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE})))
    (problem,) = found.problems.kept
    assert (problem.code, problem.place.column) == ("importing.column_without_header", 4)


def test_an_empty_column_without_a_header_does_no_harm() -> None:
    houses = [[None, *row] for row in HOUSES]
    assert codes(read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE})))) == []


def test_a_sheet_without_any_known_header_says_so_once() -> None:
    found = read(("x.xlsx", workbook({"农户": [["甲"], ["乙"]], "成员": PEOPLE})))
    assert codes(found) == ["no_header"]


def test_a_missing_and_a_doubled_sheet_are_named() -> None:
    assert codes(read(("x.xlsx", workbook({"农户": HOUSES})))) == ["no_sheet"]
    assert codes(
        read(
            ("h.csv", HOUSE_CSV.encode()),
            ("g.csv", HOUSE_CSV.encode()),
            ("p.csv", PEOPLE_CSV.encode()),
        )
    ) == ["sheet_twice"]


def test_a_sheet_of_headers_only_has_no_rows() -> None:
    found = read(("x.xlsx", workbook({"农户": HOUSES[:1], "成员": PEOPLE})))
    assert codes(found) == ["no_rows"]
    assert found.problems.refuses


def test_other_sheets_are_said_to_be_unread() -> None:
    found = read(("x.xlsx", workbook({"农户": HOUSES, "成员": PEOPLE, "备注": [["x"]]})))
    (problem,) = found.problems.kept
    assert (problem.code, problem.place.sheet, problem.refuses) == (
        "importing.unused_sheet",
        "备注",
        False,
    )


def test_a_mapping_gives_foreign_headers_their_items(tmp_path: Path) -> None:
    houses = [["编码", "户主姓名", "年收入", "备注"], ["H1", "张三", 5, "x"]]
    mapping = {"编码": "number", "年收入": "income", "备注": ""}
    found = read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE})), mapping=mapping)
    assert codes(found) == []
    assert found.tables["house"].record(0)["income"] == 500


def test_a_mapping_that_names_nothing_is_refused() -> None:
    mapping = {"户编号": "nonsense", "没有的列": "income"}
    found = read(("x.xlsx", workbook()), mapping=mapping)
    assert codes(found) == ["mapping_item", "mapping_header"]


def test_formulas_are_refused_cell_by_cell() -> None:
    def finish(_: Any, sheets: dict[str, Any]) -> None:
        sheets["农户"].write_formula(1, 2, "=600*2", None, 1200)
        sheets["农户"].write_formula(2, 1, '="李"&"四"', None, "李四")

    found = read(("x.xlsx", workbook(finish=finish)))
    said = [(each.code, each.place.row, each.place.column) for each in found.problems]
    assert said == [("importing.formula", 3, 2), ("importing.formula", 2, 3)]
    assert found.tables["house"].refused == {2, 3}


def test_formulas_under_a_prefix_are_refused_too() -> None:
    data = with_markup(b"<v>1200.5</v>", b'<x:f xmlns:x="urn:x">1+1</x:f><v>1200.5</v>')
    assert codes(read(("x.xlsx", data))) == ["formula"]


def test_error_cells_are_refused_where_the_fast_reader_sees_nothing() -> None:
    def finish(_: Any, sheets: dict[str, Any]) -> None:
        sheets["农户"].write_formula(2, 2, "=NA()", None, "#N/A")

    plain = with_markup(b'<c r="C2"><v>1200.5</v></c>', b'<c r="C2" t="e"><v>#REF!</v></c>')
    assert codes(read(("x.xlsx", plain))) == ["error"]
    assert codes(read(("x.xlsx", workbook(finish=finish)))) == ["formula"]


def test_merged_cells_are_refused_in_the_data_and_allowed_in_a_title() -> None:
    def finish(_: Any, sheets: dict[str, Any]) -> None:
        sheets["农户"].merge_range(0, 0, 0, 2, "某县农户表")
        sheets["农户"].merge_range(3, 1, 4, 1, "李四")

    houses = [[], *HOUSES, ["H3", None, 4]]
    found = read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE}, finish=finish)))
    (problem,) = found.problems.kept
    assert (problem.code, problem.place.row, problem.place.column) == (
        "importing.merged_cells",
        4,
        2,
    )
    assert found.tables["house"].refused == {4, 5}


def test_hidden_sheets_rows_and_columns_are_read_and_said() -> None:
    def finish(_: Any, sheets: dict[str, Any]) -> None:
        sheets["成员"].hide()
        sheets["农户"].set_row(1, None, None, {"hidden": True})
        sheets["农户"].set_column(1, 1, None, None, {"hidden": True})

    found = read(("x.xlsx", workbook(finish=finish)))
    assert sorted(codes(found)) == ["hidden_columns", "hidden_rows", "hidden_sheet"]
    assert not found.problems.refuses
    assert len(found.tables["house"]) == 2


def test_an_identity_number_that_became_a_number_is_refused_never_repaired() -> None:
    people = [PEOPLE[0], ["H1", 519900199001010010, "男"]]
    found = read(("x.xlsx", workbook({"农户": HOUSES, "成员": people})))
    (problem,) = found.problems.kept
    assert (problem.code, problem.place.row, problem.place.header) == (
        "importing.digits_lost",
        2,
        "证件号码",
    )
    assert "id_number" not in found.tables["person"].record(0)


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_date_cells_and_serials_are_the_same_day_in_both_date_systems(epoch_1904: bool) -> None:
    layout = small_layout()
    days = Layout(
        version="t",
        items={"house": (item("day", ItemType.DATE, "日期"),)},
        sheets={"house": layout.sheets["house"]},
        lists=layout.lists,
    )
    serial = 46024 - (1462 if epoch_1904 else 0)

    def finish(book: Any, sheets: dict[str, Any]) -> None:
        shape = book.add_format({"num_format": "yyyy-mm-dd"})
        sheets["农户"].write_datetime(1, 0, datetime.fromisoformat("2026-01-02T00:00"), shape)
        sheets["农户"].write_number(2, 0, serial)
        sheets["农户"].write_string(3, 0, "2026年1月2日")

    data = workbook(
        {"农户": [["日期"]]}, finish=finish, default_date_format=None, date_1904=epoch_1904
    )
    found = read(("x.xlsx", data), layout=days)
    assert found.tables["house"].columns["day"] == [date(2026, 1, 2)] * 3


def test_rows_that_hold_nothing_are_passed_over_and_rows_keep_their_numbers() -> None:
    houses = [[], HOUSES[0], [], HOUSES[1], [], [], HOUSES[2]]
    found = read(("x.xlsx", workbook({"农户": houses, "成员": PEOPLE})))
    assert found.tables["house"].rows == [4, 7]


def test_a_dimension_that_lies_does_no_harm() -> None:
    data = with_markup(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1:XFD1048576"/>')
    assert codes(read(("x.xlsx", data))) == []


def test_cells_that_are_only_coloured_do_not_count_as_far() -> None:
    coloured = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    assert codes(read(("x.xlsx", with_markup(b"</sheetData>", coloured)))) == []


def test_problems_are_counted_beyond_what_is_kept() -> None:
    people = [PEOPLE[0], *[["H1", None, "不明"] for _ in range(20_500)]]
    found = read(("x.xlsx", workbook({"农户": HOUSES, "成员": people})))
    assert found.problems.counts["importing.unknown_code"] == 20_500
    assert len(found.problems) == 20_000
    assert len(found.tables["person"].refused) == 20_500


def test_problems_survive_json() -> None:
    found = read(("x.xlsx", workbook({"农户": HOUSES})))
    written = json.dumps([as_document(each) for each in found.problems])
    assert [from_document(each) for each in json.loads(written)] == found.problems.kept
