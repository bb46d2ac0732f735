"""Screening as work of the queue: asked for, and after the register has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.jobs.api import announce, enqueue, run_in_foreground, run_worker
from bangfu.foundation.jobs.models import Job
from bangfu.registry.models import Household
from bangfu.screening.api import RUN_SCREENING, Finding, Run
from screening.people import COUNTY, officer

County = dict[str, Household]

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor


def told(actor: Actor) -> list[tuple[int, int, str]]:
    """What a run in the foreground tells."""
    found: list[tuple[int, int, str]] = []
    payload = {"division": COUNTY, "as_of": "2026-11-20", "overrides": {}}
    run_in_foreground(
        RUN_SCREENING, payload, actor, lambda done, total, stage: found.append((done, total, stage))
    )
    return found


def test_a_run_tells_how_far_it_is(county: County) -> None:
    stages = told(officer("county_officer", COUNTY))
    assert stages == [
        (0, 3, "snapshot"),
        (1, 3, "judging"),
        (2, 3, "evidence"),
        (3, 3, "done"),
    ]
    assert Run.objects.get().new == 6


def test_the_queue_does_not_lend_rights(county: County) -> None:
    with pytest.raises(AccessRefused):
        told(officer("county_officer", "511922"))


@pytest.mark.django_db(transaction=True)
def test_a_changed_register_is_screened_again_and_an_unchanged_one_is_not(county: County) -> None:
    for expected in (1, 0):
        before = Run.objects.count()
        announce("registry.batch_committed", {"batch": "x", "counties": [COUNTY]})
        run_worker(once=True)
        assert Run.objects.count() - before == expected
    Household.objects.filter(pk=county["fine"].pk).update(housing_grade="C")
    announce("registry.batch_reversed", {"batch": "x", "counties": [COUNTY]})
    run_worker(once=True)
    assert Run.objects.count() == 2
    assert Finding.objects.filter(household=county["fine"]).count() == 1
    jobs = Job.objects.filter(kind__startswith="screening.after")
    assert {job.state for job in jobs} == {"done"}
    assert {len(job.result["runs"]) for job in jobs} == {0, 1}


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_run_twice_finds_nothing_new(county: County) -> None:
    payload = {"division": COUNTY}
    for key in ("one", "two"):
        enqueue(
            actor=officer("county_officer", COUNTY),
            kind=RUN_SCREENING,
            payload=payload,
            idempotency_key=key,
        )
    Job.objects.update(person_id=None, posting_id=None, actor_name="screening", division=COUNTY)
    run_worker(once=True)
    assert sorted(Run.objects.values_list("new", flat=True)) == [0, 6]
    assert Finding.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_of_several_changes_in_a_row_the_last_has_the_county_judged(county: County) -> None:
    for _ in range(3):
        announce("registry.batch_committed", {"batch": "", "counties": [COUNTY]})
    run_worker(once=True)
    jobs = Job.objects.filter(kind="screening.after_import").order_by("id")
    assert [len(each.result["runs"]) for each in jobs] == [0, 0, 1]
