"""A visit at the house is a day of duty in the village; a telephone call is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.attendance.models import SignIn
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import today
from bangfu.teams.api import DutyRow, OrganisationRow, PersonRow, load_duties, load_organisations
from registry.making import VILLAGE

if TYPE_CHECKING:
    from cases.recognition_making import Walk


@pytest.fixture
def resident(walk: Walk) -> Walk:
    """The villager serves in the village's team."""
    actor, county = system_actor("tests"), VILLAGE[:6]
    load_organisations(
        actor=actor,
        division=county,
        rows=[OrganisationRow("水利局", "department", county, today())],
    )
    person = PersonRow("岳鹏", organisation="水利局", account=walk.people["villager"].pk)
    load_duties(
        actor=actor, division=county, rows=[DutyRow(person, "team_member", VILLAGE, today())]
    )
    return walk


def test_a_visit_at_the_house_is_a_day_of_duty(resident: Walk) -> None:
    resident.open()
    resident.visit()
    resident.visit()
    (row,) = SignIn.objects.all()
    assert (row.day, row.source, row.division) == (today(), SignIn.VISIT, VILLAGE)


def test_a_telephone_call_is_none(resident: Walk) -> None:
    resident.open()
    resident.visit(approach="phone")
    assert not SignIn.objects.exists()
