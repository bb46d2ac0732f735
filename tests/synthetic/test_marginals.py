"""A county looks like a county: fifteen marginals, each with its source and its tolerance.

Figures of public sources are from memory and unverified where they say so; they give the order,
not the digit. The rest is made up to look right, and says that. Tolerances are for 4,000
households, of which one in seven was planted something in.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from bangfu.synthetic.world import World
from synthetic.making import TONGJIANG, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bangfu.synthetic.people import Fact, Household, Person

_WORLD = World()
_LIANGSHAN, _CITY = "513433", "510104"
_CENSUS = "seventh census 2020, Sichuan (from memory, unverified)"
_MADE_UP = "made up"


@cache
def _county(code: str = TONGJIANG) -> list[Household]:
    return make(4000, 11, _WORLD, code)


@cache
def _people(code: str = TONGJIANG) -> list[Person]:
    return [person for household in _county(code) for person in household.people]


def _share(values: Iterable[object]) -> float:
    """Percent of those known that are true."""
    known = [bool(value) for value in values if value is not None]
    return 100 * sum(known) / len(known)


def _has(item: str, *values: Fact) -> float:
    """Percent of households whose item is one of the values, of those that tell."""
    facts = [household.facts[item] for household in _county()]
    return _share(None if fact is None else fact in values for fact in facts)


def _born(item: str, value: str, first: int, last: int) -> float:
    facts = [each.facts[item] for each in _people() if first <= each.birth.year < last]
    return _share(fact == value for fact in facts if fact is not None)


def _away(place: str) -> float:
    places = [each.facts["work_place"] for each in _people()]
    return _share(each == place for each in places if each not in ("none", None))


def _income(item: str) -> float:
    """Percent of net income that a source of it gives; business less its expenses."""
    kinds = ("wage_income", "business_income", "property_income", "transfer_income")
    sums = Counter[str]()
    for household in _county():
        for kind in (*kinds, "business_expenses"):
            sums[kind] += int(str(household.facts[kind] or 0))
    sums["business_income"] -= sums["business_expenses"]
    return 100 * sums[item] / sum(sums[kind] for kind in kinds)


def _alleviated(item: str) -> float:
    poor = [each for each in _county() if each.facts["household_type"] == "alleviated"]
    return _share(each.facts[item] for each in poor)


def _health(kind: str) -> float:
    return _share(kind in (person.facts["health"] or ()) for person in _people())


class Marginal(NamedTuple):
    """A figure of a county's people, with where its target comes from."""

    name: str
    measure: Callable[[], float]
    target: float
    tolerance: float
    source: str


MARGINALS: Final = [
    Marginal(
        "household size",
        lambda: len(_people()) / len(_county()),
        3.25,
        0.09,
        "65,000 members in the demo's 20,000 households; the census of 2020 has 2.51 for all of "
        "Sichuan, without those away (registers count them)",
    ),
    Marginal(
        "below 16",
        lambda: _share(each.age(_WORLD) < 16 for each in _people()),
        16.5,
        2,
        f"{_CENSUS}: 16.1 % below 15",
    ),
    Marginal(
        "60 and over",
        lambda: _share(each.age(_WORLD) >= 60 for each in _people()),
        21.0,
        2.5,
        f"{_CENSUS}: 21.7 %",
    ),
    Marginal(
        "men for 100 women",
        lambda: 100 * _share(p.sex == "male" for p in _people())
        / _share(p.sex == "female" for p in _people()),
        102.0,
        5,
        f"{_CENSUS}: 102.2",
    ),
    Marginal(
        "Han in Tongjiang",
        lambda: _share(each.ethnicity == "01" for each in _people()),
        98.0,
        1.5,
        "made up after the census of 2020 for Bazhong (unverified)",
    ),
    Marginal(
        "illiterate, born before 1950",
        lambda: _born("education", "illiterate", 1900, 1950),
        40,
        6,
        _MADE_UP,
    ),
    Marginal(
        "junior middle school, born 1970-1989",
        lambda: _born("education", "junior", 1970, 1990),
        54,
        5,
        _MADE_UP,
    ),
    Marginal("disabled", lambda: _health("disabled"), 3.9, 1.0,
             "certificates held: about 3.5 % of Sichuan's people (from memory, unverified)"),
    Marginal("seriously ill", lambda: _health("serious"), 1.1, 0.5, _MADE_UP),
    Marginal(
        "alleviated",
        lambda: _has("household_type", "alleviated"),
        18,
        2.5,
        "order of Tongjiang's registered poor households, made up",
    ),
    Marginal("monitored", lambda: _has("monitoring_category", "prevention"), 4.3, 1.2,
             "1.1 % in the drawn county's pages, more where so many troubles are planted"),
    Marginal(
        "able to work",
        lambda: _share(p.facts["labour"] in ("ordinary", "skilled") for p in _people()),
        55.5,
        3,
        f"{_CENSUS}: 62.2 % are 15 to 59; less pupils and the unwell",
    ),
    Marginal(
        "working away",
        lambda: _share(p.facts["work_place"] not in ("none", None) for p in _people()),
        36,
        3,
        "half of the rural labour force of Sichuan works away (25-26 million, unverified)",
    ),
    Marginal("of them outside the province", lambda: _away("elsewhere"), 40, 4,
             "about four in ten of Sichuan's migrant workers (from memory, unverified)"),
    Marginal(
        "in a basic medical insurance",
        lambda: _share(
            p.facts["medical_insured"] or p.facts["employee_insured"] for p in _people()
        ),
        99.8,
        0.2,
        "above 95 % in the national bureau's reports; here only the planted are without",
    ),
    Marginal(
        "on the subsistence allowance",
        lambda: _share(p.facts["on_dibao"] for p in _people()),
        6.3,
        1.5,
        "rural allowance in Sichuan: about 6 % of rural people (from memory, unverified)",
    ),
    Marginal("relocated, of the alleviated", lambda: _alleviated("relocated"), 24, 5,
             "1.36 million relocated of 6.25 million registered poor in Sichuan (unverified)"),
    Marginal("tap water", lambda: _has("water_source", "tap"), 75, 5, _MADE_UP),
    Marginal("safe water", lambda: _has("water_safe", True), 99.8, 0.2, _MADE_UP),
    Marginal("sanitary toilet", lambda: _has("sanitary_toilet", True), 89, 3,
             "Sichuan's reports: about 90 % of rural households (from memory, unverified)"),
    Marginal("broadband", lambda: _has("broadband", True), 80, 5, _MADE_UP),
    Marginal(
        "mu of farmland a household",
        lambda: sum(int(str(each.facts["farmland"])) for each in _county()) / 400_000,
        3.9,
        0.4,
        "about 1.2 mu a head in the mountains of the north-east, made up",
    ),
    Marginal(
        "net income a head in yuan",
        lambda: sum(each.net for each in _county()) / 100 / len(_people()),
        19_978,
        1_500,
        "rural disposable income of Sichuan 2023: 19,978 yuan (from memory, unverified)",
    ),
    Marginal("wages in net income", lambda: _income("wage_income"), 66, 5,
             "made up; higher than the survey's 31 %, as registers count migrants' pay in full"),
    Marginal("business in net income", lambda: _income("business_income"), 25, 5, _MADE_UP),
    Marginal("transfers in net income", lambda: _income("transfer_income"), 8.7, 2.5, _MADE_UP),
]  # fmt: skip


