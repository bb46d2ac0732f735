"""Work away from home: who goes, where to and for how many months of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.world import AWAY_BY_AGE, MONTHS, WORK_PLACE

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

_SHORT_YEAR: Final = 12
"""Percent of working people who were away for less than the stable months."""
_MODEST_MONTHS: Final = 9


def stay(person: Person) -> None:
    """The person works nowhere away from home."""
    person.facts["work_place"] = "none"
    person.facts["work_months"] = None


def leave(person: Person, dice: Dice, months: int | None) -> None:
    """The person works somewhere for `months`; None is not known."""
    person.facts["work_place"] = dice.draw(WORK_PLACE)
    person.facts["work_months"] = months


def _wants_away(person: Person, world: World) -> bool:
    age = person.age(world)
    share = next((share for below, share in AWAY_BY_AGE if age < below), 0.0)
    return person.able and person.roaming < share


def work(household: Household, world: World, dice: Dice, *, steady: bool) -> None:
    """Fill in work for everybody.

    Args:
        steady: nobody's year is shorter than the stable months, and one month more.
    """
    for person in household.people:
        if not _wants_away(person, world):
            stay(person)
        elif not steady and dice.chance(_SHORT_YEAR):
            leave(person, dice, dice.between(2, world.stable_months - 1))
        else:
            leave(person, dice, dice.between(world.stable_months + 1, MONTHS))


def work_modestly(household: Household, world: World, dice: Dice) -> None:
    """Fill in work of a household that earns little: at most one, near home, for stable months."""
    for person in household.people:
        stay(person)
    able = [person for person in household.people if person.able]
    if able and dice.chance(50):
        able[0].facts["work_place"] = "township"
        able[0].facts["work_months"] = dice.between(world.stable_months + 1, _MODEST_MONTHS)


def longest_work(household: Household) -> int:
    """The most months anybody worked away; 0 when nobody did."""
    return max(int(str(person.facts["work_months"] or 0)) for person in household.people)
