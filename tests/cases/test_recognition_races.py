"""Two people at one moment: numbers stay unique, a household gets one case, one decision holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.models import Case
from bangfu.cases.services.case_opening import open_case
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.registry.models import Household
from cases.recognition_making import MONDAY
from registry.making import COUNTY, bring, household, member

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from cases.recognition_making import Walk

HOMES = 20


@pytest.fixture
def homes(recognition_people: Walk) -> list[UUID]:
    """Twenty more households of the village."""
    numbers = [f"R{each}" for each in range(HOMES)]
    with using_clock(FixedClock(MONDAY)):
        bring(*(household(each, member(each, "1", name="李四")) for each in numbers))
    rows = Household.objects.filter(household_number__in=numbers).order_by("household_number")
    return list(rows.values_list("pk", flat=True))


def together(*acts: Callable[[Barrier], list[str]]) -> list[list[str]]:
    """What each side met, all sides starting every round at one moment."""
    start = Barrier(len(acts), timeout=60)

    def side(act: Callable[[Barrier], list[str]]) -> list[str]:
        try:
            with using_clock(FixedClock(MONDAY)):
                return act(start)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(side, act) for act in acts]]


def opening(rows: list[UUID]) -> Callable[[Barrier], list[str]]:
    """Open one recognition after the other; the numbers given, or why not."""

    def act(start: Barrier) -> list[str]:
        found = []
        for each in rows:
            start.wait()
            try:
                case = open_case(
                    actor=system_actor("tests", COUNTY),
                    kind=CaseKind.RECOGNITION,
                    household_id=each,
                )
            except Refused as refused:
                found.append(refused.problems[0].code)
            else:
                found.append(case.number)
        return found

    return act


@pytest.mark.django_db(transaction=True)
def test_cases_opened_at_one_moment_get_numbers_of_their_own(homes: list[UUID]) -> None:
    half = HOMES // 2
    first, second = together(opening(homes[:half]), opening(homes[half:]))
    expected = [f"SB-2026-511921-{each:04}" for each in range(1, HOMES + 1)]
    assert sorted([*first, *second]) == expected


@pytest.mark.django_db(transaction=True)
def test_a_household_gets_one_case_however_many_ask(homes: list[UUID]) -> None:
    first, second = together(opening(homes), opening(homes))
    for mine, theirs in zip(first, second, strict=True):
        assert sorted([mine.split("-")[0], theirs.split("-")[0]]) == [
            "SB",
            "cases.case_open_already",
        ]
    assert Case.objects.count() == HOMES
