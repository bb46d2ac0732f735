"""Families: who lives together, how they are related, and ages that fit.

A shape lists the members as relation, sex and age in months on the data date, the head first.
Children are counted from: whoever has children is older than the eldest by a parent's distance.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from bangfu.synthetic.names import make_given_name, make_surname
from bangfu.synthetic.people import Person
from bangfu.synthetic.world import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.hamlets import Hamlet
    from bangfu.synthetic.world import World

OLDEST: Final = 97 * MONTHS
_ELDEST_CHILD: Final = 26 * MONTHS
"""The age up to which a family's eldest child is thrown when nothing else is asked."""
_BOY: Final = 52
"""Percent of children who are boys."""
_MARRIED_IN: Final = frozenset({"spouse", "mother", "daughter_in_law", "son_in_law"})
_DESCENT: Final = frozenset({"son", "daughter", "grandson", "granddaughter"})


class Kin(NamedTuple):
    """A member before having a name: relation to the head, sex, age in months."""

    relation: str
    sex: str
    months: int


class Family(NamedTuple):
    """The members of a family, and its name."""

    name: str
    people: list[Person]


def _years(dice: Dice, low: int, high: int) -> int:
    return dice.between(low * MONTHS, high * MONTHS + MONTHS - 1)


def _wife_of(dice: Dice, months: int, child: int = 0) -> int:
    """A wife's age: near the husband's, grown up, and old enough to have had the child."""
    return max(months - dice.between(-24, 72), 20 * MONTHS, child + 19 * MONTHS)


def _parent_of(dice: Dice, months: int, low: int = 20, high: int = 32) -> int:
    return min(months + _years(dice, low, high), OLDEST)


def _children(dice: Dice, eldest: int, count: int, names: tuple[str, str]) -> list[Kin]:
    ages = [eldest]
    while len(ages) < count and ages[-1] > 5 * MONTHS:
        ages.append(max(ages[-1] - dice.between(14, 60), 0))
    boy, girl = names
    return [
        Kin(boy, "male", months) if dice.chance(_BOY) else Kin(girl, "female", months)
        for months in ages
    ]


_OWN: Final = ("son", "daughter")
_GRAND: Final = ("grandson", "granddaughter")


def _pair(dice: Dice, man: int, child: int = 0) -> list[Kin]:
    return [Kin("head", "male", man), Kin("spouse", "female", _wife_of(dice, man, child))]


def _elder_alone(dice: Dice, eldest: int) -> list[Kin]:
    return [Kin("head", dice.pick(("male", "female", "female")), _years(dice, 62, 88))]


def _elder_couple(dice: Dice, eldest: int) -> list[Kin]:
    return _pair(dice, _years(dice, 61, 86))


def _alone(dice: Dice, eldest: int) -> list[Kin]:
    return [Kin("head", "male" if dice.chance(85) else "female", _years(dice, 34, 60))]


def _couple(dice: Dice, eldest: int) -> list[Kin]:
    return _pair(dice, _years(dice, 30, 60))


def _couple_child(dice: Dice, eldest: int) -> list[Kin]:
    return _pair(dice, _parent_of(dice, eldest, 21, 34), eldest) + _children(dice, eldest, 1, _OWN)


def _couple_children(dice: Dice, eldest: int) -> list[Kin]:
    count = 3 if dice.chance(15) else 2
    return _pair(dice, _parent_of(dice, eldest, 21, 33), eldest) + _children(
        dice, eldest, count, _OWN
    )


def _three_generations(dice: Dice, eldest: int) -> list[Kin]:
    family = _pair(dice, _parent_of(dice, eldest, 21, 31), eldest)
    family += _children(dice, eldest, dice.between(1, 2), _OWN)
    father = _parent_of(dice, family[0].months)
    widowed = dice.pick(("none", "father", "mother"))
    if widowed != "father":
        family.append(Kin("father", "male", father))
    if widowed != "mother":
        family.append(Kin("mother", "female", _wife_of(dice, father, family[0].months)))
    return family


def _elder_head(dice: Dice, eldest: int) -> list[Kin]:
    son = _parent_of(dice, eldest, 21, 30)
    mother = _parent_of(dice, son, 20, 28)
    if dice.chance(35):
        family = [Kin("head", "female", mother)]
    else:
        family = [Kin("head", "male", min(mother + 24, OLDEST)), Kin("spouse", "female", mother)]
    family += [
        Kin("son", "male", son),
        Kin("daughter_in_law", "female", _wife_of(dice, son, eldest)),
    ]
    return family + _children(dice, eldest, dice.between(1, 2), _GRAND)


def _grown_child(dice: Dice, eldest: int) -> list[Kin]:
    grown = _years(dice, 20, 33)
    family = _pair(dice, _parent_of(dice, grown, 21, 30), grown)
    return family + _children(dice, grown, 1 if dice.chance(70) else 2, _OWN)


def _one_parent(dice: Dice, eldest: int) -> list[Kin]:
    parent = _parent_of(dice, eldest, 21, 32)
    family = [Kin("head", dice.pick(("male", "female")), parent)]
    family += _children(dice, eldest, dice.between(1, 2), _OWN)
    if family[0].sex == "male" and dice.chance(40):
        family.append(Kin("mother", "female", _parent_of(dice, parent, 19, 28)))
    return family


