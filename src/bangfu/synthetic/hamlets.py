"""What households of one village share: groups, road, water, products, ethnic mix, distance.

Villages differ in size with a heavy tail, and every village in what it is known for. A village's
traits follow from the seed and its code alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Dice, Odds
from bangfu.synthetic.regions import ethnicity_of, region_of

if TYPE_CHECKING:
    from bangfu.synthetic.places import Village

_FEWEST_GROUPS, _MOST_GROUPS = 3, 10
_MANY: Final = 4096
_TAIL: Final = 0.55
_HEAVIEST: Final = 1200
_LIGHTEST: Final = 60
_CLAN: Final = tuple("李王张刘陈杨何罗周吴苟蒲谭向冯岳")
_PLACE: Final = ("家湾", "家坝", "家梁", "家沟", "家坪", "家垭")
_NAMED_GROUPS: Final = 30
"""Percent of villages whose groups are called by old place names."""
_OWN_PEOPLE: Final = 70
"""Percent of households of the village's leading ethnic group where several live."""
_SEVERAL: Final = 3


@dataclass(frozen=True, slots=True)
class Hamlet:
    """The traits of a village.

    Attributes:
        weight: its size beside other villages'.
        groups: names of its villagers' groups.
        ethnicity: the odds of its ethnic groups.
        road: 0.01 km by which its houses lie farther from the trunk road than the region's.
        paved, tap, broadband, toilet: percent of its households that have it.
        products: what it is known for, most typical first.
        falls: whether it grows the product whose price falls.
        outward: percent added to those who work away.
    """

    weight: int
    groups: tuple[str, ...]
    ethnicity: Odds[str]
    road: int
    paved: int
    tap: int
    broadband: int
    toilet: int
    products: tuple[str, ...]
    falls: bool
    outward: int


@lru_cache(maxsize=8192)
def hamlet_of(seed: int, village: Village) -> Hamlet:
    """The traits of a village in a set of people."""
    dice, region = Dice(seed, "village", village.code), region_of(village.code)
    share = dice.between(1, _MANY) / _MANY
    weight = min(max(int(100 / share**_TAIL) - 40, _LIGHTEST), _HEAVIEST)
    count = min(_FEWEST_GROUPS + weight // 45, _MOST_GROUPS)
    products: list[str] = []
    while len(products) < _SEVERAL:
        product = dice.draw(region.products)
        if product not in products:
            products.append(product)
    low, high = region.road
    return Hamlet(
        weight=weight,
        groups=_groups(dice, count),
        ethnicity=_mix(dice, village),
        road=dice.between(low, (low + high) // 2),
        paved=dice.between(70, 99),
        tap=_near(dice, region.tap),
        broadband=_near(dice, region.broadband),
        toilet=_near(dice, region.toilet),
        products=tuple(products),
        falls=dice.chance(20),
        outward=dice.between(-6, 6),
    )


def _near(dice: Dice, percent: int) -> int:
    return min(max(percent + dice.between(-12, 12), 0), 100)


def _groups(dice: Dice, count: int) -> tuple[str, ...]:
    if not dice.chance(_NAMED_GROUPS):
        return tuple(f"{number}组" for number in range(1, count + 1))
    names: list[str] = []
    while len(names) < count:
        name = f"{dice.pick(_CLAN)}{dice.pick(_PLACE)}组"
        if name not in names:
            names.append(name)
    return tuple(names)


def _mix(dice: Dice, village: Village) -> Odds[str]:
    """The region's odds, or for mixed country mostly one group, drawn by those odds."""
    odds = ethnicity_of(village.code)
    leading = dice.draw(odds)
    shares = {
        value: bound - before
        for value, bound, before in zip(
            odds.values, odds.bounds, (0, *odds.bounds[:-1]), strict=True
        )
    }
    whole = odds.bounds[-1]
    if shares[odds.values[0]] * 100 > whole * 95:
        return odds
    kept = 100 - _OWN_PEOPLE
    return Odds(
        {
            value: share * kept + (whole * _OWN_PEOPLE if value == leading else 0)
            for value, share in shares.items()
        }
    )
