"""What the demo makes up of places is marked, of its own county only, and loaded once."""

from __future__ import annotations

import pytest

from bangfu.config.demo_places import fill_places
from bangfu.places.api import tags_of
from bangfu.places.models import AreaTag, VillageRecord
from bangfu.places.queries.records import values_of
from places.making import DAY
from registry.making import COUNTY, OTHER_VILLAGE, VILLAGE, bring, household, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_the_demo_s_county_is_filled_once_and_marked() -> None:
    bring(
        household("H1", member("H1", "1"), member("H1", "2", relation="son")),
        household("H2", village_code=OTHER_VILLAGE),
    )
    tags, records = fill_places(COUNTY, DAY)
    assert (tags > 0, records) == (True, 6)
    assert fill_places(COUNTY, DAY) == (0, 0)
    assert all(AreaTag.objects.values_list("demo", flat=True))
    assert all(VillageRecord.objects.values_list("demo", flat=True))
    assert all(each.startswith(COUNTY) for each in AreaTag.objects.exclude(division="")
               .values_list("division", flat=True))  # fmt: skip
    assert {each.kind.code for each in tags_of(VILLAGE, DAY)} >= {"exited_county", "qinba"}
    latest = VillageRecord.objects.get(village_code=VILLAGE, record_year=2025)
    assert values_of(latest)["population_registered"] == 2
