"""What planted situations do to members, each under a name: who is ill, uninsured, away, idle.

Every act makes its risk come out as its situation says whatever the rest of the household is like.
Acts come after work and insurance and before the money, which is earned from what they leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.bodies import disable, recover
from bangfu.synthetic.regions import region_of
from bangfu.synthetic.working import leave, stay

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

_FAR: Final = ("elsewhere", "province")


def _fall_ill(person: Person) -> None:
    recover(person)
    person.facts["health"] = ("serious",)


def _ill(household: Household, world: World, dice: Dice) -> None:
    """The second member is seriously ill, and receives medical aid."""
    person = household.people[1]
    _fall_ill(person)
    person.facts["medical_aid"] = True


def _health_unknown(household: Household, world: World, dice: Dice) -> None:
    """It is not known how the head fares, but that the head is not disabled."""
    recover(household.head)
    household.head.facts["health"] = None


def _uninsured(household: Household, world: World, dice: Dice) -> None:
    last = household.people[-1]
    last.facts["medical_insured"] = last.facts["employee_insured"] = False


def _employee_insured(household: Household, world: World, dice: Dice) -> None:
    last = household.people[-1]
    last.facts["medical_insured"], last.facts["employee_insured"] = False, True


def _insurance_unknown(household: Household, world: World, dice: Dice) -> None:
    last = household.people[-1]
    last.facts["medical_insured"], last.facts["employee_insured"] = None, False


def _other_insurance_unknown(household: Household, world: World, dice: Dice) -> None:
    last = household.people[-1]
    last.facts["medical_insured"], last.facts["employee_insured"] = False, None


def _insurance_unknown_beside_other(household: Household, world: World, dice: Dice) -> None:
    last = household.people[-1]
    last.facts["medical_insured"], last.facts["employee_insured"] = None, True


def _nobody_works(household: Household, world: World, dice: Dice) -> None:
    """Nobody can work, and nobody is disabled."""
    for person in household.people:
        recover(person)
        person.facts["health"] = ("chronic",)
        person.facts["labour"] = "none"
        stay(person)


def _half_works(household: Household, world: World, dice: Dice) -> None:
    _nobody_works(household, world, dice)
    household.head.facts["labour"] = "weak"


def _perhaps_works(household: Household, world: World, dice: Dice) -> None:
    _nobody_works(household, world, dice)
    household.head.facts["labour"] = None


def _old_and_unwell(household: Household, world: World, dice: Dice) -> None:
    _nobody_works(household, world, dice)


def _old_and_well(household: Household, world: World, dice: Dice) -> None:
    for person in household.people:
        recover(person)
        person.facts["labour"] = "none"
        stay(person)


def _old_and_unknown(household: Household, world: World, dice: Dice) -> None:
    _old_and_well(household, world, dice)
    household.head.facts["health"] = None


def _grandparents(household: Household, world: World, dice: Dice) -> None:
    """Grandparents with half their strength."""
    for person in household.people[:2]:
        recover(person)
        person.facts["health"] = ("chronic",)
        person.facts["labour"] = "weak"
        stay(person)


def _grown(household: Household, world: World) -> list[Person]:
    return [
        each for each in household.people if world.adult_from <= each.age(world) < world.adult_to
    ]


def _all_away(household: Household, world: World, dice: Dice) -> None:
    """Everybody of adult age works far away for the whole year; the old are unwell."""
    for person in household.people:
        if world.adult_from <= person.age(world) < world.adult_to:
            recover(person)
            person.facts["labour"] = "ordinary"
            leave(person, dice, dice.between(world.stable_months + 1, 11), dice.pick(_FAR))
        elif person.age(world) >= world.adult_to:
            recover(person)
            person.facts["health"] = ("chronic",)
            person.facts["labour"] = "none"
            stay(person)


def _one_in_county(household: Household, world: World, dice: Dice) -> None:
    _all_away(household, world, dice)
    _grown(household, world)[-1].facts["work_place"] = "county"


def _grandmother_well(household: Household, world: World, dice: Dice) -> None:
    _all_away(household, world, dice)
    recover(household.people[-1])


def _one_perhaps_away(household: Household, world: World, dice: Dice) -> None:
    _all_away(household, world, dice)
    last = _grown(household, world)[-1]
    last.facts["labour"] = last.facts["work_place"] = last.facts["work_months"] = None


def _idle(household: Household, world: World, dice: Dice) -> None:
    """Able, and nobody with work or a post."""
    for person in household.people:
        stay(person)
        person.facts["post_type"], person.facts["post_months"] = "none", 0
    household.head.facts["labour"] = "ordinary"


def _one_works(household: Household, world: World, dice: Dice) -> None:
    _idle(household, world, dice)
    leave(household.head, dice, world.stable_months + 1, "county")


def _one_posted(household: Household, world: World, dice: Dice) -> None:
    _idle(household, world, dice)
    household.head.facts["post_type"], household.head.facts["post_months"] = "cleaning", 1


def _perhaps_posted(household: Household, world: World, dice: Dice) -> None:
    _idle(household, world, dice)
    household.head.facts["post_type"] = household.head.facts["post_months"] = None


def _unhelped(household: Household, world: World, dice: Dice) -> None:
    """One is seriously ill, and there is nothing but the allowance."""
    _idle(household, world, dice)
    for person in household.people:
        person.facts["medical_aid"] = False
    _fall_ill(household.people[1])
    household.facts["industry_support"] = ("none",)


def _unhelped_disabled(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    disable(household.people[1], "2")
    household.people[1].facts["labour"] = "lost"


def _unhelped_mildly_disabled(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    disable(household.people[1], "3")


def _helped_by_aid(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    household.people[1].facts["medical_aid"] = True


def _helped_by_post(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    household.head.facts["post_type"], household.head.facts["post_months"] = "road", 6


def _helped_by_industry(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    household.facts["industry_support"] = ("livestock",)


def _aid_unknown(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    household.people[1].facts["medical_aid"] = None


def _unwell_on_allowance(household: Household, world: World, dice: Dice) -> None:
    _unhelped(household, world, dice)
    household.people[1].facts["health"] = ("chronic",)


def _weak_head(household: Household, world: World, dice: Dice) -> None:
    """The head has half the strength; somebody else is able."""
    household.head.facts["labour"] = "weak"
    stay(household.head)
    household.people[1].facts["labour"] = "ordinary"


def _strength_unknown(household: Household, world: World, dice: Dice) -> None:
    _weak_head(household, world, dice)
    household.head.facts["labour"] = None


def _able_head(household: Household, world: World, dice: Dice) -> None:
    household.head.facts["labour"] = "ordinary"


def _new_household(household: Household, world: World, dice: Dice) -> None:
    """The household split off another this year."""
    household.since = world.month - dice.between(1, 9)


def _sells_falling(household: Household, world: World, dice: Dice) -> None:
    """The household lives from the product whose price falls."""
    household.head.facts["labour"] = "ordinary"
    household.facts["main_products"] = (region_of(household.village.code).falling,)


def _sells_dipping(household: Household, world: World, dice: Dice) -> None:
    household.head.facts["labour"] = "ordinary"
    household.facts["main_products"] = (region_of(household.village.code).dipping,)


ACTS: Final[dict[str, Callable[[Household, World, Dice], None]]] = {
    "ill": _ill,
    "health_unknown": _health_unknown,
    "uninsured": _uninsured,
    "employee_insured": _employee_insured,
    "insurance_unknown": _insurance_unknown,
    "other_insurance_unknown": _other_insurance_unknown,
    "insurance_unknown_beside_other": _insurance_unknown_beside_other,
    "nobody_works": _nobody_works,
    "half_works": _half_works,
    "perhaps_works": _perhaps_works,
    "old_and_unwell": _old_and_unwell,
    "old_and_well": _old_and_well,
    "old_and_unknown": _old_and_unknown,
    "grandparents": _grandparents,
    "all_away": _all_away,
    "one_in_county": _one_in_county,
    "grandmother_well": _grandmother_well,
    "one_perhaps_away": _one_perhaps_away,
    "idle": _idle,
    "one_works": _one_works,
    "one_posted": _one_posted,
    "perhaps_posted": _perhaps_posted,
    "unhelped": _unhelped,
    "unhelped_disabled": _unhelped_disabled,
    "unhelped_mildly_disabled": _unhelped_mildly_disabled,
    "helped_by_aid": _helped_by_aid,
    "helped_by_post": _helped_by_post,
    "helped_by_industry": _helped_by_industry,
    "aid_unknown": _aid_unknown,
    "unwell_on_allowance": _unwell_on_allowance,
    "weak_head": _weak_head,
    "strength_unknown": _strength_unknown,
    "able_head": _able_head,
    "new_household": _new_household,
    "sells_falling": _sells_falling,
    "sells_dipping": _sells_dipping,
}
"""Every act by its name."""
