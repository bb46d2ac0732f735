"""Counting by place: where households are registered and where they live are two questions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.audit.api import AuditEvent
from bangfu.registry.api import By, Tally, count_households, tally_places
from registry.making import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, bring, household, member
from registry.making import officer as by_rows

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
TOWNSHIP = VILLAGE[:9]


@pytest.fixture
def register(places: None) -> None:
    """Two villages: one household stays, one lives next door, one far away, one nobody knows."""
    bring(
        household("H1", member("H1", "1"), member("H1", "2", relation="son"), living_code=VILLAGE),
        household("H2", living_code=OTHER_VILLAGE, monitoring_category="prevention"),
        household("H3", living_code=FAR_VILLAGE),
        household("H4", village_code=OTHER_VILLAGE),
    )


@pytest.mark.usefixtures("register")
def test_by_registration_every_household_has_its_village() -> None:
    found = tally_places(by_rows(), TOWNSHIP)
    assert found.below == {VILLAGE: Tally(3, 4, 1), OTHER_VILLAGE: Tally(1, 1, 0)}
    assert (found.coarse, found.unknown, found.elsewhere) == (Tally(), Tally(), Tally())
    (below,) = count_households(by_rows(), COUNTY)
    assert (below.households, below.members) == (found.total.households, found.total.members)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("place", [COUNTY, TOWNSHIP])
def test_by_living_who_lives_elsewhere_or_nobody_knows_where_stands_apart(place: str) -> None:
    found = tally_places(by_rows(), place, by=By.LIVING)
    assert found.total == Tally(2, 3, 1)
    assert found.elsewhere == Tally(1, 1, 0)
    assert found.unknown == Tally(1, 1, 0)


@pytest.mark.usefixtures("register")
def test_who_lives_next_door_counts_there_and_the_villages_add_up() -> None:
    township = tally_places(by_rows(), TOWNSHIP, by=By.LIVING)
    villages = [tally_places(by_rows(), each, by=By.LIVING) for each in (VILLAGE, OTHER_VILLAGE)]
    assert [each.total for each in villages] == [
        township.below[each] for each in (VILLAGE, OTHER_VILLAGE)
    ]
    assert sum((each.total for each in villages), Tally()) == township.total
    assert sum((each.unknown for each in villages), Tally()) == township.unknown


@pytest.mark.usefixtures("register")
def test_only_who_is_registered_in_the_scope_is_counted() -> None:
    neighbour = by_rows(OTHER_VILLAGE)
    assert tally_places(neighbour, OTHER_VILLAGE).total == Tally(1, 1, 0)
    assert tally_places(neighbour, OTHER_VILLAGE, by=By.LIVING).total == Tally()


@pytest.mark.parametrize("by", list(By))
def test_a_past_day_counts_what_held_then(by: By) -> None:
    first, later = date(2026, 10, 1), date(2026, 11, 1)
    bring(household("H1", living_code=VILLAGE), day=first)
    moved = household(
        "H1",
        living_code=OTHER_VILLAGE,
        village_code=OTHER_VILLAGE,
        monitoring_category="prevention",
    )
    bring(moved, household("H2", living_code=VILLAGE), day=later)
    assert tally_places(by_rows(), TOWNSHIP, by=by).below == {
        VILLAGE: Tally(1, 1, 0),
        OTHER_VILLAGE: Tally(1, 1, 1),
    }
    assert tally_places(by_rows(), TOWNSHIP, by=by, on=first).below == {VILLAGE: Tally(1, 1, 0)}


@pytest.mark.usefixtures("register")
def test_a_count_is_three_statements_and_one_row_of_the_audit_without_ids(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(4):
        tally_places(by_rows(), COUNTY, by=By.LIVING)
    row = AuditEvent.objects.get(kind="counted", division=COUNTY)
    assert row.subject_ids in ("", "[]")
