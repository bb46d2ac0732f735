"""Kinds of country within the province: who lives there, what grows there, how far things are.

Regions are rough and made up but for the ethnic groups, which are rounded from the census of 2020
[unverified]. A county belongs to a region by its prefecture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bangfu.synthetic.dice import Odds

_PREFECTURE: Final = 4


@dataclass(frozen=True, slots=True)
class Region:
    """A kind of country.

    Attributes:
        ethnicity: ethnic groups by their odds.
        products: what households sell, by how typical it is of a village.
        falling: the product whose price falls in the reports of a year.
        dipping: the product whose price falls a little less than what counts.
        farmland, forest, pasture: 0.01 mu a head, from and to.
        road: 0.01 km to the village trunk road, from and to.
        tap, broadband, toilet: percent of households that have it.
        earth: percent of houses of adobe, bamboo or straw.
        languages: percent of grown people who speak Putonghua.
    """

    ethnicity: Odds[str]
    products: Odds[str]
    falling: str
    dipping: str
    farmland: tuple[int, int]
    forest: tuple[int, int]
    pasture: tuple[int, int]
    road: tuple[int, int]
    tap: int
    broadband: int
    toilet: int
    earth: int
    languages: int


_HAN: Final = Odds({"01": 985, "15": 8, "06": 3, "97": 4})
_BASIN: Final = Region(
    ethnicity=_HAN,
    products=Odds({"rice": 26, "vegetables": 20, "pigs": 18, "poultry": 16, "maize": 10, "tea": 4}),
    falling="fruit",
    dipping="pigs",
    farmland=(40, 150),
    forest=(0, 120),
    pasture=(0, 0),
    road=(5, 120),
    tap=86,
    broadband=88,
    toilet=92,
    earth=3,
    languages=88,
)
_MOUNTAINS: Final = Region(
    ethnicity=_HAN,
    products=Odds(
        {"maize": 20, "potato": 18, "pigs": 18, "rice": 14, "tea": 8, "walnut": 8, "fungi": 8}
        | {"cattle": 5, "poultry": 6, "yellow_goat": 5}
    ),
    falling="herbs",
    dipping="pigs",
    farmland=(40, 200),
    forest=(0, 600),
    pasture=(0, 0),
    road=(10, 300),
    tap=74,
    broadband=80,
    toilet=88,
    earth=7,
    languages=82,
)
_COOL_MOUNTAINS: Final = Region(
    ethnicity=Odds({"07": 54, "01": 43, "04": 2, "97": 1}),
    products=Odds(
        {"potato": 26, "maize": 18, "sheep": 16, "cattle": 12, "pigs": 12, "walnut": 10, "fruit": 4}
    ),
    falling="pepper",
    dipping="sheep",
    farmland=(80, 320),
    forest=(0, 500),
    pasture=(0, 300),
    road=(20, 480),
    tap=70,
    broadband=66,
    toilet=76,
    earth=14,
    languages=58,
)
_PLATEAU: Final = Region(
    ethnicity=Odds({"04": 82, "01": 14, "07": 3, "33": 1}),
    products=Odds({"cattle": 34, "sheep": 20, "potato": 14, "fungi": 14, "vegetables": 6}),
    falling="herbs",
    dipping="cattle",
    farmland=(40, 220),
    forest=(0, 400),
    pasture=(0, 4000),
    road=(20, 490),
    tap=66,
    broadband=60,
    toilet=70,
    earth=10,
    languages=52,
)
_BY_PREFECTURE: Final = {
    "5107": _BASIN,
    "5108": _MOUNTAINS,
    "5117": _MOUNTAINS,
    "5118": _MOUNTAINS,
    "5119": _MOUNTAINS,
    "5132": _PLATEAU,
    "5133": _PLATEAU,
    "5134": _COOL_MOUNTAINS,
}
_ABA: Final = Odds({"04": 60, "33": 19, "01": 18, "03": 3})
"""Ngawa has Qiang beside Tibetans; the rest of its region is as in Garzê."""


def region_of(division: str) -> Region:
    """The region of a county, township or village."""
    return _BY_PREFECTURE.get(division[:_PREFECTURE], _BASIN)


def ethnicity_of(division: str) -> Odds[str]:
    """The ethnic groups of the place, by their odds."""
    return _ABA if division.startswith("5132") else region_of(division).ethnicity
