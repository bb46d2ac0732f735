"""Jobs from asking to done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.jobs.api import (
    JobState,
    announce,
    enqueue,
    job_kind,
    list_jobs,
    run_worker,
    subscribe,
)

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

seen: list[Any] = []


@job_kind("trial.add")
def add(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    context.progress(1, 2, "adding")
    return {"sum": payload["a"] + payload["b"]}


@subscribe("trial.happened", name="trial.after")
def after(context: JobContext, payload: dict[str, Any]) -> None:
    seen.append((context.actor.name, payload))


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_once_and_keeps_its_result() -> None:
    actor = system_actor("trial")
    first = enqueue(actor=actor, kind="trial.add", payload={"a": 1, "b": 2}, idempotency_key="k")
    again = enqueue(actor=actor, kind="trial.add", payload={"a": 9, "b": 9}, idempotency_key="k")
    assert again.id == first.id
    run_worker(once=True)
    first.refresh_from_db()
    assert (first.state, first.result, first.attempts) == (JobState.DONE, {"sum": 3}, 1)
    assert (first.done, first.total, first.stage) == (1, 2, "adding")


@pytest.mark.django_db(transaction=True)
def test_an_event_reaches_each_subscriber_once() -> None:
    seen.clear()
    announce("trial.happened", {"batch": "b1"})
    run_worker(once=True)
    run_worker(once=True)
    assert seen == [("trial", {"batch": "b1"})]
    assert list_jobs(system_actor("any"), "trial.after").count() == 1
