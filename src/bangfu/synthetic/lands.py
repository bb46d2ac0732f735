"""Land and production: areas, products, support, and who leads the household into the market."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.regions import region_of

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.hamlets import Hamlet
    from bangfu.synthetic.people import Household
    from bangfu.synthetic.world import World

LIVESTOCK: Final = frozenset({"pigs", "cattle", "sheep", "poultry", "yellow_goat"})
FORESTRY: Final = frozenset({"fruit", "walnut", "pepper", "tea"})
_SUPPORT: Final = Odds(
    {"crops": 42, "livestock": 34, "forestry": 12, "dividend": 8, "processing": 2, "commerce": 2}
)
_SUPPORTED: Final = 62
"""Percent of alleviated or monitored households with support for a business of their own."""


def till(household: Household, world: World, dice: Dice, hamlet: Hamlet) -> None:
    """Fill in land, products and support of production."""
    facts, region = household.facts, region_of(household.village.code)
    hands = sum(person.facts["labour"] in ("ordinary", "skilled", "weak", None)
                for person in household.people)  # fmt: skip
    size = household.lasting_size
    low, high = region.farmland
    farmland = size * dice.between(low, high)
    forest = size * dice.between(*region.forest)
    pasture = size * dice.between(*region.pasture)
    facts["farmland"] = farmland
    facts["irrigated_land"] = farmland * dice.between(10, 85) // 100
    facts["forest_land"] = forest
    facts["pasture_land"] = pasture
    facts["returned_land"] = forest * dice.between(5, 60) // 100 if dice.chance(55) else 0
    facts["orchard_land"] = size * dice.between(5, 60) if dice.chance(22) else 0
    facts["water_area"] = dice.between(5, 80) if dice.chance(6) else 0
    joins = dice.chance(38 if facts["household_type"] != "ordinary" else 16)
    facts["cooperative"] = joins and hands > 0
    facts["leading_enterprise"] = dice.chance(9)
    facts["local_leader"] = dice.chance(12)
    _support(household, dice, hands)
    _sell(household, dice, hamlet, hands)


def _support(household: Household, dice: Dice, hands: int) -> None:
    supported, kind, other = dice.chance(_SUPPORTED), dice.draw(_SUPPORT), dice.draw(_SUPPORT)
    if household.facts["household_type"] == "ordinary" or not hands or not supported:
        kinds: tuple[str, ...] = ("none",)
    else:
        kinds = (kind,) if kind == other or dice.chance(70) else (kind, other)
    household.facts["industry_support"] = kinds


def _sell(household: Household, dice: Dice, hamlet: Hamlet, hands: int) -> None:
    count = dice.between(1, len(hamlet.products)) if hands else 0
    household.facts["main_products"] = hamlet.products[:count] or ("none",)
