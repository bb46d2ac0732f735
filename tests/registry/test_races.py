"""Two officers at once: one wins, the other is told, and nothing is written twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from bangfu.kernel.problems import Refused
from bangfu.registry.api import Household, HouseholdVersion, Member, commit_batch, reverse_batch
from registry.making import bring, check, household, officer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("places")]


def at_once(*works: Callable[[], object]) -> list[str]:
    """Start all together; for each `done` or the code of the refusal."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        try:
            start.wait()
            work()
        except Refused as refusal:
            return refusal.problems[0].code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def committing(batch_id: UUID) -> Callable[[], object]:
    actor = officer()
    return lambda: commit_batch(actor=actor, batch_id=batch_id)


def test_one_batch_committed_twice_at_once_is_written_once() -> None:
    batch = check(household("H1"))
    assert at_once(*(committing(batch.id) for _ in range(3))) == ["done"] * 3
    assert HouseholdVersion.objects.count() == 1
    assert Member.objects.count() == 1


def test_two_files_with_one_new_household_have_one_winner() -> None:
    batches = [check(household("H1", housing_grade=grade)) for grade in "AB"]
    works = [committing(batch.id) for batch in batches]
    assert at_once(*works) == ["done", "registry.register_changed"]
    assert Household.objects.count() == HouseholdVersion.objects.count() == 1


def test_two_files_that_change_one_household_have_one_winner() -> None:
    bring(household("H1"))
    batches = [check(household("H1", housing_grade=grade)) for grade in "CD"]
    works = [committing(batch.id) for batch in batches]
    assert at_once(*works) == ["done", "registry.register_changed"]
    assert HouseholdVersion.objects.count() == 2


def test_a_batch_is_taken_back_once() -> None:
    batch = bring(household("H1"))
    actor = officer()

    def take_back() -> None:
        reverse_batch(actor=actor, batch_id=batch.id, reason="错")

    assert at_once(take_back, take_back) == ["done", "registry.batch_not_committed"]
    assert HouseholdVersion.objects.filter(kind="reversed").count() == 1
