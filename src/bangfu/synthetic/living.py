"""House, water, road, land, and how the household stands in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Dice
from bangfu.synthetic.names import make_given_name, make_surname
from bangfu.synthetic.world import (
    ADULT,
    ALLEVIATED,
    MONITORED,
    MONITORED_AT_RISK,
    ROAD,
    SAFE_HOUSING,
    STANDARD,
)

if TYPE_CHECKING:
    from datetime import date

    from bangfu.synthetic.people import Household
    from bangfu.synthetic.world import World

_NEW_CATEGORY_FROM: Final = 2026
"""From this year one category replaces the three of 2021."""
_GROUPS: Final = 8
_HOUSES: Final = 180
_PHONE: Final = 199_0000_0000
_ACCOUNT: Final = 629999_0000000000000
_MEDICALLY_INSURED: Final = 0.985
_PENSION_INSURED: Final = 0.93
_OUT_OF_SCHOOL: Final = (None, "not_in_school")


def live(household: Household, dice: Dice) -> None:
    """House, water, electricity, road, toilet and land."""
    facts, size = household.facts, len(household.people)
    relocated = bool(facts["relocated"])
    facts["housing_grade"] = "A" if relocated else dice.draw(SAFE_HOUSING)
    facts["water_safe"] = dice.chance(98.5)
    facts["electricity"] = dice.chance(99.8)
    facts["road_type"] = "cement" if relocated else dice.draw(ROAD)
    facts["sanitary_toilet"] = relocated or dice.chance(88)
    facts["farmland"] = size * dice.between(40, 200)
    facts["forest_land"] = size * dice.between(0, 600)


def settle_in(household: Household, dice: Dice, seed: object) -> None:
    """Place, telephone, account and the person responsible for assistance; all made up."""
    facts, village = household.facts, household.village
    group, house = dice.between(1, _GROUPS), dice.between(1, _HOUSES)
    facts["village_code"] = village.code
    facts["group_name"] = f"{group}组"
    facts["address"] = f"{village.county}{village.township}{village.name}{group}组{house}号"
    facts["phone"] = str(_PHONE + dice.between(0, 9999_9999))
    facts["bank_account"] = str(_ACCOUNT + dice.between(0, 10**13 - 1))
    facts["helper_name"] = None
    if facts["household_type"] == "alleviated" or facts["identified_month"] is not None:
        helpers = Dice(seed, "helper", village.code, dice.between(1, 5))
        facts["helper_name"] = make_surname(helpers) + make_given_name(helpers, "male", 1980)


def _month(year: int, month: int) -> int:
    return year * 100 + month


def register(household: Household, dice: Dice) -> None:
    """Household type, first identification and relocation: what does not change with the year."""
    facts = household.facts
    alleviated = dice.chance(ALLEVIATED)
    facts["household_type"] = "alleviated" if alleviated else "ordinary"
    facts["relocated"] = dice.chance(25 if alleviated else 1)
    facts["identification_standard"] = dice.draw(STANDARD) if alleviated else None
    year, month = dice.pick((2014, 2014, 2014, 2015, 2016)), dice.between(1, 12)
    facts["identified_month"] = _month(year, month) if alleviated else None


def _category(day: date, *, alleviated: bool, sudden: bool) -> str:
    if day.year >= _NEW_CATEGORY_FROM:
        return "prevention"
    if sudden:
        return "sudden"
    return "unstable" if alleviated else "marginal"


def watch(household: Household, world: World, dice: Dice) -> None:
    """Put the household on the list of the monitored, or not, and say whether it has labour.

    Households in trouble are more often on it, since the event began.
    """
    facts, day = household.facts, world.day
    throw = dice.share() * 100
    since = _month(dice.between(2021, 2024), dice.between(1, 12))
    if household.event_month and throw >= MONITORED:
        since = household.event_month
    listed = throw < (MONITORED_AT_RISK if household.event_month else MONITORED)
    sudden = dice.chance(40)
    alleviated = facts["household_type"] == "alleviated"
    facts["monitoring_category"] = (
        _category(day, alleviated=alleviated, sudden=sudden) if listed else "none"
    )
    if listed and not alleviated:
        facts["identified_month"] = since
        facts["identification_standard"] = "provincial"
    labour = {person.facts["labour"] for person in household.people}
    facts["safety_net_household"] = labour <= {"none", "lost"} and (listed or alleviated)


def insure(household: Household, world: World, dice: Dice) -> None:
    """Insurance of each member, and whether the household receives the subsistence allowance."""
    alleviated = household.facts["household_type"] == "alleviated"
    nobody_able = not any(person.able for person in household.people)
    receives = dice.chance((16 if alleviated else 2) + (14 if nobody_able else 0))
    for person in household.people:
        grown = person.age(world) >= ADULT and person.facts["school_status"] in _OUT_OF_SCHOOL
        person.facts["medical_insured"] = person.whim(977) < _MEDICALLY_INSURED
        person.facts["pension_insured"] = grown and person.whim(331) < _PENSION_INSURED
        person.facts["on_dibao"] = receives
