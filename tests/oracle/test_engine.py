"""The engines and the oracle agree on households changed at random, gaps and all.

Whole counties go the long way in test_county; here every rule meets thousands of households near
its limits, under several days and sets of parameters, reports of departments included.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.rules.api import load_pack
from oracle.engine_side import judged_by_frames, judged_one_by_one
from oracle.limits import DEMO
from oracle.mutations import Chance, Changes
from oracle.oracle import CLEAR, FIRED, RULES, UNKNOWN, judge
from support.seeds import new_seed

if TYPE_CHECKING:
    from oracle.engine_side import Judged
    from oracle.limits import Limits
    from oracle.sheets import HouseholdRows

OTHERWISE = replace(
    DEMO,
    feed_window_months=3,
    compulsory_school_to=16,
    income_fall_percent=33,
    serious_illness_line_percent=151,
    debt_percent=99,
    elderly_from=65,
    child_to=18,
    adult_to=65,
    transfer_share_percent=67,
    price_fall_percent=7,
    product_share_percent=41,
    low_income_line=11_111,
)
"""Other values: percentages that leave parts of a fen, ages that meet, a short window."""

TURNS = {
    "demo": (date(2026, 11, 20), DEMO),
    "january": (date(2027, 1, 31), replace(DEMO, feed_window_months=1)),
    "otherwise": (date(2026, 3, 1), OTHERWISE),
}
ENOUGH = 8
"""Of each outcome of each rule, at least so many households."""


def told(cases: list[HouseholdRows], day: date, limits: Limits) -> Judged:
    return {
        (each.number, rule): outcome
        for each in cases
        for rule, outcome in judge(each, day, limits).items()
    }


def differences(cases: list[HouseholdRows], one: Judged, other: Judged) -> list[object]:
    """The first households that are judged differently, with all that is known of them."""
    assert one.keys() == other.keys()
    by_number = {each.number: each for each in cases}
    return [
        (rule, one[number, rule], other[number, rule], by_number[number])
        for number, rule in one
        if one[number, rule] != other[number, rule]
    ][:3]


def made(turn: str, count: int) -> list[HouseholdRows]:
    day, limits = TURNS[turn]
    return list(Changes(Chance(new_seed()), day, limits).households(count))


@pytest.mark.parametrize("turn", TURNS)
def test_the_engine_for_counties_agrees_with_the_oracle(turn: str) -> None:
    day, limits = TURNS[turn]
    cases = made(turn, 3_600)
    said = told(cases, day, limits)
    assert differences(cases, judged_by_frames(load_pack("demo"), cases, day, limits), said) == []
    seen = Counter((rule, outcome) for (_, rule), outcome in said.items())
    wanted = [(rule, outcome) for rule in RULES for outcome in (FIRED, CLEAR, UNKNOWN)]
    assert {each: seen[each] for each in wanted if seen[each] < ENOUGH} == {}


@pytest.mark.parametrize("turn", TURNS)
def test_the_engine_that_explains_agrees_with_the_oracle(turn: str) -> None:
    day, limits = TURNS[turn]
    cases = made(turn, 360)
    said = told(cases, day, limits)
    found = judged_one_by_one(load_pack("demo"), cases, day, limits)
    assert differences(cases, found, said) == []


def test_parameters_without_values_leave_both_equally_unsure() -> None:
    day, chance = date(2026, 11, 20), Chance(new_seed())
    for lacking in ("feed_window_months", "monitoring_line", "compulsory_school_to", "adult_to"):
        limits = replace(DEMO, **{lacking: None})
        cases = list(Changes(chance, day, limits).households(180))
        found = judged_by_frames(load_pack("demo"), cases, day, limits)
        assert differences(cases, found, told(cases, day, limits)) == []


@pytest.mark.deep
@pytest.mark.parametrize("turn", TURNS)
def test_very_many_households_are_judged_alike(turn: str) -> None:
    day, limits = TURNS[turn]
    cases = made(turn, 60_000)
    found = judged_by_frames(load_pack("demo"), cases, day, limits)
    assert differences(cases, found, told(cases, day, limits)) == []
