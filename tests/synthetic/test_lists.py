"""Departments' lists say what was planted, and carry the rows that nobody can be found for."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from bangfu.exchange.api import load_feeds
from bangfu.kernel.identity import identity_fault
from bangfu.synthetic.api import Options, generate
from bangfu.synthetic.lists import MONTHS_BACK
from bangfu.synthetic.offices import village_offices
from bangfu.synthetic.rota import DECK
from bangfu.synthetic.world import World
from oracle.sheets import read_households, text_of
from synthetic.making import DENSE, TONGJIANG, TRIGGERS, lives, make

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]


def _rows(path: Path) -> list[Row]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    book = load_workbook(path, read_only=True)
    top, *below = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    return [
        {str(header): text_of(cell) or "" for header, cell in zip(top, row, strict=True)}
        for row in below
    ]


def test_every_matter_has_a_list_each_month_with_the_headers_of_its_mapping(
    tmp_path: Path,
) -> None:
    made = generate(TONGJIANG, 30, 4, tmp_path, options=Options(world=DENSE, dirty=0))
    assert Counter(each.trigger for each in made.lists) == dict.fromkeys(TRIGGERS, MONTHS_BACK)
    assert {each.month for each in made.lists} >= {202510, 202611}
    assert max(each.day for each in made.lists) == DENSE.day
    feeds = {feed.name: feed for feed in load_feeds().values()}
    for each in made.lists:
        rows = _rows(each.path)
        assert len(rows) == each.rows
        headers = [column.zh for column in feeds[each.feed].columns]
        assert all(list(row) == headers for row in rows)


def test_all_that_is_planted_stands_in_its_list_once_and_the_rest_is_nobodys(
    tmp_path: Path,
) -> None:
    world = World(round_length=2 * len(DECK))
    made = generate(TONGJIANG, 400, 4, tmp_path, options=Options(world=world, dirty=0))
    source = lives(4, world)
    planted: Counter[tuple[str, int]] = Counter()
    for position, household in enumerate(make(400, 4, world)):
        for report in source.reports(household, position):
            planted[report.trigger, report.month] += 1
    for report in source.prices(TONGJIANG):
        planted[report.trigger, report.month] += 1
    listed = {(each.trigger, each.month): each.rows - each.odd for each in made.lists}
    assert {place: listed[place] for place in planted} == planted
    assert sum(listed.values()) == sum(planted.values())

    people = {
        str(row["证件号码"])[:18]: row["姓名"]
        for household in read_households(made.files[-1].path).values()
        for row in household.members
    }
    kinds: Counter[str] = Counter()
    for each in made.lists:
        rows = _rows(each.path)
        kinds["twice"] += len(rows) - len({tuple(row.values()) for row in rows})
        for row in rows:
            number = row.get("证件号码", "")
            if not number:
                continue
            known = people.get(number)
            kinds["wrong digit"] += identity_fault(number) is not None
            kinds["stranger"] += known is None and identity_fault(number) is None
            kinds["name"] += known is not None and known != row["姓名"]
    assert set(kinds) == {"twice", "wrong digit", "stranger", "name"}
    assert min(kinds.values()) > 3


def test_offices_name_the_people_whom_the_registers_name() -> None:
    offices = {each.code: each for each in village_offices(TONGJIANG, 1)}
    named = 0
    for household in make(200):
        office, facts = offices[household.village.code], household.facts
        assert facts["group_name"] in office.groups
        assert facts["filled_by"] in (None, office.filler)
        assert facts["monitoring_contact"] in (None, office.monitor)
        named += facts["helper_name"] in office.helpers
        assert facts["helper_name"] is None or facts["helper_name"] in office.helpers
    assert named > 20
