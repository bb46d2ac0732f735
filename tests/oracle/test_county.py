"""The real run and the oracle agree about every household that the register took.

Precision and recall are 1 when the two sets of fired rules are equal; the unknown ones must be
equal as well, or "cannot be known" would hide a fault. Neither side knows the other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bangfu.synthetic.api import Options, generate
from oracle.cases import TRIGGERS
from oracle.county import COUNTY, DAY, Screened, explained, screen, with_gaps
from oracle.lists import tell
from oracle.oracle import CLEAR, FIRED, RULES, judge
from oracle.sheets import read_households
from oracle.test_wider_rules import FROM_ONE_REPORT
from support.seeds import new_seed

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from bangfu.synthetic.api import Generated
    from oracle.county import Verdicts

SEEDS = pytest.mark.parametrize("seed", [1, 2026, new_seed()], ids=["first", "second", "new"])
TWO_YEARS = Options(years=2)
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def demo_home(settings: SettingsWrapper, tmp_path: Path) -> None:
    """A home of the test's own, marked as a demo: the made-up parameters count only there."""
    settings.BANGFU_DEMO = True
    settings.BANGFU_HOME = tmp_path / "home"


def told_by_the_oracle(
    workbook: Path, accepted: frozenset[str], before: Path | None = None, lists: Path | None = None
) -> Verdicts:
    feeds = frozenset(TRIGGERS) if lists else frozenset[str]()
    read = read_households(workbook, before, feeds)
    households = {number: read[number] for number in accepted}
    if lists:
        tell(households, lists)
    return {
        (number, rule): outcome
        for number, rows in households.items()
        for rule, outcome in judge(rows, DAY).items()
        if outcome != CLEAR
    }


def check(screened: Screened, told: Verdicts) -> None:
    """Everything the product says of the county is what the oracle says."""
    assert differences(screened.judged, told) == {}
    assert screened.standing == {place for place, outcome in told.items() if outcome == FIRED}
    assert screened.run.households == len(screened.accepted)
    assert {each.rule for each in screened.run.counts.all()} == set(RULES)
    for each in screened.run.counts.all():
        outcomes = [outcome for (_, rule), outcome in told.items() if rule == each.rule]
        fired = outcomes.count(FIRED)
        assert (each.fired, each.unknown) == (fired, len(outcomes) - fired)
        assert each.clear == len(screened.accepted) - len(outcomes)


def differences(one: Verdicts, other: Verdicts) -> dict[tuple[str, str], tuple[str, str]]:
    """Where the two differ, with what each says."""
    return {
        place: (one.get(place, CLEAR), other.get(place, CLEAR))
        for place in one.keys() | other.keys()
        if one.get(place) != other.get(place)
    }


def told_by_the_truth(made: Generated) -> tuple[set[str], Verdicts]:
    """The clean households, and what the generator planted in them."""
    lines = [json.loads(line) for line in made.truth.read_text(encoding="utf-8").splitlines()]
    clean = {
        line["household_number"]: line["risks"] for line in lines if line["kind"] == "household"
    }
    return set(clean), {
        (number, rule): outcome
        for number, risks in clean.items()
        for rule, outcome in risks.items()
        if outcome != CLEAR
    }


def compared(made: Generated) -> tuple[Screened, Verdicts]:
    """What the product and the oracle say of a county with last year's register and lists."""
    before, newest = made.files
    lists = made.truth.parent / "feeds"
    screened = screen(newest.path, before, lists)
    return screened, told_by_the_oracle(newest.path, screened.accepted, before.path, lists)


@SEEDS
def test_the_run_finds_what_the_oracle_and_the_truth_say(tmp_path: Path, seed: int) -> None:
    made = generate(COUNTY, 400, seed, tmp_path, options=TWO_YEARS)
    screened, told = compared(made)
    check(screened, told)
    clean, planted = told_by_the_truth(made)
    assert clean <= screened.accepted
    assert {place: each for place, each in told.items() if place[0] in clean} == planted
    assert differences(explained(), told) == {}


def test_much_that_is_missing_makes_both_equally_unsure(tmp_path: Path) -> None:
    made = generate(COUNTY, 300, new_seed(), tmp_path)
    workbook = with_gaps(made.files[-1].path, new_seed(), percent=12)
    screened = screen(workbook)
    told = told_by_the_oracle(workbook, screened.accepted)
    check(screened, told)
    assert len(screened.accepted) > 250
    # Nothing came from any department: what rests on lists alone is open for everybody.
    unheard = {rule for _, rule in told if all((each, rule) in told for each in screened.accepted)}
    assert {*FROM_ONE_REPORT} - {"newly_on_dibao"} <= unheard
    # About one rule a household cannot be answered besides, however the gaps fall.
    besides = [rule for _, rule in told if rule not in unheard]
    assert len(besides) > len(screened.accepted) // 2


@pytest.mark.deep
@SEEDS
def test_a_whole_county_agrees(tmp_path: Path, seed: int) -> None:
    made = generate(COUNTY, 20_000, seed, tmp_path, options=TWO_YEARS)
    screened, told = compared(made)
    check(screened, told)
    clean, _ = told_by_the_truth(made)
    assert clean <= screened.accepted
