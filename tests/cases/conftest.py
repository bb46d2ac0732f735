"""A screened small county, and the people who work on its clues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bangfu.cases.api import Clue, open_clues
from bangfu.foundation.access.api import actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import Person, create_person
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.screening.api import Finding, run_screening
from cases.recognition_making import MONDAY, Walk
from registry.adjusting_making import family
from registry.conftest import places
from registry.making import bring, household, member
from screening.conftest import county, demo_home, on_friday, pack
from screening.register import OTHER_VILLAGE, VILLAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.models import Household

__all__ = ["county", "demo_home", "on_friday", "pack", "places"]

COUNTY = "511921"
PEOPLE = {
    "officer": ("周敏", "county_officer", COUNTY),
    "other_officer": ("何建国", "county_officer", COUNTY),
    "reviewer": ("冯蓉", "township_reviewer", VILLAGE[:9]),
    "villager": ("岳鹏", "village_official", VILLAGE),
    "neighbour": ("蒲艳", "village_official", OTHER_VILLAGE),
    "stranger": ("罗勇", "county_officer", "511922"),
}


@dataclass(frozen=True, slots=True)
class Office:
    """The people, as rows and as actors."""

    people: dict[str, Person]

    def __call__(self, name: str) -> Actor:
        """The person as an actor today."""
        return actor_of(self.people[name])


@pytest.fixture
def office(pack: None, on_friday: None) -> Office:
    """Six people with their postings."""
    system = system_actor("tests")
    people = {}
    for name, (full_name, role, division) in PEOPLE.items():
        person = create_person(
            actor=system, username=name, name=full_name, password="niulan-shan-9"
        )
        grant_posting(
            actor=system,
            person=person,
            organisation="通江县",
            title=role,
            role=role,
            divisions=[division],
        )
        people[name] = person
    return Office(people)


@pytest.fixture
def clues(county: dict[str, Household], office: Office) -> dict[str, Clue]:
    """The county's six clues, by what is the matter with the household."""
    run_screening(actor=office("officer"), division=COUNTY)
    ids = Finding.objects.values_list("pk", flat=True)
    open_clues(actor=system_actor("screening"), finding_ids=list(ids))
    names = {household.pk: name for name, household in county.items()}
    return {names[clue.household_id]: clue for clue in Clue.objects.select_related("matter")}


RECOGNISING = {
    "villager": ("岳鹏", "village_official", VILLAGE),
    "team": ("蒲艳", "village_official", VILLAGE),
    "neighbour": ("苟云", "village_official", OTHER_VILLAGE),
    "reviewer": ("冯蓉", "township_reviewer", VILLAGE[:9]),
    "other_reviewer": ("向明", "township_reviewer", VILLAGE[:9]),
    "officer": ("周敏", "county_officer", COUNTY),
    "approver": ("何建国", "county_approver", COUNTY),
    "stranger": ("罗勇", "county_approver", "511922"),
}


@pytest.fixture
def recognition_people(pack: None, places: None) -> Walk:
    """Eight people with their postings, and three households of one village."""
    system = system_actor("tests")
    people = {}
    with using_clock(FixedClock(datetime(2025, 12, 1, 2, 0, tzinfo=UTC))):
        for name, (full_name, role, division) in RECOGNISING.items():
            people[name] = create_person(
                actor=system, username=name, name=full_name, password="niulan-shan-9"
            )
            grant_posting(
                actor=system,
                person=people[name],
                organisation="通江县",
                title=role,
                role=role,
                divisions=[division],
            )
        bring(
            household("H1", *family(), income_year=2025),
            household("H2", member("H2", "1", name="李春秀"), income_year=2025),
            household(
                "H3", member("H3", "1", name="王秀"), household_type="ordinary", income_year=2025
            ),
            day=date(2025, 12, 1),
        )
    return Walk(people)


@pytest.fixture
def walk(recognition_people: Walk) -> Iterator[Walk]:
    """Monday 2026-11-02, a village with three households, and everybody who has a say."""
    with using_clock(FixedClock(MONDAY)):
        yield recognition_people


@pytest.fixture
def in_2025(walk: Walk) -> Iterator[None]:
    """Monday 2025-12-22: the last days of the transition period, in the same village."""
    with using_clock(FixedClock(datetime(2025, 12, 22, 2, 0, tzinfo=UTC))):
        yield
