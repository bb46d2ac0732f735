"""The truth file covers every household and says what a judge of the rules' prose says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.rules.layout import load_layout
from bangfu.synthetic.api import generate
from bangfu.synthetic.events import Risk
from bangfu.synthetic.rota import DECK
from bangfu.synthetic.truth import household_truth
from bangfu.synthetic.world import World
from oracle.oracle import CLEAR, RULES, judge
from synthetic.making import DENSE, TONGJIANG, as_sheet, lives, make, told_of

if TYPE_CHECKING:
    from pathlib import Path


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_risks_have_the_names_the_oracle_knows() -> None:
    assert {risk.value for risk in Risk} == set(RULES)


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_truth_by_construction_is_what_the_oracle_reads_from_the_sheets_and_lists(
    seed: int,
) -> None:
    items = dict(load_layout().items)
    source, before = lives(seed), DENSE.year_before().day
    for position, household in enumerate(make(len(DECK), seed)):
        told = household_truth(household)
        name = told["situation"]
        assert name
        rows = as_sheet(
            household,
            items,
            source.on(household, position, before),
            told_of(source, household, position),
        )
        judged = judge(rows, DENSE.day)
        wrong = {risk: (told["risks"][risk], found) for risk, found in judged.items()
                 if told["risks"][risk] != found}  # fmt: skip
        assert (name, wrong) == (name, {})


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32), county=st.sampled_from(["511921", "513433", "510104"]))
def test_no_rule_finds_anything_in_an_untroubled_household(seed: int, county: str) -> None:
    items = dict(load_layout().items)
    world = World(round_length=5 * len(DECK))
    source, before = lives(seed, world, county), world.year_before().day
    for position, household in enumerate(make(300, seed, world, county)):
        if household.situation is not None:
            continue
        rows = as_sheet(
            household,
            items,
            source.on(household, position, before),
            told_of(source, household, position),
        )
        found = {risk: said for risk, said in judge(rows, DENSE.day).items() if said != CLEAR}
        assert (household.number, found) == (household.number, {})


def test_truth_has_one_line_for_every_household_in_its_order(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 1200, 6, tmp_path)
    lines = _lines(made.truth)
    households = [line for line in lines if line["kind"] == "household"]
    clean = [line for line in households if "dirty" not in line]
    assert [line["household_number"] for line in clean] == [
        f"{TONGJIANG}0{number:07d}" for number in range(1, 1201)
    ]
    assert sum(line["members"] for line in clean) == made.members
    assert {line["nature"] for line in clean} == {
        "",
        "trouble",
        "near_miss",
        "gap",
        "harmless_gap",
    }


def test_truth_names_what_is_missing() -> None:
    found = {
        line["situation"]: line["missing"]
        for line in (household_truth(household) for household in make(len(DECK), 8))
    }
    assert "wage_income" in found["wage_income_missing"]
    assert "housing_grade" in found["grade_missing"]
    assert "3.school_status" in found["school_missing"]
    assert {"2.labour", "2.work_place", "2.work_months"} <= set(found["stranger_beside_short"])
    assert "1.work_months" in found["months_missing"]
    assert {"3.health", "3.disability_grade"} <= set(found["disability_missing"])
    assert not any(name.endswith("work_months") for name in found["house_cracked"])


def test_events_that_were_planted_happened_within_two_years() -> None:
    for household in make(len(DECK), 8):
        if household.event_month:
            assert 202412 <= household.event_month <= 202611
            assert 1 <= household.event_month % 100 <= 12
