"""The generator's truth file and the oracle are two accounts of one county: they must agree.

The generator plants troubles and says what a fair judge must find; the oracle reads the rows. The
programme that finds it for real is not asked here (see test_county).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bangfu.synthetic.api import Options, generate
from oracle.oracle import CLEAR, FIRED, RULES, UNKNOWN, judge
from oracle.sheets import read_households
from support.seeds import new_seed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pytestmark = pytest.mark.one_database
COUNTY, HOUSEHOLDS = "511921", 400
PLANTED = {
    "income_below_line",
    "medical_burden",
    "unsafe_housing",
    "child_out_of_school",
    "disability_without_labour",
    "unstable_work",
}


@pytest.mark.parametrize("seed", [1, 2026, new_seed()], ids=["first", "second", "new"])
def test_the_truth_file_and_the_oracle_agree_on_every_household(tmp_path: Path, seed: int) -> None:
    made = generate(COUNTY, HOUSEHOLDS, seed, tmp_path)
    lines = [json.loads(line) for line in made.truth.read_text(encoding="utf-8").splitlines()]
    told = {
        line["household_number"]: line["risks"] for line in lines if line["kind"] == "household"
    }
    day, rows = made.files[-1].day, read_households(made.files[-1].path)
    seen = {number: judge(rows[number], day) for number in told}
    assert len(told) == HOUSEHOLDS
    rules = rules_told(told.values())
    assert {
        (number, rule): (told[number][rule], seen[number][rule])
        for number in told
        for rule in rules
        if told[number][rule] != seen[number][rule]
    } == {}
    # Below the clean households stand those whose rows are spoilt; the register refuses them.
    assert len(rows) > HOUSEHOLDS


def test_a_county_holds_every_outcome_of_every_rule(tmp_path: Path) -> None:
    made = generate(COUNTY, 2_000, 7, tmp_path, options=Options(dirty=0))
    lines = [json.loads(line) for line in made.truth.read_text(encoding="utf-8").splitlines()]
    rules = rules_told(line["risks"] for line in lines if line["kind"] == "household")
    day = made.files[-1].day
    verdicts = [judge(rows, day) for rows in read_households(made.files[-1].path).values()]
    found = {rule: {each[rule] for each in verdicts} for rule in rules}
    assert found == {rule: {FIRED, CLEAR, UNKNOWN} for rule in rules}


def rules_told(told: Iterable[dict[str, str]]) -> set[str]:
    """The rules of which the truth file tells: those it plants something for."""
    rules = {rule for risks in told for rule in risks}
    assert PLANTED <= rules <= RULES.keys()
    return rules
