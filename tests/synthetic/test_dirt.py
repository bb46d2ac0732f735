"""Every way to be dirty is there, and is met by the import kit and the register as truth says."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.importing.api import open_upload, read_workbook
from bangfu.registry.domain.checks import Checking, check_across, check_form
from bangfu.registry.domain.forms import FormRow, SheetPlaces, gather_forms
from bangfu.rules.layout import load_layout
from bangfu.synthetic.api import Options, generate
from bangfu.synthetic.dirt import KINDS, count_spoilt, kinds_of
from bangfu.synthetic.places import villages_in
from synthetic.making import TONGJIANG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bangfu.kernel.problems import Problem
    from bangfu.synthetic.api import DataFile, Generated, Layout

Found = Counter[tuple[str, int, str, str, bool]]


def _problems(file: DataFile) -> Iterator[Problem]:
    """What the import kit and the register's checks say of a file."""
    book = read_workbook(
        open_upload(file.path), layout=load_layout().form_of(file.day), on=file.day
    )
    yield from book.problems
    rows, sheets = {}, {}
    for entity, table in book.tables.items():
        rows[entity] = [
            FormRow(entity, row, record, row in table.refused)
            for row, record in zip(table.rows, table.records(), strict=True)
        ]
        sheets[entity] = SheetPlaces(table.file, table.sheet, table.headers)
    forms = gather_forms(rows["household"], rows["member"])
    checking = Checking(
        data_date=file.day,
        villages={village.code for village in villages_in(TONGJIANG)},
        in_scope=lambda village: village.startswith(TONGJIANG),
        made_up=True,
        sheets=sheets,
    )
    for form in forms:
        yield from check_form(form, checking)
    for problems in check_across(forms, checking).values():
        yield from problems


def found_in(file: DataFile) -> Found:
    names = {item.zh: item.name for item in load_layout()}
    return Counter(
        (
            each.place.sheet,
            each.place.row,
            names.get(each.place.header, ""),
            each.code,
            each.refuses,
        )
        for each in _problems(file)
    )


def _told(made: Generated) -> Found:
    lines = map(json.loads, made.truth.read_text(encoding="utf-8").splitlines())
    return Counter(
        (line["sheet"], line["row"], line["item"], line["problem"], line["refuses"])
        for line in lines
        if line["kind"] == "dirty" and line["problem"]
    )


@pytest.mark.parametrize(
    ("layout", "encoding"), [("workbook", "utf-8"), ("csv", "utf-8"), ("csv", "gb18030")]
)
def test_all_that_is_wrong_is_reported_where_it_is_and_nothing_else(
    tmp_path: Path, layout: Layout, encoding: str
) -> None:
    options = Options(dirty=0.5, encoding=encoding)
    made = generate(TONGJIANG, 60, 3, tmp_path, layout, options)
    assert made.dirty == 30 > len(kinds_of(layout))
    assert found_in(made.files[0]) == _told(made)


def test_every_way_to_be_dirty_comes_at_least_once_in_two_thousand(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 2000, 3, tmp_path, "csv", Options(dirty=0.0001))
    lines = map(json.loads, made.truth.read_text(encoding="utf-8").splitlines())
    assert {line["dirty"] for line in lines if "dirty" in line} == {
        kind.name for kind in kinds_of("csv")
    }


def test_only_a_workbook_knows_serial_dates() -> None:
    assert {kind.name for kind in KINDS} - {kind.name for kind in kinds_of("csv")} == {
        "date_as_serial"
    }


@pytest.mark.parametrize(
    ("households", "share", "groups"),
    [(20_000, 0.002, 40), (2_000, 0.002, len(KINDS)), (1_999, 0.002, 4), (5_000, 0, 0)],
)
def test_dirty_groups_follow_the_share_and_from_two_thousand_on_every_kind(
    households: int, share: float, groups: int
) -> None:
    assert count_spoilt(households, share) == groups


def test_refused_households_have_no_truth_to_be_judged_by(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 30, 3, tmp_path, options=Options(dirty=1))
    lines = [json.loads(line) for line in made.truth.read_text(encoding="utf-8").splitlines()]
    refused = {line["household_number"] for line in lines if line.get("refuses")}
    judged = {line["household_number"] for line in lines if line["kind"] == "household"}
    accepted = {line["dirty"] for line in lines if line["kind"] == "household" and "dirty" in line}
    assert not refused & judged
    assert accepted == {
        "full_width_identity",
        "stray_spaces",
        "dates_as_text",
        "date_as_serial",
        "phone_too_short",
    }
