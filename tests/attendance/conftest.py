"""A village with a First Secretary and a team member who are users, on Friday 2026-11-20."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import Actor, actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person
from bangfu.teams.api import Duty, DutyRow, PersonRow, load_duties, load_organisations
from registry.conftest import places
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE
from screening.conftest import demo_home, pack
from teams.teams_making import BUREAU, START, bring_households, bureau

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["demo_home", "pack", "places"]

PEOPLE = {
    "secretary": ("何磊", "village_official", VILLAGE),
    "member": ("苟勇", "village_official", VILLAGE),
    "neighbour": ("蒲艳", "village_official", OTHER_VILLAGE),
    "reviewer": ("冯蓉", "township_reviewer", VILLAGE[:9]),
    "officer": ("周敏", "county_officer", COUNTY),
    "stranger": ("罗勇", "county_officer", "511922"),
    "supervisor": ("谢芳", "prefecture_supervisor", "5119"),
}
ROLES = {
    "secretary": ("first_secretary", VILLAGE),
    "member": ("team_member", VILLAGE),
    "neighbour": ("team_member", OTHER_VILLAGE),
}


@pytest.fixture
def people(pack: None, places: None) -> dict[str, Person]:
    """Seven people with their postings; three of them serve in villages."""
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
    load_organisations(actor=system, division=COUNTY, rows=[bureau()])
    rows = [
        DutyRow(
            PersonRow(made[name].name, organisation=BUREAU, account=made[name].pk),
            role, village, START,
        )
        for name, (role, village) in ROLES.items()
    ]  # fmt: skip
    load_duties(actor=system, division=COUNTY, rows=rows)
    bring_households()
    return made


@pytest.fixture
def office(people: dict[str, Person]) -> Callable[[str], Actor]:
    """The people as actors today."""
    return lambda name: actor_of(people[name])


@pytest.fixture
def duty(people: dict[str, Person]) -> Callable[[str], Duty]:
    """The duty of one of the three."""
    return lambda name: Duty.objects.get(cadre__account=people[name])
