"""The generator's truth file and the oracle are two accounts of one county: they must agree.

The generator plants troubles and says what a fair judge must find; the oracle reads the rows. The
programme that finds it for real is not asked here (see test_county).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bangfu.synthetic.api import Options, generate
from oracle.cases import TRIGGERS
from oracle.lists import tell
from oracle.oracle import CLEAR, FIRED, RULES, UNKNOWN, judge
from oracle.sheets import read_households
from oracle.test_wider_rules import FROM_A_SUM, FROM_ONE_REPORT
from support.seeds import new_seed

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.synthetic.api import Generated
    from oracle.sheets import HouseholdRows

pytestmark = pytest.mark.one_database
COUNTY, HOUSEHOLDS = "511921", 400
SETTLED = {*FROM_ONE_REPORT, *FROM_A_SUM, "worker_died", "price_fall", "orphan_child"}
"""Rules that lists answer, or what is always filled in."""


@pytest.mark.parametrize("seed", [1, 2026, new_seed()], ids=["first", "second", "new"])
def test_the_truth_file_and_the_oracle_agree_on_every_household(tmp_path: Path, seed: int) -> None:
    made = generate(COUNTY, HOUSEHOLDS, seed, tmp_path, options=Options(years=2))
    told, rows = told_by(made), read(made)
    seen = {number: judge(rows[number], made.files[-1].day) for number in told}
    assert len(told) == HOUSEHOLDS
    assert {
        (number, rule): (told[number][rule], seen[number][rule])
        for number in told
        for rule in RULES
        if told[number][rule] != seen[number][rule]
    } == {}
    # Below the clean households stand those whose rows are spoilt; the register refuses them.
    assert len(rows) > HOUSEHOLDS


def test_a_county_holds_every_outcome_of_every_rule(tmp_path: Path) -> None:
    made = generate(COUNTY, 2_400, 7, tmp_path, options=Options(dirty=0, years=2))
    verdicts = [judge(rows, made.files[-1].day) for rows in read(made).values()]
    found = {rule: {each[rule] for each in verdicts} for rule in RULES}
    assert {rule for rule in RULES if not {FIRED, CLEAR} <= found[rule]} == set()
    # Every list has come and says all it has to: only the register leaves something open.
    assert {rule for rule in RULES if UNKNOWN not in found[rule]} <= SETTLED


def told_by(made: Generated) -> dict[str, dict[str, str]]:
    """What the truth file says: household -> rule -> outcome."""
    lines = [json.loads(line) for line in made.truth.read_text(encoding="utf-8").splitlines()]
    return {
        line["household_number"]: line["risks"] for line in lines if line["kind"] == "household"
    }


def read(made: Generated) -> dict[str, HouseholdRows]:
    """The newest workbook with last year's, and what the departments' lists say."""
    rows = read_households(made.files[-1].path, made.files[0].path, frozenset(TRIGGERS))
    tell(rows, made.truth.parent / "feeds")
    return rows
