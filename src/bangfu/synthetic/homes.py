"""House, water, power, road, toilet, fuel and network of a household."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.regions import region_of
from bangfu.synthetic.world import ROAD, SAFE_HOUSING

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.hamlets import Hamlet
    from bangfu.synthetic.people import Household
    from bangfu.synthetic.world import World

_STRUCTURE: Final = Odds({"concrete": 14, "brick": 58, "brick_wood": 27, "other": 1})
_OLD_STRUCTURE: Final = Odds({"brick": 30, "brick_wood": 60, "other": 10})
_FIRST_BUILT, _LAST_BUILT = 1968, 2019
_FARTHEST: Final = 499
"""0.01 km; the national checks doubt a distance of five kilometres (facts 1.6, DQ23)."""
_NOT_TAP: Final = Odds({"spring": 60, "well": 26, "cistern": 11, "surface": 2, "other": 1})
_FUEL: Final = Odds({"clean": 62, "firewood": 32, "coal": 5, "other": 1})
_PLATEAU_FUEL: Final = Odds({"clean": 44, "dung": 26, "firewood": 28, "coal": 2})
_SAFE_WATER_SINCE: Final = 2020
_BROADBAND_SINCE: Final = 2018
_RENOVATED_BY: Final = 2020
_ROADS_SINCE: Final = 2020
_TOILETS_SINCE: Final = 2023
_BRICK_SINCE: Final = 1990
_HERDING: Final = 1000
"""0.01 mu of pasture a head from which a region lives from herds."""


def live(household: Household, world: World, dice: Dice, hamlet: Hamlet) -> None:
    """Fill in living conditions on the world's day."""
    _house(household, world, dice)
    _supply(household, world, dice, hamlet)


def _house(household: Household, world: World, dice: Dice) -> None:
    facts, year = household.facts, world.day.year
    relocated, region = bool(facts["relocated"]), region_of(household.village.code)
    grade, size = dice.draw(SAFE_HOUSING), household.lasting_size
    built = dice.between(_FIRST_BUILT, _LAST_BUILT)
    earth, renovated = dice.chance(region.earth), dice.between(2014, _RENOVATED_BY)
    repaired = facts["household_type"] != "ordinary" and dice.chance(28)
    structure = dice.draw(_STRUCTURE if built > _BRICK_SINCE else _OLD_STRUCTURE)
    facts["housing_area"] = size * dice.between(2000, 4200) + 1500
    facts["housing_structure"] = "earth" if earth and not repaired else structure
    facts["built_year"] = min(built, year)
    facts["renovation_year"] = None
    if relocated:
        facts["housing_area"] = size * dice.between(2000, 2500)
        facts["housing_structure"], facts["built_year"] = "brick", 2018
        grade = "A"
    elif repaired and renovated <= year:
        facts["renovation_year"] = renovated
    elif repaired:
        grade = "C"
    facts["housing_grade"] = grade
    facts["dangerous_house"] = grade in ("C", "D")


def _supply(household: Household, world: World, dice: Dice, hamlet: Hamlet) -> None:
    """Water, power, road, toilet, fuel, network; worse the longer ago."""
    facts, year = household.facts, world.day.year
    moved, region = bool(facts["relocated"]), region_of(household.village.code)
    early = dice.share() * 100 >= 55 + (year - 2014) * 8 and year < _SAFE_WATER_SINCE
    difficult, source = dice.chance(40), dice.draw(_NOT_TAP)
    facts["water_safe"] = not early
    facts["water_difficult"] = early and difficult
    tap = dice.chance(hamlet.tap - max(0, _SAFE_WATER_SINCE - year) * 5)
    facts["water_source"] = "tap" if moved or tap else source
    facts["production_electricity"] = dice.chance(94)
    facts["electricity"] = dice.chance(99.8)
    facts["broadcast"] = dice.chance(98)
    low, high = region.road
    away = hamlet.road + dice.between(0, (high - low) // 2)
    facts["road_distance"] = min(30 if moved else away, _FARTHEST)
    paved, road = dice.chance(hamlet.paved - max(0, _ROADS_SINCE - year) * 9), dice.draw(ROAD)
    facts["road_type"] = "cement" if moved or paved else road
    toilet = dice.chance(hamlet.toilet - max(0, _TOILETS_SINCE - year) * 6)
    facts["sanitary_toilet"] = moved or toilet
    facts["fuel"] = dice.draw(_PLATEAU_FUEL if region.pasture[1] > _HERDING else _FUEL)
    facts["broadband"] = dice.chance(hamlet.broadband) and year >= _BROADBAND_SINCE
