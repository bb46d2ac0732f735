"""Who came into a household and who went: marriages, deaths, and a head before today's.

Families are made as they are on the world's day. Here they get a past: those who have died or
married out since the first registration, when those who married in came, and since when a
household that split off another has stood by itself. Person numbers never change.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.family import birth_of
from bangfu.synthetic.names import make_given_name, make_surname
from bangfu.synthetic.world import MONTHS

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

FIRST_MONTH: Final = 2014 * MONTHS
"""The registration began in 2014; nobody's past is told before."""
_SPLIT_BY: Final = 2024 * MONTHS + 11
_MARRIED_IN: Final = frozenset({"spouse", "daughter_in_law", "son_in_law"})
_BELOW: Final = frozenset({"son", "daughter", "grandson", "granddaughter"})
_PARENTS: Final = frozenset({"father", "mother"})
_OLD_PARENT_DIED: Final = 34
_WIDOWED: Final = 60
_MARRIED_OUT: Final = 28
_GROWN_UP: Final = 20
_NO_CHILD_BEFORE: Final = 42
_SINGLE: Final = frozenset({"elder_alone", "alone", "siblings"})
_UNDER_A_FATHER: Final = {
    "spouse": {"male": "son_in_law", "female": "daughter_in_law"},
    "son": {"male": "grandson"},
    "daughter": {"female": "granddaughter"},
    "mother": {"female": "spouse"},
    "sibling": {"male": "son", "female": "daughter"},
}
_UNDER_A_DAUGHTERS_FATHER: Final = {"son": "daughters_son", "daughter": "daughters_daughter"}


def give_past(household: Household, world: World, dice: Dice) -> None:
    """Give the household those who went, and everybody the month they came.

    One that was registered as poor has been in the register, and so has stood, since then.
    """
    _marry(household, dice)
    head = household.head
    young = head.birth.year * MONTHS + head.birth.month + 24 * MONTHS > FIRST_MONTH
    parents = any(person.relation in _PARENTS for person in household.people)
    if young and (household.poor or dice.chance(50)) and not parents:
        _give_former_head(household, world, dice)
    elif young:
        grown = _born(head) + _GROWN_UP * MONTHS
        household.since = min(max(grown, FIRST_MONTH), _SPLIT_BY)
    elif len(household.people) == 1:
        _give_late_spouse(household, world, dice)
    elif not parents:
        _give_late_parent(household, world, dice)
    _give_married_daughter(household, world, dice)


def _born(person: Person) -> int:
    return person.birth.year * MONTHS + person.birth.month - 1


def _marry(household: Household, dice: Dice) -> None:
    """Whoever married in came before the eldest child, or in the middle twenties."""
    children = [_born(each) for each in household.people if each.relation in _BELOW]
    eldest = min(children, default=0)
    for person in household.people:
        person.came = _born(person)
        throw, earlier = dice.between(20, 27) * MONTHS, dice.between(9, 30)
        if person.relation in _MARRIED_IN:
            before = eldest - earlier if eldest else _born(person) + throw
            person.came = max(before, _born(person) + 18 * MONTHS)


def _add(household: Household, world: World, dice: Dice, kin: Person) -> Person:
    """Somebody who went, with the next free number and bents of their own."""
    position = len(household.people) + len(household.past) + 1
    months = world.month - _born(kin)
    gone = replace(
        kin,
        position=position,
        birth=birth_of(dice, world, months),
        learning=dice.share(),
        vigour=dice.share(),
        mark=dice.share(),
        roaming=dice.share(),
        facts={},
    )
    household.past.append(gone)
    return gone


def _kin(household: Household, dice: Dice, relation: str, sex: str, born: int) -> Person:
    """A relative of the head, with a name of their own."""
    head = household.head
    keeps = sex == "male" or relation == "daughter"
    other = make_surname(dice, head.ethnicity)
    surname = household.surname if keeps else other
    year, month = divmod(born, MONTHS)
    return replace(
        head,
        relation=relation,
        sex=sex,
        birth=head.birth.replace(year=year, month=month + 1, day=1),
        name=surname + make_given_name(dice, sex, year, head.ethnicity),
        settled=True,
        came=born,
        former_head=False,
        facts={},
    )


def _leaves(dice: Dice, earliest: int, world: World) -> int:
    low, high = max(earliest, FIRST_MONTH + MONTHS), world.month - 1
    return dice.between(low, max(low, high))


def _give_former_head(household: Household, world: World, dice: Dice) -> None:
    """A father who was the head until he died, when today's head was grown up."""
    head = household.head
    father = _kin(household, dice, "father", "male", _born(head) - dice.between(23, 31) * MONTHS)
    gone = _add(household, world, dice, father)
    gone.went = _leaves(dice, _born(head) + _GROWN_UP * MONTHS, world)
    gone.former_head = True


def _give_late_spouse(household: Household, world: World, dice: Dice) -> None:
    widowed, distance = dice.chance(_WIDOWED), dice.between(-36, 60)
    head = household.head
    if not widowed or world.month - _born(head) < 60 * MONTHS:
        return
    sex = "female" if head.sex == "male" else "male"
    spouse = _kin(household, dice, "spouse", sex, _born(head) - distance)
    gone = _add(household, world, dice, spouse)
    gone.came = _born(gone) + 25 * MONTHS
    gone.went = _leaves(dice, FIRST_MONTH, world)


def _give_late_parent(household: Household, world: World, dice: Dice) -> None:
    dies, mother, distance = dice.chance(_OLD_PARENT_DIED), dice.chance(55), dice.between(21, 30)
    born = _born(household.head) - distance * MONTHS
    if not dies or world.month - born > 97 * MONTHS or household.head.sex == "female":
        return
    kin = ("mother", "female") if mother else ("father", "male")
    gone = _add(household, world, dice, _kin(household, dice, *kin, born))
    gone.went = _leaves(dice, FIRST_MONTH, world)


def _give_married_daughter(household: Household, world: World, dice: Dice) -> None:
    head, throws = household.head, dice.chance(_MARRIED_OUT)
    distance, at = dice.between(21, 28) * MONTHS, dice.between(20, 26) * MONTHS
    born = _born(head) + distance
    old = world.month - _born(head) >= _NO_CHILD_BEFORE * MONTHS
    leaves = born + at
    if throws and old and FIRST_MONTH + MONTHS < leaves < world.month and household.since == 0:
        daughter = _kin(household, dice, "daughter", "female", born)
        _add(household, world, dice, replace(daughter, settled=False)).went = leaves


def people_on(household: Household, world: World) -> list[Person]:
    """Who lives in the household on the world's day, its head first."""
    month = world.month
    present = [
        person.again()
        for person in (*household.people, *household.past)
        if person.birth <= world.day and person.came <= month and not 0 < person.went <= month
    ]
    former = next((person for person in present if person.former_head), None)
    if former is None:
        return present
    for person in present:
        person.relation = _relation_under(former, person, household.head)
    return [former, *(person for person in present if person is not former)]


def _relation_under(former: Person, person: Person, head: Person) -> str:
    if person is former:
        return "head"
    if person.position == head.position:
        return "son" if head.sex == "male" else "daughter"
    if head.sex == "female" and person.relation in _UNDER_A_DAUGHTERS_FATHER:
        return _UNDER_A_DAUGHTERS_FATHER[person.relation]
    return _UNDER_A_FATHER.get(person.relation, {}).get(person.sex, "other")
