"""A county looks like a county: shares within the tolerance stated here.

The targets: 65,000 members in 20,000 households (the demo's size); 18 % alleviated households
and few monitored ones (the county the pages are drawn with: 1,862 of 168,420, and more among those
in trouble); an ageing countryside with a fifth over 60 and a sixth under 16 (order of the 2020
census for rural Sichuan, unverified); migrant work as the main income. Everything else is made up.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from bangfu.synthetic.world import World
from synthetic.making import make

if TYPE_CHECKING:
    from bangfu.synthetic.people import Household, Person

_WORLD = World()


@cache
def _county() -> list[Household]:
    return make(4000, 11, _WORLD)


def _people() -> list[Person]:
    return [person for household in _county() for person in household.people]


def _share(values: list[bool]) -> float:
    return sum(values) / len(values)


def test_households_have_three_and_a_quarter_members() -> None:
    sizes = Counter(len(household.people) for household in _county())
    assert sum(size * count for size, count in sizes.items()) / 4000 == pytest.approx(
        3.25, abs=0.06
    )
    assert set(sizes) == {1, 2, 3, 4, 5, 6}


@pytest.mark.parametrize(
    ("low", "high", "share", "tolerance"), [(0, 16, 0.165, 0.02), (60, 99, 0.205, 0.025)]
)
def test_ages_are_those_of_an_ageing_countryside(
    low: int, high: int, share: float, tolerance: float
) -> None:
    found = _share([low <= person.age(_WORLD) < high for person in _people()])
    assert found == pytest.approx(share, abs=tolerance)


@pytest.mark.parametrize(
    ("item", "value", "share", "tolerance"),
    [
        ("household_type", "alleviated", 0.18, 0.025),
        ("housing_grade", "A", 0.56, 0.04),
        ("housing_grade", "B", 0.43, 0.04),
        ("monitoring_category", "prevention", 0.045, 0.015),
        ("water_safe", True, 0.999, 0.001),
    ],
)
def test_households_have_the_shares_aimed_at(
    item: str, value: object, share: float, tolerance: float
) -> None:
    found = _share([household.facts[item] == value for household in _county()])
    assert found == pytest.approx(share, abs=tolerance)


def test_one_in_twenty_is_disabled_and_most_are_healthy() -> None:
    health = [person.facts["health"] or () for person in _people()]
    assert _share(["disabled" in str(each) for each in health]) == pytest.approx(0.045, abs=0.012)
    assert _share([each == ("healthy",) for each in health]) == pytest.approx(0.82, abs=0.04)


def test_most_able_people_under_45_work_away() -> None:
    young = [person for person in _people() if person.able and person.age(_WORLD) < 45]
    away = _share([person.facts["work_place"] != "none" for person in young])
    assert away == pytest.approx(0.75, abs=0.05)


def test_families_are_spread_over_the_whole_county() -> None:
    townships = {household.village.code[:9] for household in _county()}
    assert len(townships) >= 30
    groups = Counter(household.facts["group_name"] for household in _county())
    assert len(groups) > 40


def test_another_prefecture_has_other_people() -> None:
    yi = [person for household in make(200, 4, division="513431") for person in household.people]
    assert _share([person.ethnicity == "07" for person in yi]) > 0.35
    assert _share([person.ethnicity == "01" for person in _people()]) > 0.95
