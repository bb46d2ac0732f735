"""Insurance, aid and allowances of each member, and the safety net that keeps risks from coming.

Households nothing was planted in are kept clear of every threshold: whoever is not in the
residents' medical insurance is in the employees', the frail on the subsistence allowance receive
medical aid, and a household without labour is in the safety net.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.bodies import SEVERE, recover
from bangfu.synthetic.world import ADULT, OLD

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

_MEDICALLY_INSURED: Final = 0.965
_PENSION_INSURED: Final = 0.93
_EMPLOYEE_PENSION: Final = 0.05
_SERIOUS_INSURED: Final = 0.97
_COMMERCIAL: Final = 0.12
_ACCIDENT: Final = 0.3
_OUT_OF_SCHOOL: Final = (None, "not_in_school")
_HANDS: Final = frozenset({"ordinary", "skilled", "weak", None})
_WELL_ALONE: Final = 0.6
"""Share of old people alone who are in good health where they have no allowance."""
_EXTREME: Final = 22
"""Percent of single households without labour and family that have extreme-poverty support."""


def insure(household: Household, world: World, dice: Dice) -> None:
    """Fill in insurance, and who receives the subsistence allowance or extreme-poverty support."""
    alleviated = household.facts["household_type"] != "ordinary"
    nobody_able = not any(person.able for person in household.people)
    throw, extreme = dice.share() * 100, dice.chance(_EXTREME)
    receives = throw < (16 if alleviated else 2) + (14 if nobody_able else 0)
    single = len(household.people) == 1 and household.head.age(world) >= OLD
    supported = single and nobody_able and extreme
    if household.situation is not None:
        receives, supported = household.situation.dibao, False
    for person in household.people:
        facts = person.facts
        grown = person.age(world) >= ADULT and facts["school_status"] in _OUT_OF_SCHOOL
        employee = person.whim(977) >= _MEDICALLY_INSURED
        facts["medical_insured"], facts["employee_insured"] = not employee, employee
        facts["serious_insured"] = employee or alleviated or person.whim(613) < _SERIOUS_INSURED
        facts["commercial_insured"] = person.whim(419) < _COMMERCIAL
        employed = grown and employee and person.age(world) < OLD
        facts["employee_pension"] = employed
        facts["pension_insured"] = grown and not employed and person.whim(331) < _PENSION_INSURED
        facts["on_extreme_poverty"] = supported
        facts["on_dibao"] = receives and not supported
        facts["accident_insurance"] = alleviated and person.whim(271) < _ACCIDENT
        facts["medical_aid"] = _is_aided(person, receives=receives or supported)
    _keep_from_risk(household, world)


def _is_aided(person: Person, *, receives: bool) -> bool:
    health = person.facts["health"]
    frail = "serious" in str(health) or person.facts["disability_grade"] in SEVERE
    return frail and (receives or person.whim(83) * 4 < 1)


def _keep_from_risk(household: Household, world: World) -> None:
    """Old people alone are well, or on an allowance when nothing else catches them."""
    people = household.people
    if any(person.facts["on_dibao"] or person.facts["on_extreme_poverty"] for person in people):
        return
    if any(person.age(world) < world.elderly_from for person in people):
        return
    for person in people:
        if household.situation is not None or household.head.whim(701) < _WELL_ALONE:
            recover(person)
        elif any(each.facts["health"] != ("healthy",) for each in people):
            person.facts["on_dibao"] = True
            person.facts["medical_aid"] = _is_aided(person, receives=True)


def is_without_hands(household: Household) -> bool:
    """Whether nobody, as far as is known, can work even half."""
    return not any(person.facts["labour"] in _HANDS for person in household.people)