def _siblings(dice: Dice, eldest: int) -> list[Kin]:
    head = _years(dice, 40, 66)
    other = Kin("sibling", dice.pick(("male", "female")), head - dice.between(-60, 96))
    return [Kin("head", "male", head), other]


def _son_in_law(dice: Dice, eldest: int) -> list[Kin]:
    daughter = _parent_of(dice, eldest, 20, 28)
    family = _pair(dice, _parent_of(dice, daughter, 23, 29), daughter)
    husband = Kin("son_in_law", "male", daughter + dice.between(0, 60))
    family += [Kin("daughter", "female", daughter), husband]
    return family + _children(dice, eldest, dice.between(1, 2), _GRAND)


def _with_uncle(dice: Dice, eldest: int) -> list[Kin]:
    family = _couple_child(dice, eldest)
    return [*family, Kin("other", "male", _years(dice, 50, 72))]


def _frail(dice: Dice, eldest: int) -> list[Kin]:
    """Two old parents and a grown child, all of whom may be without labour."""
    grown = _years(dice, 30, 48)
    mother = max(_parent_of(dice, grown, 24, 32), 70 * MONTHS)
    return [
        Kin("head", "male", min(mother + dice.between(0, 60), OLDEST)),
        Kin("spouse", "female", mother),
        *_children(dice, grown, 1, _OWN),
    ]


def _old_pair(dice: Dice, eldest: int) -> list[Kin]:
    """A couple of seventy or more."""
    wife = _years(dice, 70, 82)
    return [Kin("head", "male", wife + dice.between(2, 60)), Kin("spouse", "female", wife)]


def _grandparents(dice: Dice, eldest: int) -> list[Kin]:
    """A couple of sixty or more, and a grandchild whose parents are gone."""
    wife = _years(dice, 60, 68)
    child = _children(dice, eldest, 1, _GRAND)
    return [Kin("head", "male", wife + dice.between(1, 50)), Kin("spouse", "female", wife), *child]


def _with_grandmother(dice: Dice, eldest: int) -> list[Kin]:
    """A couple with a child, and the man's mother of sixty or more."""
    man = max(_parent_of(dice, eldest, 24, 32), 38 * MONTHS)
    mother = _parent_of(dice, man, 24, 30)
    pair = _pair(dice, man, eldest)
    return [*pair, *_children(dice, eldest, 1, _OWN), Kin("mother", "female", mother)]


_SHAPES: Final[dict[str, Callable[[Dice, int], list[Kin]]]] = {
    "elder_alone": _elder_alone,
    "elder_couple": _elder_couple,
    "alone": _alone,
    "couple": _couple,
    "couple_child": _couple_child,
    "couple_children": _couple_children,
    "three_generations": _three_generations,
    "elder_head": _elder_head,
    "grown_child": _grown_child,
    "one_parent": _one_parent,
    "siblings": _siblings,
    "son_in_law": _son_in_law,
    "with_uncle": _with_uncle,
    "frail": _frail,
    "old_pair": _old_pair,
    "grandparents": _grandparents,
    "with_grandmother": _with_grandmother,
}


def birth_of(dice: Dice, world: World, months: int) -> date:
    """A day of birth for somebody `months` old, never after the world's day."""
    year, month = divmod(world.month - months, MONTHS)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, dice.between(1, last if months else world.day.day))


def _surname_of(kin: Kin, dice: Dice, head: Kin, ethnicity: str, *, descent: bool) -> str:
    """Another than the family's for whoever married in; children carry their father's name."""
    other = make_surname(dice, ethnicity)
    if kin.relation in _MARRIED_IN:
        return other
    return other if kin is head and head.sex == "female" and descent else ""


def _learners(relations: set[str]) -> frozenset[str]:
    """Who may still be at school: grandchildren where there are any, else children."""
    return frozenset(_GRAND) if relations & set(_GRAND) else frozenset(_OWN)


def make_family(dice: Dice, world: World, hamlet: Hamlet, shape: str, eldest: int | None) -> Family:
    """The members of a household of a shape, the head first.

    Args:
        dice: the household's dice.
        world: the day on which the ages hold.
        hamlet: the village's traits, which decide the odds of ethnic groups.
        shape: a name of `world.SHAPES`, or `frail`.
        eldest: age in months of the eldest child (or grandchild); None leaves it to chance.
    """
    years = dice.between(0, _ELDEST_CHILD) if eldest is None else eldest
    kins = _SHAPES[shape](dice, years)
    learners = _learners({kin.relation for kin in kins})
    descent = any(kin.relation in _DESCENT for kin in kins)
    ethnicity = dice.draw(hamlet.ethnicity)
    family_name = make_surname(dice, ethnicity)
    people = []
    for position, kin in enumerate(kins, start=1):
        birth = birth_of(dice, world, kin.months)
        surname = _surname_of(kin, dice, kins[0], ethnicity, descent=descent) or family_name
        people.append(
            Person(
                position=position,
                relation=kin.relation,
                sex=kin.sex,
                birth=birth,
                name=surname + make_given_name(dice, kin.sex, birth.year, ethnicity),
                ethnicity=ethnicity,
                learning=dice.share(),
                vigour=dice.share(),
                mark=dice.share(),
                roaming=dice.share(),
                settled=kin.relation not in learners,
            )
        )
    return Family(family_name, people)
