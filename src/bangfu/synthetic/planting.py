"""Plant what was dealt in the facts of a household that has been lived through.

Every step makes its risk come out as the situation says whatever the rest of the household is
like; steps that come before the money change what the money is thrown from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.bodies import STURDY, disable, recover
from bangfu.synthetic.casting import ACTS
from bangfu.synthetic.events import Age
from bangfu.synthetic.family import birth_of
from bangfu.synthetic.schooling import NOT_IN_SCHOOL, drop_out, education
from bangfu.synthetic.working import leave, stay
from bangfu.synthetic.world import ADULT, MONTHS

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.events import Care, School, Situation, Work
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

DANGEROUS: Final = frozenset({"C", "D"})
_CHILDREN: Final = frozenset({"son", "daughter"})
_YOUNG: Final = frozenset({"child", "grandchild"})
"""Members whose age is planted by making the family around them."""


def eldest_months(school: School, world: World, dice: Dice) -> int | None:
    """The age in months of the eldest child that a school plan needs; None for any."""
    first, after = world.school_from * MONTHS, (world.school_to + 1) * MONTHS
    return {
        Age.MONTH_BEFORE: first - 1,
        Age.FIRST_MONTH: first,
        Age.BETWEEN: dice.between(first + 30, after - 18),
        Age.LAST_MONTH: after - 1,
        Age.MONTH_AFTER: after,
    }.get(school.age)


def eldest_of(situation: Situation, world: World, dice: Dice) -> int | None:
    """The age in months of the eldest child that a situation needs; None for any."""
    if situation.school:
        return eldest_months(situation.school, world, dice)
    if situation.aged and situation.aged[0] in _YOUNG:
        _, limit, months = situation.aged
        return int(getattr(world, limit)) * MONTHS + months
    if situation.youth:
        low, high = situation.youth
        return dice.between(low * MONTHS, high * MONTHS + MONTHS - 1)
    return None


def plant_age(household: Household, world: World, dice: Dice) -> None:
    """Make a grown member exactly as old as planted."""
    situation = household.situation
    if situation is None or not situation.aged or situation.aged[0] in _YOUNG:
        return
    relation, limit, months = situation.aged
    for person in household.people:
        if person.relation == relation:
            person.birth = birth_of(dice, world, int(getattr(world, limit)) * MONTHS + months)


def plant_act(household: Household, world: World, dice: Dice) -> None:
    """Do to the members what was planted."""
    if household.situation and household.situation.act:
        ACTS[household.situation.act](household, world, dice)


def plant_school(household: Household, plan: School, world: World) -> None:
    """Take the eldest child (or the head) out of school, or leave open whether they are in it."""
    people = household.people
    children = [person for person in people if person.relation in _CHILDREN]
    target = household.head if plan.age is Age.GROWN else children[0]
    _set_school(target, plan.status, world)
    if plan.also:
        _set_school(children[1], None, world)


def _set_school(person: Person, status: str | None, world: World) -> None:
    facts = person.facts
    facts["school_status"] = status
    facts["education"] = None
    if status in (None, NOT_IN_SCHOOL):
        drop_out(person, world)
    if status == NOT_IN_SCHOOL and person.mark * 2 < 1:
        facts["education"] = education(person, world)


def plant_care(household: Household, plan: Care) -> None:
    """Disable the grown child, or where that is the one who works, the head."""
    head, spouse, grown = household.people
    for person in household.people:
        recover(person)
        person.facts["health"] = ("chronic",)
        person.facts["labour"] = "none"
    disabled = head if plan.labour in ("one", "unknown_and_one") else grown
    if plan.grade is None:
        _hide_health(disabled)
    else:
        disable(disabled, plan.grade)
    grown.facts["labour"] = "lost" if disabled is grown else "ordinary"
    if disabled is head:
        grown.facts["health"] = ("healthy",)
    if plan.labour == "weak":
        spouse.facts["labour"] = "weak"
    if plan.labour.startswith("unknown"):
        spouse.facts["labour"] = None


def _hide_health(person: Person) -> None:
    for name in ("health", "disability_category", "disability_grade", "disability_year"):
        person.facts[name] = None


def strengthen(household: Household, world: World) -> None:
    """Make every grown member healthy, so that somebody can be the one who works."""
    for person in household.people:
        if person.age(world) >= ADULT:
            person.vigour = STURDY


def plant_work(household: Household, plan: Work, world: World, dice: Dice) -> None:
    """Let the head work away as planned, a second member too, and nobody else."""
    for person in household.people:
        stay(person)
    head, other = household.people[0], household.people[1]
    head.facts["labour"] = "ordinary"
    months = None if plan.over is None else world.stable_months + dice.between(*plan.over)
    child = any(person.age(world) < world.child_to for person in household.people)
    leave(head, dice, months, "county" if child else "")
    if plan.other is not None:
        other.facts["labour"] = "ordinary"
        leave(other, dice, world.stable_months + plan.other)
    if plan.stranger:
        other.facts["labour"] = other.facts["work_place"] = other.facts["work_months"] = None


def plant_gaps(household: Household) -> None:
    """Empty the household's items that were planted to be missing."""
    situation = household.situation
    if situation is None:
        return
    if situation.grade != "":
        household.facts["housing_grade"] = situation.grade
        unsafe = situation.grade and situation.grade in DANGEROUS
        household.facts["dangerous_house"] = unsafe if situation.grade else None
    household.facts |= situation.sets
    for name in situation.blanks:
        household.facts[name] = None
