"""A household from being asked about to being recognised, and everything that may stand between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.cases.models import Case
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household
from cases.recognition_making import DECIDED, MONDAY, Walk, days_later

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def walk(recognition_people: Walk) -> Iterator[Walk]:
    """Monday 2026-11-02, a village with two households, and everybody who has a say."""
    with using_clock(FixedClock(MONDAY)):
        yield recognition_people


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The codes of a refusal."""
    return [problem.code for problem in refused.value.problems]


def test_a_household_is_recognised_step_by_step_and_the_register_says_so(walk: Walk) -> None:
    walk.to("recognised")
    case, household = walk.seen(), Household.objects.get(household_number="H1")
    assert (case.open, case.decided_on, case.category) == (False, DECIDED, "prevention")
    assert household.monitoring_category == "prevention"
    assert (household.risk_1, household.risk_2, household.risk_3) == ("illness", "labour", "")
    assert (household.risk_identified_month, household.data_date) == (202611, DECIDED)
    assert (household.found_uninsured, household.found_unsafe_housing) == (True, False)
    moves = [(each.move, each.by_name) for each in case.matter.moves.order_by("number")]
    assert moves == [
        ("open", "岳鹏"),
        ("check", "岳鹏"),
        ("compare", "周敏"),
        ("review", "岳鹏"),
        ("post_notice", "岳鹏"),
        ("pass_notice", "岳鹏"),
        ("endorse", "冯蓉"),
        ("approve", "何建国"),
        ("announce", "冯蓉"),
    ]
    assert Case.objects.get(kind="monitoring").parent == case
