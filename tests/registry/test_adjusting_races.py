"""Two officers change one household at once: one wins, and nothing is lost or doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.registry.domain.adjusting import Correct, Correction, Leave
from bangfu.registry.models import Household, HouseholdVersion
from registry.adjusting_making import family, make, newborn, seen
from registry.making import bring, household
from registry.test_races import at_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.registry.domain.adjusting import Change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("places")]


def making(change: Change) -> Callable[[], object]:
    asked = seen("H1")
    return lambda: make(change, expected=asked)


def test_one_value_changed_twice_at_once_has_one_winner() -> None:
    bring(household("H1", *family()))
    grades = [
        Correct("H1", (Correction("household", "", "housing_grade", "B", each),)) for each in "CD"
    ]
    assert at_once(*map(making, grades)) == ["done", "registry.changed_since_asked"]
    assert HouseholdVersion.objects.count() == 2


def test_changes_that_do_not_meet_are_both_made() -> None:
    bring(household("H1", *family()))
    leaving = Leave("H1", "H1-2", "died")
    assert at_once(making(newborn()), making(leaving)) == ["done", "done"]
    one = Household.objects.get()
    assert one.size == one.members.filter(active=True).count() == 4
    assert HouseholdVersion.objects.count() == 3
