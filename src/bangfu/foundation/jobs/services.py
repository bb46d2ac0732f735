"""Asking for work: jobs, events, schedules. All of it in the caller's transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.actors import division_of_system
from bangfu.foundation.jobs.domain.attempts import JobState
from bangfu.foundation.jobs.kinds import kind_of
from bangfu.foundation.jobs.models import Job, OutboxEvent, Schedule

if TYPE_CHECKING:
    from datetime import datetime

    from bangfu.foundation.access.api import Actor

_KEPT: Final = timedelta(days=90)


def enqueue(
    *,
    actor: Actor,
    kind: str,
    payload: dict[str, Any],
    idempotency_key: str,
    run_after: datetime | None = None,
) -> Job:
    """Ask for a job; a second call with the same key answers the first one's job.

    Permission is the caller's to check: the job itself acts with the actor's rights of the day
    it runs.

    Args:
        actor: who asks; the job runs as them.
        kind: a registered kind.
        payload: ids and plain values that JSON can hold, nothing personal.
        idempotency_key: the same for the same wish.
        run_after: not before this moment.

    Raises:
        KindUnknown: when nobody registered the kind.
    """
    moment = now()
    job, _ = Job.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "kind": kind_of(kind).name,
            "payload": payload,
            "person_id": actor.person_id,
            "posting_id": actor.posting_id,
            "actor_name": actor.name,
            "purpose": actor.purpose,
            "division": division_of_system(actor),
            "created_at": moment,
            "run_after": run_after or moment,
        },
    )
    return job


def announce(event: str, payload: dict[str, Any]) -> None:
    """Say that something happened; it is said if, and only if, the transaction commits.

    Args:
        event: what happened, in the past tense: `registry.batch_committed`.
        payload: ids and plain values that JSON can hold, nothing personal.
    """
    OutboxEvent.objects.create(event=event, payload=payload, announced_at=now())


def ensure_schedule(
    name: str, kind: str, every_seconds: int, payload: dict[str, Any] | None = None
) -> None:
    """Have a job of `kind` made every so many seconds; calling it again changes the interval.

    Raises:
        KindUnknown: when nobody registered the kind.
        ValueError: when the interval is not positive.
    """
    if every_seconds < 1:
        raise ValueError(every_seconds)
    wanted = {
        "kind": kind_of(kind).name,
        "payload": payload or {},
        "every_seconds": every_seconds,
    }
    schedule, made = Schedule.objects.get_or_create(
        name=name, defaults={**wanted, "next_at": now()}
    )
    if not made and any(getattr(schedule, each) != wanted[each] for each in wanted):
        Schedule.objects.filter(name=name).update(**wanted)


def forget_old() -> int:
    """Delete what ended long ago: jobs done and events dispatched; answer how many rows.

    Failed jobs stay: somebody may still ask why.
    """
    before = now() - _KEPT
    jobs, _ = Job.objects.filter(state=JobState.DONE, finished_at__lt=before).delete()
    events, _ = OutboxEvent.objects.filter(dispatched_at__lt=before).delete()
    return jobs + events
