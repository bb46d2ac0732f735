"""What was planted lies where it was planted: one unit to either side, to the fen and the month."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from bangfu.synthetic.events import GROSS, Nature, Outcome, Risk
from bangfu.synthetic.rota import DECK, Rota
from bangfu.synthetic.situations import SITUATIONS
from bangfu.synthetic.world import World
from synthetic.making import DENSE, by_situation, fen, make

if TYPE_CHECKING:
    from bangfu.synthetic.people import Household

_DAY_MONTHS = DENSE.day.year * 12 + DENSE.day.month


@cache
def _planted() -> dict[str, list[Household]]:
    return by_situation(make(len(DECK) * 4, 21))


def _ages_in_months(household: Household) -> list[int]:
    return [
        _DAY_MONTHS - person.birth.year * 12 - person.birth.month for person in household.people
    ]


def test_every_situation_comes_as_often_in_each_round_as_it_says() -> None:
    rota = Rota(World(), 1)
    for number in range(2):
        length = World().round_length
        dealt = [rota.deal(number * length + place) for place in range(length)]
        for situation in SITUATIONS:
            assert sum(each is situation for each in dealt) == situation.times


def test_a_round_too_short_for_the_deck_is_refused() -> None:
    with pytest.raises(ValueError, match="a round needs"):
        Rota(World(round_length=len(DECK) - 1), 1)


@pytest.mark.parametrize(
    ("name", "gap"),
    [("income_fen_below_line", -1), ("income_at_line", 0), ("income_fen_above_line", 1)],
)
def test_reference_income_lies_a_fen_beside_the_line(name: str, gap: int) -> None:
    for household in _planted()[name]:
        facts = household.facts
        losses = fen(facts, "business_expenses", "self_paid_expenses")
        reference = fen(facts, *GROSS, "claims_income") - losses
        assert reference - 8_500_00 * len(household.people) == gap


@pytest.mark.parametrize(
    ("name", "falls"), [("income_fell_to_limit", False), ("income_fell_fen_more", True)]
)
def test_last_years_income_lies_a_fen_beside_a_fall_that_counts(name: str, falls: bool) -> None:
    for household in _planted()[name]:
        assert (100 * household.net < 70 * household.net_before) is falls
        other = household.net_before + (-1 if falls else 1)
        assert (100 * household.net < 70 * other) is not falls


@pytest.mark.parametrize(
    ("name", "gap"),
    [("bill_fen_below_limit", -1), ("bill_at_limit", 0), ("bill_fen_above_limit", 1)],
)
def test_medical_bills_lie_a_fen_beside_the_limit(name: str, gap: int) -> None:
    for household in _planted()[name]:
        assert fen(household.facts, "self_paid_medical") - 20_000_00 == gap


@pytest.mark.parametrize(
    ("name", "months", "status"),
    [
        ("home_month_before_school_age", 71, "not_in_school"),
        ("never_sent_first_month", 72, "not_in_school"),
        ("kindergarten_first_month", 72, "kindergarten"),
        ("left_school_last_month", 191, "not_in_school"),
        ("left_school_month_after", 192, "not_in_school"),
        ("school_missing_month_before", 71, None),
        ("school_missing_last_month", 191, None),
    ],
)
def test_children_are_a_month_beside_the_ages_of_schooling(
    name: str, months: int, status: str | None
) -> None:
    for household in _planted()[name]:
        child = household.people[2]
        assert _ages_in_months(household)[2] == months
        assert child.facts["school_status"] == status


@pytest.mark.parametrize(
    ("name", "longest"),
    [
        ("month_less_than_stable", 5),
        ("months_just_stable", 6),
        ("two_month_less", 5),
        ("short_beside_stable", 6),
    ],
)
def test_work_is_a_month_beside_the_stable_months(name: str, longest: int) -> None:
    for household in _planted()[name]:
        months = [int(str(each.facts["work_months"] or 0)) for each in household.people]
        assert max(months) == longest


@pytest.mark.parametrize(
    ("name", "over"),
    [
        ("wages_exactly_half", 0),
        ("wages_fen_less_than_half", -2),
        ("wages_fen_more_than_half", 2),
        ("wages_half_fen_short", -1),
    ],
)
def test_wages_are_a_fen_beside_half_of_the_income(name: str, over: int) -> None:
    for household in _planted()[name]:
        facts = household.facts
        assert 2 * fen(facts, "wage_income") - fen(facts, *GROSS) == over


@pytest.mark.parametrize(
    ("name", "grade", "able"),
    [
        ("second_grade_no_labour", "2", 0),
        ("third_grade_no_labour", "3", 0),
        ("second_grade_one_labour", "2", 1),
        ("disabled_half_labour", "1", 0),
    ],
)
def test_disability_is_a_grade_or_a_labourer_beside_the_limit(
    name: str, grade: str, able: int
) -> None:
    for household in _planted()[name]:
        grades = {str(person.facts["disability_grade"]) for person in household.people}
        assert grades - {"none"} == {grade}
        assert sum(person.able for person in household.people) == able


def test_thresholds_of_another_world_move_what_is_planted() -> None:
    world = World(line=9_999_99, medical_limit=12_345_67, stable_months=7, round_length=len(DECK))
    planted = by_situation(make(len(DECK), 3, world))
    assert fen(planted["bill_at_limit"][0].facts, "self_paid_medical") == 12_345_67
    worker = planted["month_less_than_stable"][0].people[0]
    assert worker.facts["work_months"] == 6
    household = planted["income_at_line"][0]
    losses = fen(household.facts, "business_expenses", "self_paid_expenses")
    reference = fen(household.facts, *GROSS, "claims_income") - losses
    assert reference == 9_999_99 * len(household.people)


@pytest.mark.parametrize("wrong", [{"stable_months": 5}, {"school_from": 0}, {"school_to": 9}])
def test_a_world_without_room_for_near_misses_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"stable_months|school"):
        World(**wrong)


_ONLY_REPORTED = {
    Risk.MEDICAL_TOLD,
    Risk.DISASTER,
    Risk.ACCIDENT,
    Risk.OVERDUE,
    Risk.NEW_DIBAO,
    Risk.PRICE,
    Risk.DROPOUT_TOLD,
    Risk.HOUSING_TOLD,
    Risk.WATER_CUT,
    Risk.DISABILITY_TOLD,
    Risk.AID,
    Risk.UNPAID,
    Risk.SERIOUS_TOLD,
    Risk.ORPHAN,
}
"""Nothing of the household's own can be missing that these are judged by."""


def test_every_risk_has_trouble_near_misses_on_both_sides_and_gaps_of_both_kinds() -> None:
    for risk in Risk:
        about = [each for each in SITUATIONS if risk in each.outcomes]
        outcomes = {(each.nature, each.outcome(risk)) for each in about}
        assert (Nature.TROUBLE, Outcome.FIRED) in outcomes
        assert (Nature.GAP, Outcome.UNKNOWN) in outcomes or risk in _ONLY_REPORTED, risk
    clear = [each for each in SITUATIONS if not each.outcomes]
    assert {each.nature for each in clear} == {Nature.NEAR_MISS, Nature.HARMLESS_GAP}
    names = [each.name for each in SITUATIONS]
    assert len(names) == len(set(names))
