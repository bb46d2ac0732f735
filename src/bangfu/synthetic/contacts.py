"""Place, telephone, account, and who is responsible for the household; all made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Dice
from bangfu.synthetic.names import make_given_name, make_surname

if TYPE_CHECKING:
    from bangfu.synthetic.hamlets import Hamlet
    from bangfu.synthetic.people import Household
    from bangfu.synthetic.places import Village
    from bangfu.synthetic.world import World

_HOUSES: Final = 180
_PHONE: Final = 199_0000_0000
_ACCOUNT: Final = 629999_0000000000000
_BANKS: Final = ("四川农村商业联合银行", "中国邮政储蓄银行", "中国农业银行")
_LIVES_ELSEWHERE: Final = 4.0
"""Percent of households that live in another village than where they are registered."""
HELPERS: Final = 5
"""Persons responsible for assistance in a village."""
_FILLED_BEFORE: Final = 25


def helper_name(seed: object, village: str, place: int) -> str:
    """The person responsible for assistance at a place of the village's list, from 1."""
    dice = Dice(seed, "helper", village, place)
    return make_surname(dice) + make_given_name(dice, "male", 1980)


def official_name(seed: object, village: str, duty: str) -> str:
    """Who holds a duty in the village: `monitor`, `filler` and so on."""
    dice = Dice(seed, duty, village)
    sex = dice.pick(("male", "female"))
    return make_surname(dice) + make_given_name(dice, sex, 1985)


def phone_of(dice: Dice) -> str:
    """A telephone number of a range that no network uses."""
    return str(_PHONE + dice.between(0, 9999_9999))


def settle_in(household: Household, world: World, dice: Dice, seed: object, hamlet: Hamlet) -> None:
    """Fill in place, telephone, account and contacts on the world's day."""
    facts, village = household.facts, household.village
    group, house = dice.pick(hamlet.groups), dice.between(1, _HOUSES)
    facts["village_code"] = village.code
    facts["group_name"] = group
    facts["address"] = f"{village.county}{village.township}{village.name}{group}{house}号"
    facts["phone"] = phone_of(dice)
    facts["bank_account"] = str(_ACCOUNT + dice.between(0, 10**13 - 1))
    facts["bank_name"] = dice.pick(_BANKS)
    elsewhere = dice.chance(_LIVES_ELSEWHERE)
    facts["living_code"] = household.away.code if elsewhere and household.away else village.code
    place = dice.between(1, HELPERS)
    facts["helper_name"] = facts["monitoring_contact"] = facts["contact_phone"] = None
    if facts["household_type"] != "ordinary" or facts["identified_month"] is not None:
        facts["helper_name"] = helper_name(seed, village.code, place)
    facts["filled_by"] = official_name(seed, village.code, "filler")
    back = dice.between(1, _FILLED_BEFORE)
    facts["filled_on"] = world.day.replace(day=max(world.day.day - back, 1))


def name_monitor(household: Household, seed: object) -> None:
    """Fill in who watches over a monitored household."""
    facts, village = household.facts, household.village
    if facts["monitoring_category"] != "none":
        facts["monitoring_contact"] = official_name(seed, village.code, "monitor")
        facts["contact_phone"] = phone_of(Dice(seed, "monitor phone", village.code))


def neighbours(villages: tuple[Village, ...]) -> dict[str, tuple[Village, ...]]:
    """The villages of each township, by its code."""
    found: dict[str, list[Village]] = {}
    for village in villages:
        found.setdefault(village.code[:9], []).append(village)
    return {code: tuple(own) for code, own in found.items()}
