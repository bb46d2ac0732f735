"""The registration workbook, from the bytes of an upload to the register and back."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.files.api import StoredFile
from bangfu.foundation.jobs.api import run_in_foreground
from bangfu.kernel.money import format_hundredths
from bangfu.kernel.problems import Refused
from bangfu.registry.api import (
    COMMIT_BATCH,
    Household,
    ImportBatch,
    Member,
    check_upload,
    commit_batch,
    count_problems,
    discard_batch,
    list_lines,
    write_batch_errors,
)
from bangfu.rules.layout import Item, ItemType, load_layout
from registry.making import COUNTY, DAY, household, member, officer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from registry.making import Pair

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

Grid = list[list[Any]]


def cell(item: Item, value: Any) -> Any:
    """A value as the form writes it."""
    layout = load_layout()
    match item.type:
        case _ if value is None:
            return None
        case ItemType.CODE:
            return layout.lists[item.list].find(value).zh
        case ItemType.CODES:
            return "、".join(layout.lists[item.list].find(each).zh for each in value)
        case ItemType.FLAG:
            return "是" if value else "否"
        case ItemType.FEN | ItemType.MU | ItemType.SQM | ItemType.KM:
            return format_hundredths(value).replace(",", "")
        case _:
            return value.isoformat() if isinstance(value, date) else value


def grids(*pairs: Pair) -> dict[str, Grid]:
    """The two sheets of a workbook, headers first."""
    layout = load_layout()
    rows = {"household": [pair[0] for pair in pairs], "member": [m for p in pairs for m in p[1]]}
    return {
        layout.sheets[entity]["zh"]: [
            [item.zh for item in items],
            *([cell(item, row.get(item.name)) for item in items] for row in rows[entity]),
        ]
        for entity, items in layout.sheet_items().items()
    }


def workbook(sheets: dict[str, Grid], merge: str = "") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if merge:
            sheet.merge_range(merge, "同一个")
    book.close()
    return out.getvalue()


def bring(*pairs: Pair, **more: Any) -> ImportBatch:
    return bring_bytes(workbook(grids(*pairs)), **more)


def bring_bytes(data: bytes, name: str = "登记.xlsx", day: date = DAY) -> ImportBatch:
    return check_upload(actor=officer(), sources=[(name, data)], division=COUNTY, data_date=day)


def codes(batch: ImportBatch) -> set[str]:
    return {each.code for each in count_problems(officer(), batch.id)}


def put(entity: str, header: str, row: int, value: Any, *pairs: Pair) -> bytes:
    """A good workbook with one cell changed."""
    sheets = grids(*(pairs or [household("H1"), household("H2")]))
    rows = sheets[load_layout().sheets[entity]["zh"]]
    rows[row - 1][rows[0].index(header)] = value
    return workbook(sheets)


def test_a_good_workbook_goes_all_the_way() -> None:
    son = member("H1", "2", relation="son", name="张小", health=("healthy",), disability_grade=None)
    batch = bring(household("H1", member("H1", "1"), son, relocated=True), household("H2"))
    assert (batch.new, batch.refused, batch.rows) == (2, 0, 5)
    commit_batch(actor=officer(), batch_id=batch.id)
    found = Household.objects.get(household_number="H1")
    assert (found.farmland, found.relocated, found.identified_month) == (350, True, 201405)
    person = Member.objects.get(person_number="H1-2")
    assert (person.health, person.disability_grade) == (("healthy",), "none")
    assert found.incomes.get().property_income == 120_000


def test_the_same_workbook_again_changes_nothing() -> None:
    pairs = [household("H1"), household("H2")]
    commit_batch(actor=officer(), batch_id=bring(*pairs).id)
    again = bring(*pairs)
    assert (again.new, again.changed, again.unchanged, again.refused) == (0, 0, 2, 0)


def csv_of(rows: Grid, encoding: str) -> bytes:
    lines = (",".join("" if each is None else str(each) for each in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_two_csv_files_are_a_workbook(encoding: str) -> None:
    sheets = grids(household("H1"))
    sources = [(f"{name}.csv", csv_of(rows, encoding)) for name, rows in sheets.items()]
    batch = check_upload(actor=officer(), sources=sources, division=COUNTY, data_date=DAY)
    assert (batch.new, batch.refused) == (1, 0)
    assert len(batch.files) == 2


BAD_CELLS: dict[str, tuple[str, str, Any, str]] = {
    "lost digits": ("member", "证件号码", 519900198005200070, "importing.digits_lost"),
    "unknown code": ("member", "民族", "外星", "importing.unknown_code"),
    "code of another time": (
        "household", "监测对象类别", "突发严重困难户", "importing.code_not_in_force",
    ),
    "words for money": ("household", "工资性收入（元）", "约3000", "importing.amount"),
    "no number": ("household", "户编号", None, "importing.required_empty"),
    "formula": ("household", "家庭住址", "=1+1", "importing.formula"),
    "no such day": ("member", "出生日期", "1980-02-30", "importing.date"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_CELLS)
def test_one_bad_cell_refuses_its_household_and_no_other(name: str) -> None:
    entity, header, value, code = BAD_CELLS[name]
    batch = bring_bytes(put(entity, header, 2, value))
    assert (batch.new, code in codes(batch)) == (1, True)
    lines = list_lines(officer(), batch.id, code=code).rows
    (problem,) = (each for line in lines for each in line.problems if each.code == code)
    assert (problem.place.row, problem.place.header) == (2, header)
    commit_batch(actor=officer(), batch_id=batch.id)
    assert list(Household.objects.values_list("household_number", flat=True)) == ["H2"]


def drop(header: str) -> Callable[[Grid], Any]:
    def change(rows: Grid) -> None:
        position = rows[0].index(header)
        for row in rows:
            del row[position]

    return change


def double(header: str) -> Callable[[Grid], Any]:
    def change(rows: Grid) -> None:
        for row in rows:
            row.append(row[rows[0].index(header)] if row is not rows[0] else header)

    return change


def misspell(rows: Grid) -> None:
    rows[0][rows[0].index("户主姓名")] = "户主名"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (drop("户主姓名"), "importing.missing_column"),
        (double("户主姓名"), "importing.doubled_column"),
        (misspell, "importing.column_misspelt"),
    ],
)
def test_a_wrong_column_refuses_the_file_and_keeps_nothing_of_it(
    change: Callable[[Grid], Any], code: str
) -> None:
    sheets = grids(household("H1"))
    change(sheets["农户信息"])
    with pytest.raises(Refused) as refusal:
        bring_bytes(workbook(sheets))
    assert code in {each.code for each in refusal.value.problems}
    assert not ImportBatch.objects.exists()
    assert not StoredFile.objects.exists()


def test_merged_cells_refuse_the_file_since_nobody_knows_whose_value_it_is() -> None:
    sheets = grids(household("H1"), household("H2"))
    with pytest.raises(Refused) as refusal:
        bring_bytes(workbook(sheets, merge="C2:C3"))
    assert {each.code for each in refusal.value.problems} == {"importing.merged_cells"}


def test_a_file_for_a_place_one_may_not_import_into_is_not_even_opened() -> None:
    with pytest.raises(AccessRefused):
        check_upload(
            actor=officer(COUNTY, "registry.read"),
            sources=[("不是表格.xlsx", b"nothing")],
            division=COUNTY,
            data_date=DAY,
        )


def test_the_workbook_comes_back_with_the_bad_cells_marked_and_explained() -> None:
    pairs = [household("H1", size=3), household("H2")]
    batch = bring_bytes(put("member", "证件号码", 3, "519900198005200071", *pairs))
    back = openpyxl.load_workbook(
        io.BytesIO(write_batch_errors(actor=officer(), batch_id=batch.id))
    )
    households, members = back["农户信息"], back["家庭成员"]
    size = households[1].index(next(c for c in households[1] if c.value == "家庭人口数")) + 1
    marked = households.cell(2, size)
    assert marked.value == 3
    assert marked.fill.fgColor.rgb != members.cell(2, size).fill.fgColor.rgb
    last = households.max_column
    assert "家庭人口数与成员行数不一致" in households.cell(2, last).value
    assert households.cell(3, last).value is None
    assert "证件号码校验位不对" in members.cell(3, members.max_column).value


def test_the_corrected_workbook_is_taken_with_the_good_rows_recognised() -> None:
    wrong = bring(household("H1", size=3), household("H2"))
    commit_batch(actor=officer(), batch_id=wrong.id)
    corrected = bring(household("H1"), household("H2"))
    assert (corrected.new, corrected.unchanged, corrected.refused) == (1, 1, 0)


def test_a_discarded_upload_leaves_no_file_behind() -> None:
    batch = bring(household("H1"))
    assert StoredFile.objects.filter(deleted_at=None).count() == 1
    discard_batch(actor=officer(), batch_id=batch.id)
    assert not StoredFile.objects.filter(deleted_at=None).exists()


def test_the_job_commits_and_says_how_far_it_is() -> None:
    batch = bring(household("H1"), household("H2", size=2))
    told: list[tuple[int, int, str]] = []
    result = run_in_foreground(
        COMMIT_BATCH,
        {"batch": str(batch.id)},
        officer(),
        lambda done, total, stage: told.append((done, total, stage)),
    )
    assert result is not None
    assert {name: result[name] for name in ("new", "refused")} == {"new": 1, "refused": 1}
    assert told == [(1, 1, "prepare"), (0, 1, "write")]


def test_blank_rows_between_households_do_not_matter() -> None:
    sheets = grids(household("H1"), household("H2"))
    for rows in sheets.values():
        rows.insert(2, [None] * len(rows[0]))
    assert bring_bytes(workbook(sheets)).new == 2


def places_of(batch: ImportBatch) -> Sequence[int]:
    lines = list_lines(officer(), batch.id, outcome="refused").rows
    return [line.line.row for line in lines]


def test_a_row_without_a_number_is_counted_and_named_by_itself() -> None:
    batch = bring_bytes(put("household", "户编号", 3, None))
    assert (batch.new, batch.refused) == (1, 2)
    assert places_of(batch) == [3, 3]
