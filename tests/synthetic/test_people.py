"""People fit their families, ages, schools, bodies and work, whatever the seed and county."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.kernel.identity import UNASSIGNED_AREA, birth_date_of, identity_fault, is_male
from bangfu.kernel.problems import Refused
from bangfu.synthetic.numbers import IdentityNumbers
from bangfu.synthetic.places import short_name, villages_in
from synthetic.making import DENSE, TONGJIANG, make

if TYPE_CHECKING:
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

_GENERATION = 18 * 12
_BELOW = {"son", "daughter"}
_FAR_BELOW = {"grandson", "granddaughter"}
_ABOVE = {"father", "mother"}
_SEX = {
    "son": "male",
    "grandson": "male",
    "father": "male",
    "son_in_law": "male",
    "daughter": "female",
    "granddaughter": "female",
    "mother": "female",
    "daughter_in_law": "female",
}
_AGES = {
    "kindergarten": (2, 6),
    "primary": (6, 12),
    "junior": (12, 15),
    "senior": (15, 18),
    "vocational": (15, 18),
    "higher_vocational": (18, 21),
    "university": (18, 22),
    "postgraduate": (22, 25),
}


def _counties() -> list[str]:
    path = files("bangfu") / "data" / "divisions" / "sichuan_areas.csv"
    with path.open(encoding="utf-8") as stream:
        return [row["code"] for row in csv.DictReader(stream)]


def _distance(household: Household, person: Person) -> int:
    """How many months older than the head."""
    return person.months_old(DENSE) - household.head.months_old(DENSE)


def _check_relations(household: Household) -> None:
    relations = [person.relation for person in household.people]
    assert relations[0] == "head"
    assert relations.count("head") == 1
    assert relations.count("spouse") <= 1
    for person in household.people:
        assert person.sex == _SEX.get(person.relation, person.sex)
        distance = _distance(household, person)
        if person.relation == "spouse":
            assert person.sex != household.head.sex
            assert abs(distance) <= 16 * 12
        elif person.relation in _BELOW:
            assert distance <= -_GENERATION
        elif person.relation in _FAR_BELOW:
            assert distance <= -2 * _GENERATION
        elif person.relation in _ABOVE:
            assert distance >= _GENERATION


def _check_school(person: Person, world: World) -> None:
    status, education = person.facts["school_status"], person.facts["education"]
    age = person.age(world)
    assert status != "not_in_school" or education is not None or age < 17
    if status in _AGES:
        low, high = _AGES[str(status)]
        assert low <= age <= high
        assert education is None
    if education in ("college", "bachelor"):
        assert age >= 21


def _check_body(person: Person, world: World) -> None:
    facts = person.facts
    health = facts["health"]
    if health is None:
        assert facts["disability_grade"] in (None, "none")
        return
    assert isinstance(health, tuple)
    assert "healthy" not in health or health == ("healthy",)
    disabled = "disabled" in health
    assert disabled == (facts["disability_grade"] != "none")
    assert disabled == (facts["disability_category"] != "none")
    if person.age(world) < 16 or facts["school_status"] in _AGES:
        assert facts["labour"] == "none"
    if facts["disability_grade"] in ("1", "2"):
        assert not person.able


def _check_work(person: Person, world: World) -> None:
    place, months = person.facts["work_place"], person.facts["work_months"]
    if place == "none":
        assert months is None
    elif place is not None:
        assert person.able
        assert 16 <= person.age(world) < 66
        assert months is None or 1 <= int(str(months)) <= 12


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), county=st.sampled_from(_counties()))
def test_families_schools_bodies_and_work_fit_in_any_county(seed: int, county: str) -> None:
    for household in make(12, seed, division=county):
        _check_relations(household)
        assert household.village.code.startswith(county)
        assert household.facts["size"] == len(household.people)
        assert household.facts["head_name"] == household.head.name
        for person in household.people:
            assert person.birth <= DENSE.day
            assert person.age(DENSE) < 98
            _check_school(person, DENSE)
            _check_body(person, DENSE)
            _check_work(person, DENSE)


def test_identity_numbers_hold_and_come_once() -> None:
    people = [person for household in make(400) for person in household.people]
    numbers = [person.id_number for person in people]
    assert len(set(numbers)) == len(numbers) > 1000
    for person in people:
        assert identity_fault(person.id_number) is None
        assert person.id_number.startswith(UNASSIGNED_AREA)
        assert birth_date_of(person.id_number) == person.birth
        assert is_male(person.id_number) == (person.sex == "male")


def test_a_certificate_carries_the_category_and_grade_of_its_holder() -> None:
    people = [person for household in make(1500) for person in household.people]
    certified = [person for person in people if person.facts["id_type"] == "disability"]
    assert certified
    digits = {"visual": "1", "hearing": "2", "speech": "3", "physical": "4"}
    digits |= {"intellectual": "5", "mental": "6", "multiple": "7"}
    for person in certified:
        rest = str(person.facts["id_number"]).removeprefix(person.id_number)
        category = digits[str(person.facts["disability_category"])]
        assert rest == f"{category}{person.facts['disability_grade']}"


def test_more_births_on_a_day_than_order_numbers_are_refused() -> None:
    numbers, born = IdentityNumbers(), DENSE.day
    dealt = {numbers.deal(TONGJIANG, born, "male") for _ in range(499)}
    assert len(dealt) == 499
    with pytest.raises(Refused, match="too_many_births"):
        numbers.deal(TONGJIANG, born, "male")
    assert numbers.deal(TONGJIANG, born, "female") not in dealt


def test_numbers_dealt_downwards_meet_those_dealt_upwards_last() -> None:
    numbers, born = IdentityNumbers(), DENSE.day
    up = [numbers.deal(TONGJIANG, born, "female") for _ in range(249)]
    down = [numbers.deal(TONGJIANG, born, "female", downwards=True) for _ in range(250)]
    assert len({*up, *down}) == 499


def test_villages_are_the_real_ones_under_the_names_people_use() -> None:
    village = next(each for each in villages_in(TONGJIANG) if each.code == "511921124210")
    assert (village.name, village.township, village.county) == ("马坪村", "唱歌镇", "通江县")
    assert short_name("水井坊社区居委会") == "水井坊社区"
    assert short_name("唱歌郎村民委员会") == "唱歌郎村"
    assert villages_in("519999") == ()


def test_a_city_district_without_villages_has_its_communities() -> None:
    assert {each.code[9] for each in villages_in("510104")} <= {"0", "4"}
    assert {each.code[9] for each in villages_in(TONGJIANG)} == {"2"}
