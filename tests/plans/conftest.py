"""Five people of one county, three households, organisations and helpers, on 2026-11-20."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import Actor, actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person
from plans.plans_making import bring_helpers, bring_households
from registry.conftest import places
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE
from screening.conftest import demo_home, pack

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["demo_home", "pack", "places"]

PEOPLE = {
    "villager": ("岳鹏", "village_official", VILLAGE),
    "neighbour": ("蒲艳", "village_official", OTHER_VILLAGE),
    "reviewer": ("冯蓉", "township_reviewer", VILLAGE[:9]),
    "officer": ("周敏", "county_officer", COUNTY),
    "stranger": ("罗勇", "county_officer", "511922"),
    "watcher": ("秦川", "prefecture_supervisor", "5119"),
}


@pytest.fixture
def people(pack: None, places: None) -> dict[str, Person]:
    """Six people with their postings."""
    system = system_actor("tests")
    made = {}
    for name, (full_name, role, division) in PEOPLE.items():
        made[name] = create_person(
            actor=system, username=name, name=full_name, password="niulan-shan-9"
        )
        grant_posting(
            actor=system,
            person=made[name],
            organisation="通江县",
            title=role,
            role=role,
            divisions=[division],
        )
    return made


@pytest.fixture
def office(people: dict[str, Person]) -> Callable[[str], Actor]:
    """The people as actors today, in a county with households, organisations and helpers."""
    bring_households()
    bring_helpers()
    return lambda name: actor_of(people[name])
