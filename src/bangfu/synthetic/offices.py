"""Plain data about villages that agrees with the registers: who serves there, what they are like.

Registers name helpers, monitoring contacts and those who fill in forms; roads, water and products
of a village's households follow its traits. Whoever fills a demo's teams, grid or village records
finds here the same names and the same traits, as rows of nothing but words and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.contacts import HELPERS, helper_name, official_name, phone_of
from bangfu.synthetic.dice import Dice
from bangfu.synthetic.hamlets import hamlet_of
from bangfu.synthetic.places import villages_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Duty", "VillageOffice", "village_offices"]

_DUTIES: Final = ("first_secretary", "team_member", "village_cadre", "grid_head")
_BEGAN: Final = (2021, 2022, 2023, 2024)
_POOR: Final = 24
"""Percent of villages that stood on the list of poor villages (made up)."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody's duty in a village, since a month (YYYYMM)."""

    duty: str
    name: str
    phone: str
    since: int


@dataclass(frozen=True, slots=True)
class VillageOffice:
    """A village of a set of made-up people.

    Attributes:
        code, name, township: of the village, as in its households' addresses.
        groups: the villagers' groups, which are the cells of the grid.
        helpers: those responsible for assistance, as the registers name them.
        monitor, filler: the monitoring contact and who fills in the forms, as there.
        duties: further people with a duty in the village.
        weight: its size beside other villages'.
        products: what it is known for, codes of the list `product`.
        road_distance: 0.01 km by which its houses lie from the trunk road at least.
        paved, tap, broadband, toilet: percent of households that have it.
        was_poor: whether it stood on the list of poor villages.
        collective_income: fen a year.
        clinic, culture_room: whether it has one.
    """

    code: str
    name: str
    township: str
    groups: tuple[str, ...]
    helpers: tuple[str, ...]
    monitor: str
    filler: str
    duties: tuple[Duty, ...]
    weight: int
    products: tuple[str, ...]
    road_distance: int
    paved: int
    tap: int
    broadband: int
    toilet: int
    was_poor: bool
    collective_income: int
    clinic: bool
    culture_room: bool


def village_offices(division: str, seed: int) -> Iterator[VillageOffice]:
    """The villages of a division as `generate` with this division and seed makes them."""
    key = (seed, division, 0)
    for village in villages_in(division):
        hamlet, dice = hamlet_of(seed, village), Dice(*key, "office", village.code)
        yield VillageOffice(
            code=village.code,
            name=village.name,
            township=village.township,
            groups=hamlet.groups,
            helpers=tuple(helper_name(key, village.code, place) for place in range(1, HELPERS + 1)),
            monitor=official_name(key, village.code, "monitor"),
            filler=official_name(key, village.code, "filler"),
            duties=tuple(_duty(key, village.code, duty, dice) for duty in _DUTIES),
            weight=hamlet.weight,
            products=hamlet.products,
            road_distance=hamlet.road,
            paved=hamlet.paved,
            tap=hamlet.tap,
            broadband=hamlet.broadband,
            toilet=hamlet.toilet,
            was_poor=dice.chance(_POOR),
            collective_income=dice.yuan(20_000, 400_000, 500),
            clinic=dice.chance(97),
            culture_room=dice.chance(94),
        )


def _duty(key: object, village: str, duty: str, dice: Dice) -> Duty:
    since = dice.pick(_BEGAN) * 100 + dice.between(1, 12)
    return Duty(duty, official_name(key, village, duty), phone_of(dice), since)
