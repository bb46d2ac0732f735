"""How a household came into the register: type, causes, exit and relocation.

What is thrown here never changes; what the register says on a day follows from the day. Before 2021
only registered poor households are in it, and they stay 'poor' on the form, out of poverty or not.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.world import ALLEVIATED, STANDARD

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.people import Fact, Household
    from bangfu.synthetic.world import World

ALL_OUT: Final = date(2021, 1, 1)
"""From this day every registered poor household is out of poverty and called alleviated."""
_SAFETY_NETS_MERGED: Final = date(2017, 1, 1)
"""From this day the form says extreme poverty instead of the five guarantees."""
_EXIT_YEAR: Final = Odds({2014: 6, 2015: 10, 2016: 18, 2017: 18, 2018: 22, 2019: 21, 2020: 5})
"""Year of leaving poverty (made up, after the order of the counties' exits: facts 3.5)."""
_IDENTIFIED: Final = Odds({2014: 80, 2015: 8, 2016: 7, 2017: 5})
_CAUSE: Final = Odds(
    {
        "illness": 400,
        "skills": 160,
        "money": 110,
        "labour": 110,
        "disability": 95,
        "schooling": 50,
        "transport": 25,
        "disaster": 15,
        "motivation": 15,
        "land": 8,
        "water": 6,
        "marriage": 3,
        "funeral": 3,
    }
)
"""Main cause of poverty: illness about four in ten (order of the nation's figures, unverified)."""
_MOVED: Final = Odds({2014: 2, 2015: 3, 2016: 20, 2017: 25, 2018: 25, 2019: 20, 2020: 5})
"""Year of relocation; the programme ran from 2016 to 2020 (facts 4.5)."""
_CONCENTRATED: Final = 75
_LIVES_IN_SITE: Final = 92
_TWO: Final = 2


def _month(year: int, month: int) -> int:
    return year * 100 + month


def register(household: Household, world: World, dice: Dice) -> None:
    """Household type, first identification, causes, exit and relocation, as of the world's day."""
    facts, day = household.facts, world.day
    alleviated = household.poor
    identified = _month(dice.draw(_IDENTIFIED), dice.between(1, 12))
    out = _month(max(dice.draw(_EXIT_YEAR), identified // 100 + 1), 11)
    causes = _causes(dice)
    moved = dice.chance(25 if alleviated else 1)
    moved_in = _month(dice.draw(_MOVED), dice.between(1, 12))
    today = _month(day.year, day.month)
    if household.situation is not None and not household.situation.relocated:
        moved = False
    if household.situation is not None and household.situation.relocated:
        moved = True
    facts["household_type"] = "ordinary"
    if alleviated:
        facts["household_type"] = "alleviated" if day >= ALL_OUT else "poor"
    facts["identification_standard"] = dice.draw(STANDARD) if alleviated else None
    facts["identified_month"] = identified if alleviated else None
    facts["exit_flag"] = _exit(out, today) if alleviated else None
    facts["main_cause"] = causes[0] if alleviated else None
    facts["other_causes"] = causes[1:] or None if alleviated else None
    facts |= _families(household, dice)
    _relocate(household, dice, moved=moved and moved_in <= today)


def is_registered(household: Household, world: World, dice: Dice) -> bool:
    """Whether the register of the world's day holds the household."""
    if world.day >= ALL_OUT:
        return True
    identified = _month(dice.draw(_IDENTIFIED), dice.between(1, 12))
    return household.poor and identified <= _month(world.day.year, world.day.month)


def was_poor(situation: Situation | None, dice: Dice) -> bool:
    """Whether a household was registered poor, by chance or as its situation needs it."""
    natural = dice.chance(ALLEVIATED)
    if situation is None or not situation.kind:
        return natural
    return situation.kind == "alleviated"


def _exit(out: int, today: int) -> str:
    if out <= today or today >= _month(ALL_OUT.year, ALL_OUT.month):
        return "exited"
    return "pre_exit" if out // 100 == today // 100 else "not_exited"


def _causes(dice: Dice) -> tuple[str, ...]:
    found: list[str] = []
    for _ in range(dice.between(1, 3)):
        cause = dice.draw(_CAUSE)
        if cause not in found:
            found.append(cause)
    return tuple(found)


def _families(household: Household, dice: Dice) -> dict[str, Fact]:
    daughters = sum(person.relation == "daughter" for person in household.people)
    sons = sum(person.relation == "son" for person in household.people)
    return {
        "soldier_family": dice.chance(1.5),
        "one_child_family": daughters + sons == 1 and dice.chance(30),
        "two_daughter_family": daughters == _TWO and sons == 0 and dice.chance(80),
    }


def _relocate(household: Household, dice: Dice, *, moved: bool) -> None:
    facts, village = household.facts, household.village
    concentrated, inside = dice.chance(_CONCENTRATED), dice.chance(_LIVES_IN_SITE)
    facts["relocated"] = moved
    facts["relocation_mode"] = facts["resettlement_site"] = facts["lives_in_site"] = None
    if moved:
        facts["relocation_mode"] = "concentrated" if concentrated else "scattered"
        site = f"{village.township}{village.name}集中安置点"
        facts["resettlement_site"] = site if concentrated else f"{village.name}分散安置"
        facts["lives_in_site"] = concentrated and inside
    for person in household.people:
        person.facts["relocated_person"] = moved


def attribute(household: Household, world: World) -> None:
    """The attribute of a poor or alleviated household, in the words of the day's generation."""
    facts, day = household.facts, world.day
    supported = any(person.facts["on_extreme_poverty"] for person in household.people)
    helped = any(person.facts["on_dibao"] for person in household.people)
    kind = facts["household_type"]
    facts["poverty_attribute"] = None
    if kind == "ordinary":
        return
    if kind == "alleviated":
        words = ("extreme_alleviated", "dibao_alleviated", "general_alleviated")
    elif day >= _SAFETY_NETS_MERGED:
        words = ("extreme_poor", "dibao_poor", "general_poor")
    else:
        words = ("wubao", "dibao_poor", "general_poor")
    facts["poverty_attribute"] = words[0 if supported else 1 if helped else 2]
