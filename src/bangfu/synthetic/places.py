"""The real villages of Sichuan, from the packaged list; only the people are made up."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VILLAGE_KIND = 9
"""The tenth digit of a code is 2 for villagers' committees and 0 for residents' committees."""
_COUNTY = 6


@dataclass(frozen=True, slots=True)
class Village:
    """A village with the names above it, as they stand in an address."""

    code: str
    name: str
    township: str
    county: str


def _rows(name: str) -> list[dict[str, str]]:
    path = files("bangfu") / "data" / "divisions" / f"sichuan_{name}.csv"
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@cache
def _names(name: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows(name)}


def short_name(committee: str) -> str:
    """`金龙村民委员会` as people say it: `金龙村`; `水井坊社区居委会` as `水井坊社区`."""
    for ending in ("村民委员会", "村委会"):
        if committee.endswith(ending):
            return committee.removesuffix(ending).removesuffix("村") + "村"
    return re.sub(r"(居民委员会|居委会|委员会)$", "", committee)


@cache
def villages_in(division: str) -> tuple[Village, ...]:
    """The villages of a division, by code; where it has none, its communities. May be empty."""
    towns, counties = _names("streets"), _names("areas")
    found = [
        Village(
            code=code,
            name=short_name(name),
            township=towns[code[:9]],
            county=counties[code[:_COUNTY]],
        )
        for code, name in sorted(_names("villages").items())
        if code.startswith(division)
    ]
    rural = [village for village in found if village.code[_VILLAGE_KIND] == "2"]
    return tuple(rural or found)


@cache
def county_position(county: str) -> int:
    """The county's position in the list of all counties, from 0.

    Raises:
        ValueError: when the list does not have it.
    """
    return sorted(_names("areas")).index(county)
