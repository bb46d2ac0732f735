"""Each layout holds what the register's layout asks for; the year before is the same people."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from openpyxl import load_workbook

from bangfu.kernel.problems import Refused
from bangfu.rules.layout import ItemType, load_layout
from bangfu.synthetic.api import Options, generate
from bangfu.synthetic.rota import DECK
from bangfu.synthetic.sheets import headers, row_of
from bangfu.synthetic.world import World
from oracle.sheets import read_households
from synthetic.making import DENSE, TONGJIANG, lives, make

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("day", [date(2015, 11, 20), date(2023, 11, 20), date(2026, 11, 20)])
def test_every_item_of_the_days_form_is_made_up_and_the_workbook_has_no_other(
    tmp_path: Path, day: date
) -> None:
    """In some household of the county, every item is filled."""
    form = load_layout().form_of(day)
    world = World(day=day)
    households = make(1500, 5, world)
    filled: dict[str, set[str]] = {"household": set(), "member": set()}
    for household in households:
        people = household.people
        filled["household"] |= {name for name, fact in household.facts.items() if fact is not None}
        for person in people:
            filled["member"] |= {name for name, fact in person.facts.items() if fact is not None}
    for entity, items in form.sheet_items().items():
        wanted = {item.name for item in items}
        assert wanted - filled[entity] == set(), entity
        rows = [household.facts for household in households[:20]]
        if entity == "member":
            rows = [person.facts for household in households[:20] for person in household.people]
        for facts in rows:
            assert list(row_of(entity, facts, day)) == [item.name for item in items]
    made = generate(TONGJIANG, 5, 1, tmp_path, options=Options(world=world, dirty=0))
    book = load_workbook(made.files[0].path, read_only=True)
    for entity, items in form.sheet_items().items():
        sheet = book[form.sheets[entity]["zh"]]
        top = next(sheet.iter_rows(values_only=True))
        assert list(top) == [item.zh for item in items]
    book.close()


@pytest.mark.parametrize("year", [2015, 2019, 2023, 2025, 2026])
def test_only_codes_in_force_on_the_data_date_are_used(year: int) -> None:
    layout, day = load_layout(), date(year, 11, 20)
    form = layout.form_of(day).sheet_items()
    for household in make(300, 9, World(day=day)):
        rows = [("household", household.facts)]
        rows += [("member", person.facts) for person in household.people]
        for entity, facts in rows:
            for item in form[entity]:
                if item.type not in (ItemType.CODE, ItemType.CODES):
                    continue
                fact = facts[item.name]
                for code in fact if isinstance(fact, tuple) else (fact,):
                    known = layout.lists[item.list].find(str(code))
                    assert code is None or (known and known.holds_on(day)), (item.name, code)


def test_blanks_of_the_form_stand_for_what_does_not_apply() -> None:
    facts = {item.name: None for item in load_layout().items["member"]}
    pupil = row_of("member", facts | {"school_status": "primary"}, DENSE.day)
    assert (pupil["education"], pupil["school_status"]) == (None, "小学")
    left = row_of(
        "member", facts | {"school_status": "not_in_school", "education": "junior"}, DENSE.day
    )
    assert (left["education"], left["school_status"]) == ("初中", None)
    unsaid = row_of("member", facts | {"school_status": "not_in_school"}, DENSE.day)
    assert unsaid["school_status"] == "不在校"
    ill = row_of("member", facts | {"health": ("chronic", "disabled")}, DENSE.day)
    assert ill["health"] == "长期慢性病、残疾"


def test_the_workbook_has_both_sheets_with_numbers_as_text_and_days_as_days(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 40, 1, tmp_path, options=Options(world=DENSE, dirty=0))
    book = load_workbook(made.files[0].path, read_only=True)
    assert book.sheetnames == ["农户信息", "家庭成员"]
    rows = list(book["家庭成员"].iter_rows(values_only=True))
    book.close()
    assert list(rows[0]) == headers("member", DENSE.day)
    assert len(rows) == made.members + 1
    cells = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert all(isinstance(row["证件号码"], str) for row in cells)
    assert {type(row["出生日期"]).__name__ for row in cells} <= {"datetime", "str"}
    assert all(
        len(read.members) == int(str(read.row["家庭人口数"]))
        for read in read_households(made.files[0].path).values()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_says_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    options = Options(encoding=encoding)
    folder = generate(TONGJIANG, 30, 1, tmp_path, "csv", options).files[0].path
    with (folder / "农户信息.csv").open(encoding=encoding, newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == headers("household", DENSE.day)
    assert [row[0] for row in rows[1:3]] == ["51192100000001", "51192100000002"]
    wages = rows[0].index("工资性收入（元）")
    assert all(row[wages] == "" or float(row[wages]) >= 0 for row in rows[1:])


def test_a_snapshot_holds_keys_codes_and_whole_numbers_only(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 300, 1, tmp_path, "parquet")
    households = pl.read_parquet(tmp_path / "households.parquet")
    members = pl.read_parquet(tmp_path / "members.parquet")
    assert (households.height, members.height) == (300, made.members)
    assert households["household_key"].is_sorted()
    assert households["household_key"].n_unique() == 300
    assert members["household_key"].is_sorted()
    texts = {name for name, kind in members.schema.items() if kind == pl.String}
    codes = {item.name for item in load_layout().items["member"] if item.type is ItemType.CODE}
    assert texts == codes
    assert not {"head_name", "phone", "household_number", "address"} & set(households.columns)
    assert not {"name", "id_number", "birth_date", "person_number"} & set(members.columns)
    assert members["birth_month"].max() <= DENSE.month


def test_a_snapshot_says_what_the_households_are(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 50, 1, tmp_path, "parquet", Options(world=DENSE))
    truth = [json.loads(line) for line in made.truth.read_text(encoding="utf-8").splitlines()]
    keys = {line["household_number"]: line["household_key"] for line in truth}
    frame = pl.read_parquet(tmp_path / "households.parquet")
    members = pl.read_parquet(tmp_path / "members.parquet")
    for household in make(50):
        row = frame.row(by_predicate=pl.col("household_key") == keys[household.number], named=True)
        for name in ("wage_income", "housing_grade", "water_safe", "farmland", "size"):
            assert row[name] == household.facts[name]
        month = household.facts["identified_month"]
        counted = None if month is None else int(str(month)) // 100 * 12 + int(str(month)) % 100 - 1
        assert row["identified_month"] == counted
        own = members.filter(pl.col("household_key") == keys[household.number])
        assert own["labour"].to_list() == [each.facts["labour"] for each in household.people]


_DAYS = tuple(date(year, 11, 20) for year in (2015, 2019, 2023, 2025))


def test_registers_of_eleven_years_tell_one_life_of_each_household(tmp_path: Path) -> None:
    """Person numbers are kept, nobody comes back, and the first registers hold the poor alone."""
    made = generate(TONGJIANG, 200, 2, tmp_path, options=Options(dirty=0, days=_DAYS))
    assert [file.day.year for file in made.files] == [2015, 2019, 2023, 2025, 2026]
    registers = [read_households(file.path) for file in made.files]
    now = registers[-1]
    assert 0.08 * 200 < len(registers[0]) <= len(registers[1]) < 0.28 * 200
    assert len(registers[2]) > 0.9 * 200
    came = went = 0
    people: dict[str, dict[str, str | None]] = {}
    gone: set[str] = set()
    for file, register in zip(made.files, registers, strict=True):
        present = set()
        for number, household in register.items():
            kinds = {household.row["户类型"], now[number].row["户类型"]}
            assert kinds <= (
                {"建档立卡贫困户", "脱贫户"} if file.day.year < 2021 else {household.row["户类型"]}
            )
            assert household.row["收入年度"] == str(file.day.year)
            assert [row["与户主关系"] for row in household.members].count("户主") == 1
            assert household.row["户主姓名"] == next(
                row["姓名"] for row in household.members if row["与户主关系"] == "户主"
            )
            for row in household.members:
                person = str(row["人编号"])
                present.add(person)
                assert person not in gone
                known = people.setdefault(person, row)
                for header in ("姓名", "性别", "出生日期"):
                    assert known[header] == row[header]
                assert str(known["证件号码"])[:18] == str(row["证件号码"])[:18]
                came += row["新增原因"] == "婚入"
        left = {person for person in people if person[:14] in register} - present
        went += len(left - gone)
        gone |= left
    assert came
    assert went > 5


def test_the_poor_of_2015_leave_poverty_and_the_monitored_change_their_category() -> None:
    flags: dict[int, Counter[object]] = {}
    categories: dict[int, Counter[object]] = {}
    source = lives(4, World())
    for position in range(1500):
        household = source.make(position)
        for year in (2015, 2019, 2023):
            earlier = source.on(household, position, date(year, 11, 20))
            if earlier is None:
                continue
            flags.setdefault(year, Counter())[earlier.facts["exit_flag"]] += 1
            categories.setdefault(year, Counter())[earlier.facts["monitoring_category"]] += 1
    assert flags[2015]["exited"] < flags[2015]["not_exited"]
    assert flags[2019]["exited"] > 4 * flags[2019]["not_exited"]
    assert set(flags[2023]) == {"exited", None}
    assert set(categories[2019]) == {"none"}
    assert set(categories[2023]) == {"none", "unstable", "marginal", "sudden"}


def test_children_were_a_class_lower_and_troubles_had_not_come_a_year_before() -> None:
    source, before = lives(4), DENSE.year_before().day
    came = 0
    for position in range(len(DECK)):
        household = source.make(position)
        earlier = source.on(household, position, before)
        if earlier is None:
            assert household.since > 2025 * 12 + 10
            continue
        assert earlier.facts["income_year"] == 2025
        if earlier.situation is None:
            assert earlier.event_month == 0
            came += household.event_month > 202511
        else:
            assert earlier.event_month <= 202511
        category = earlier.facts["monitoring_category"]
        assert category != "prevention"
    assert came > 40


def test_a_household_on_the_list_a_year_before_is_still_on_it() -> None:
    source, before = lives(4, World()), World().year_before().day
    for position in range(1500):
        household = source.make(position)
        earlier = source.on(household, position, before)
        if earlier and earlier.facts["monitoring_category"] != "none":
            assert household.facts["monitoring_category"] == "prevention"


def test_the_manifest_says_how_to_make_the_same_again(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 25, 77, tmp_path, options=Options(years=2))
    manifest = json.loads((tmp_path / "generated.json").read_text(encoding="utf-8"))
    assert manifest["made_up"] is True
    assert (manifest["division"], manifest["seed"], manifest["households"]) == (TONGJIANG, 77, 25)
    assert manifest["members"] == made.members
    assert manifest["files"] == [
        {"path": "register-511921-2025-11-20.xlsx", "data_date": "2025-11-20"},
        {"path": "register-511921-2026-11-20.xlsx", "data_date": "2026-11-20"},
    ]
    assert str(tmp_path) not in json.dumps(manifest)


def test_a_place_without_villages_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        generate("519999", 5, 1, tmp_path / "out")
    assert [problem.code for problem in refusal.value.problems] == ["synthetic.no_villages"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [Options(dirty=0.1), Options(years=2)])
def test_a_snapshot_takes_neither_dirt_nor_years(tmp_path: Path, options: Options) -> None:
    with pytest.raises(ValueError, match="snapshot"):
        generate(TONGJIANG, 5, 1, tmp_path, "parquet", options)


def test_progress_is_told_up_to_the_last_household(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    generate(
        TONGJIANG, 12, 1, tmp_path, "csv", None, lambda done, total: told.append((done, total))
    )
    assert told == [(number, 12) for number in range(1, 13)]


def test_a_township_can_be_made_up_alone(tmp_path: Path) -> None:
    made = generate("511921124", 20, 1, tmp_path, "csv")
    with (made.files[0].path / "农户信息.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["行政村代码"][:9] for row in rows} == {"511921124"}
    assert rows[0]["户编号"] == "51192112400000001"


def test_the_day_before_a_leap_day_a_year_is_the_last_of_february() -> None:
    assert World(day=date(2028, 2, 29)).year_before().day == date(2027, 2, 28)
