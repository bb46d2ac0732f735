"""Jobs from asking to done, in one process under a clock that is set by hand."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connections, transaction

from bangfu.foundation.access.api import AccessRefused, Actor, system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.foundation.jobs import running, worker
from bangfu.foundation.jobs.api import (
    LEASE,
    Job,
    JobState,
    KindTaken,
    KindUnknown,
    LeaseLost,
    announce,
    enqueue,
    ensure_schedule,
    find_job,
    job_kind,
    list_jobs,
    problems_of,
    run_in_foreground,
    run_worker,
    subscribe,
)
from bangfu.foundation.jobs.dispatch import dispatch_events
from bangfu.foundation.jobs.heartbeat import Heartbeat
from bangfu.foundation.jobs.leases import claim_job, fail_job, finish_job, renew_lease
from bangfu.foundation.jobs.locking import one_writer_only
from bangfu.foundation.jobs.models import OutboxEvent, Schedule
from bangfu.foundation.jobs.services import forget_old
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.jobs.api import JobContext

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 1, 5, 1, tzinfo=UTC)
SYSTEM = system_actor("trial", "511921")
PERSONAL = "519900199001010010"
seen: list[Any] = []


@pytest.fixture(autouse=True)
def at_start() -> Iterator[None]:
    seen.clear()
    with using_clock(FixedClock(START)):
        yield


def later(seconds: float) -> Any:
    return using_clock(FixedClock(START + timedelta(seconds=seconds)))


def ask(kind: str, key: str = "key", **payload: Any) -> Job:
    return enqueue(actor=SYSTEM, kind=kind, payload=payload, idempotency_key=key)


@job_kind("trial.add")
def add(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    context.progress(1, 2, "adding")
    seen.append(payload)
    return {"sum": payload["a"] + payload["b"]}


@job_kind("trial.whole", in_transaction=True)
def add_whole(_: JobContext, payload: dict[str, Any]) -> None:
    announce("trial.effect", {})
    if payload.get("break"):
        raise RuntimeError(PERSONAL)


@job_kind("trial.refused")
def refuse(_: JobContext, __: dict[str, Any]) -> None:
    raise Refused(Problem("importing.empty_file"), Problem("importing.macros"))


@job_kind("trial.who")
def tell_who(context: JobContext, _: dict[str, Any]) -> dict[str, Any]:
    context.actor.check("system.operate", "511921")
    return {"person": str(context.actor.person_id), "name": context.actor.name}


@subscribe("trial.happened", name="trial.after")
def after(context: JobContext, payload: dict[str, Any]) -> None:
    seen.append((context.actor.name, payload))


@subscribe("trial.happened", name="trial.after_too")
def after_too(_: JobContext, payload: dict[str, Any]) -> None:
    seen.append(("too", payload))


def test_a_job_runs_once_and_keeps_its_result() -> None:
    job = ask("trial.add", a=1, b=2)
    assert run_worker(once=True) >= 1
    run_worker(once=True)
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"sum": 3}, 1)
    assert (job.done, job.total, job.stage, job.lease_until) == (1, 2, "adding", None)
    assert seen == [{"a": 1, "b": 2}]


def test_the_same_wish_is_one_job() -> None:
    first = ask("trial.add", a=1, b=2)
    again = ask("trial.add", a=9, b=9)
    assert (again.id, again.payload) == (first.id, {"a": 1, "b": 2})


def test_a_job_of_an_unknown_kind_is_not_taken_in() -> None:
    with pytest.raises(KindUnknown):
        ask("trial.nothing")


def test_a_job_waits_for_its_time() -> None:
    enqueue(
        actor=SYSTEM,
        kind="trial.add",
        payload={"a": 1, "b": 1},
        idempotency_key="k",
        run_after=START + timedelta(seconds=30),
    )
    run_worker(once=True)
    assert seen == []
    with later(30):
        run_worker(once=True)
    assert len(seen) == 1


def test_a_refusal_fails_a_job_at_once_with_its_reasons() -> None:
    job = ask("trial.refused")
    run_worker(once=True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert [each.code for each in problems_of(job)] == ["importing.empty_file", "importing.macros"]


def test_a_broken_job_is_tried_again_after_growing_waits_up_to_the_cap(
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = ask("trial.whole", **{"break": True})
    elapsed, waits = 0.0, []
    with caplog.at_level(logging.ERROR):
        while True:
            with later(elapsed):
                run_worker(once=True)
            job.refresh_from_db()
            if job.state == JobState.FAILED:
                break
            wait = (job.run_after - START).total_seconds() - elapsed
            waits.append(wait)
            with later(elapsed + wait - 1):
                run_worker(once=True)
            elapsed += wait
    assert waits == [10, 20, 40, 80]
    assert job.attempts == job.most_attempts == 5
    assert [each.code for each in problems_of(job)] == ["jobs.broke"]
    assert all("RuntimeError" in " ".join(sentence_of(each)) for each in problems_of(job))
    assert not OutboxEvent.objects.filter(event="trial.effect").exists()
    assert "test_running.py" in caplog.text
    assert PERSONAL not in caplog.text


def test_a_claimed_job_is_left_alone_until_its_lease_ends() -> None:
    ask("trial.add", a=1, b=2)
    assert claim_job("first") is not None
    with later(LEASE.total_seconds()):
        assert claim_job("second") is None
    with later(LEASE.total_seconds() + 0.001):
        assert claim_job("second") is not None


def test_a_heartbeat_keeps_the_lease() -> None:
    ask("trial.add", a=1, b=2)
    claim = claim_job("first")
    assert claim
    with later(50):
        renew_lease(claim)
    with later(100):
        assert claim_job("second") is None


def test_progress_in_a_transaction_renews_the_lease_where_the_heartbeat_cannot() -> None:
    job = ask("trial.add", a=1, b=2)
    claim = claim_job("first")
    assert claim
    with later(50), Heartbeat(claim) as heart, transaction.atomic():
        heart.progress(1, 1, "writing")
    job.refresh_from_db()
    renewed = 50 if one_writer_only() else 0
    assert job.lease_until == START + LEASE + timedelta(seconds=renewed)


def test_a_worker_that_was_overtaken_can_change_nothing() -> None:
    job = ask("trial.add", a=1, b=2)
    old = claim_job("first")
    with later(61):
        new = claim_job("second")
        assert old
        assert new
        for write in (
            lambda: finish_job(old, {"by": "old"}),
            lambda: fail_job(old, ()),
            lambda: renew_lease(old, done=5),
        ):
            with pytest.raises(LeaseLost):
                write()
        with Heartbeat(old) as heart, pytest.raises(LeaseLost):
            heart.progress(1, 1, "old")
        finish_job(new, {"by": "new"})
    job.refresh_from_db()
    assert (job.state, job.result, job.done, job.worker) == (
        JobState.DONE,
        {"by": "new"},
        0,
        "second",
    )


def test_an_overtaken_worker_leaves_the_job_to_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    job = ask("trial.add", a=1, b=2)
    claim = claim_job("first")
    with later(61):
        assert claim_job("second")
    assert claim
    running.run_claimed(claim)
    job.refresh_from_db()
    assert (job.state, job.worker, job.token) == (JobState.RUNNING, "second", 2)


def test_a_job_that_kills_its_workers_is_given_up_at_the_cap() -> None:
    job = ask("trial.add", a=1, b=2)
    for number in range(job.most_attempts):
        with later(61 * number):
            assert claim_job("doomed")
    with later(61 * job.most_attempts):
        run_worker(once=True)
    job.refresh_from_db()
    assert (job.state, seen) == (JobState.FAILED, [])
    assert [each.code for each in problems_of(job)] == ["jobs.worker_died"]


def test_a_finished_job_is_never_claimed_again() -> None:
    ask("trial.add", a=1, b=2)
    run_worker(once=True)
    with later(10_000):
        assert claim_job("late") is None


def test_many_workers_at_once_run_every_job_once() -> None:
    for number in range(40):
        ask("trial.add", key=str(number), a=number, b=0)
    together = Barrier(4)

    def work() -> None:
        try:
            with using_clock(FixedClock(START)):
                together.wait()
                run_worker(once=True)
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sorted(each["a"] for each in seen) == list(range(40))
    states = Job.objects.filter(kind="trial.add").values_list("state", "attempts")
    assert set(states) == {(JobState.DONE.value, 1)}


def test_an_event_makes_one_job_for_each_subscriber() -> None:
    announce("trial.happened", {"batch": "b1"})
    run_worker(once=True)
    assert dispatch_events() == 0
    OutboxEvent.objects.update(dispatched_at=None)
    run_worker(once=True)
    assert sorted(seen) == [("too", {"batch": "b1"}), ("trial", {"batch": "b1"})]


def test_an_event_of_a_transaction_that_was_rolled_back_never_happened() -> None:
    with transaction.atomic():
        announce("trial.happened", {})
        transaction.set_rollback(True)
    run_worker(once=True)
    assert seen == []


def test_a_schedule_makes_a_job_each_time_and_catches_up_with_one() -> None:
    ensure_schedule("trial.often", "trial.add", 60, {"a": 1, "b": 1})
    ensure_schedule("trial.often", "trial.add", 60, {"a": 1, "b": 1})
    for seconds in (0, 1, 59, 60, 61, 600, 659):
        with later(seconds):
            run_worker(once=True)
    assert len(seen) == 3
    assert Schedule.objects.get(name="trial.often").next_at == START + timedelta(seconds=660)


def test_asking_for_a_schedule_again_changes_its_interval() -> None:
    ensure_schedule("trial.often", "trial.add", 60)
    ensure_schedule("trial.often", "trial.add", 30)
    assert Schedule.objects.get(name="trial.often").every_seconds == 30
    with pytest.raises(ValueError, match="0"):
        ensure_schedule("trial.often", "trial.add", 0)


def test_a_job_in_the_foreground_leaves_no_row_and_lets_errors_through() -> None:
    said: list[Any] = []
    result = run_in_foreground("trial.add", {"a": 1, "b": 2}, SYSTEM, lambda *far: said.append(far))
    assert (result, said, Job.objects.count()) == ({"sum": 3}, [(1, 2, "adding")], 0)
    with pytest.raises(Refused):
        run_in_foreground("trial.refused", {}, SYSTEM, lambda *_: None)
    with pytest.raises(RuntimeError):
        run_in_foreground("trial.whole", {"break": 1}, SYSTEM, lambda *_: None)
    assert OutboxEvent.objects.count() == 0


def a_person(name: str) -> Actor:
    person = Person.objects.create(username=name, name=name)
    return Actor(person_id=person.id, posting_id=None, name=name)


def test_a_job_runs_with_the_rights_of_the_day_it_runs() -> None:
    """Whoever asked held the right then; the job asks again, and it is gone."""
    actor = a_person("former")
    job = enqueue(actor=actor, kind="trial.who", payload={}, idempotency_key="k")
    run_worker(once=True)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert [each.code for each in problems_of(job)] == [AccessRefused("a.b", "").problems[0].code]


def test_a_job_of_the_system_runs_as_that_part_of_the_system() -> None:
    job = ask("trial.who")
    run_worker(once=True)
    job.refresh_from_db()
    assert job.result == {"person": "None", "name": "trial"}


def test_a_job_of_somebody_who_is_gone_fails() -> None:
    gone = Actor(person_id=new_id(), posting_id=None, name="gone")
    job = enqueue(actor=gone, kind="trial.who", payload={}, idempotency_key="k")
    run_worker(once=True)
    job.refresh_from_db()
    assert [each.code for each in problems_of(job)] == ["jobs.person_gone"]


def test_people_see_their_own_jobs_and_operators_all() -> None:
    one, other = a_person("one"), a_person("other")
    mine = enqueue(actor=one, kind="trial.add", payload={"a": 1, "b": 1}, idempotency_key="1")
    theirs = enqueue(actor=other, kind="trial.add", payload={"a": 1, "b": 1}, idempotency_key="2")
    assert list(list_jobs(one)) == [mine]
    assert find_job(one, theirs.id) is None
    assert find_job(one, mine.id) == mine
    assert set(list_jobs(SYSTEM)) == {mine, theirs}
    visitor = Actor(person_id=None, posting_id=None, name="visitor")
    assert list(list_jobs(visitor)) == []


def test_what_ended_long_ago_is_forgotten_and_failures_are_kept() -> None:
    done, failed = ask("trial.add", "1", a=1, b=2), ask("trial.refused", "2")
    announce("trial.heard_by_nobody", {})
    run_worker(once=True)
    announce("trial.not_yet_dispatched", {})
    with later(90 * 86_400 + 1):
        assert forget_old() >= 2
    assert not Job.objects.filter(pk=done.pk).exists()
    assert Job.objects.filter(pk=failed.pk).exists()
    assert [each.event for each in OutboxEvent.objects.all()] == ["trial.not_yet_dispatched"]


def test_kinds_that_run_by_themselves_get_their_schedule_from_the_worker() -> None:
    run_worker(once=True)
    assert Schedule.objects.get(name="jobs.forget_old").every_seconds == 86_400
    assert Job.objects.get(kind="jobs.forget_old").state == JobState.DONE


def test_a_worker_outlives_a_database_that_does_not_answer_for_a_while(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, answers = Event(), iter([OperationalError("519900"), None, False])

    def work(_: str, *, schedules: bool) -> bool:
        answer = next(answers)
        if answer is None:
            stop.set()
        elif isinstance(answer, Exception):
            raise answer
        return False

    monkeypatch.setattr(worker, "_work_once", work)
    monkeypatch.setattr(worker, "_IDLE_SECONDS", 0)
    assert run_worker(stop) == 0
    assert "OperationalError" in caplog.text
    assert "519900" not in caplog.text


def test_two_functions_cannot_have_one_name() -> None:
    with pytest.raises(KindTaken):
        job_kind("trial.add")(refuse)


def test_a_worker_may_leave_alone_what_comes_round_by_itself() -> None:
    run_worker(once=True, schedules=False)
    assert not Schedule.objects.exists()
    run_worker(once=True)
    assert Schedule.objects.exists()