@pytest.mark.parametrize("marginal", MARGINALS, ids=lambda each: each.name)
def test_the_county_has_the_marginals_aimed_at(marginal: Marginal) -> None:
    assert marginal.source
    assert marginal.measure() == pytest.approx(marginal.target, abs=marginal.tolerance)


def test_eight_to_ten_households_in_a_hundred_are_in_trouble() -> None:
    """So that a demo county of 20,000 has some 1,500 to 2,000 findings."""
    findings = [
        [outcome for outcome in household.situation.outcomes.values() if outcome == "fired"]
        if household.situation
        else []
        for household in _county()
    ]
    assert 8 <= _share(findings) <= 10
    assert 1500 <= sum(map(len, findings)) * 5 <= 2000


def test_villages_are_spread_with_a_heavy_tail_and_share_what_they_live_from() -> None:
    villages: dict[str, list[Household]] = {}
    for household in _county():
        villages.setdefault(household.village.code, []).append(household)
    sizes = sorted(map(len, villages.values()))
    assert len({code[:9] for code in villages}) >= 30
    assert sizes[-1] > 6 * sizes[len(sizes) // 2]
    products = {
        code: {product for each in own for product in _products(each)}
        for code, own in villages.items()
    }
    # A village is known for three products; what is planted for prices comes on top.
    assert sum(len(each) <= 6 for each in products.values()) > 0.9 * len(products)
    assert len(set().union(*products.values())) >= 9
    groups = {code: {each.facts["group_name"] for each in own} for code, own in villages.items()}
    assert max(map(len, groups.values())) <= 10


def _products(household: Household) -> tuple[str, ...]:
    products = household.facts["main_products"]
    assert isinstance(products, tuple)
    return tuple(product for product in products if product != "none")


def test_other_regions_have_other_people_products_and_names() -> None:
    yi = [person for person in _people(_LIANGSHAN) if person.ethnicity == "07"]
    assert 40 < 100 * len(yi) / len(_people(_LIANGSHAN)) < 62
    assert max(len(person.name) for person in yi) == 4
    sold = {
        code: Counter(product for each in _county(code) for product in _products(each))
        for code in (TONGJIANG, _LIANGSHAN, _CITY)
    }
    assert sold[_CITY]["rice"] > 3 * sold[_LIANGSHAN]["rice"]
    assert sold[_LIANGSHAN]["sheep"] > 3 * sold[TONGJIANG]["sheep"]
    assert len({each.village.code for each in _county(_CITY)}) < 100
    distance = {
        code: sum(int(str(each.facts["road_distance"])) for each in _county(code)) / 4000
        for code in (TONGJIANG, _LIANGSHAN, _CITY)
    }
    assert distance[_CITY] < distance[TONGJIANG] < distance[_LIANGSHAN]
