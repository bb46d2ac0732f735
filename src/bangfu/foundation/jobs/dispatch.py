"""Events into jobs, schedules into jobs: once each, whoever dies in between."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.kinds import subscribers_of
from bangfu.foundation.jobs.locking import skipping_locked
from bangfu.foundation.jobs.models import OutboxEvent, Schedule
from bangfu.foundation.jobs.services import enqueue

if TYPE_CHECKING:
    from datetime import datetime

_AT_ONCE: Final = 100


def dispatch_events() -> int:
    """Make one job for every subscriber of every event announced; answer how many events.

    The jobs and the mark "dispatched" commit together, and a job's key names event and
    subscriber: neither two dispatchers nor a death half-way make a second job.
    """
    if not OutboxEvent.objects.filter(dispatched_at=None).exists():
        return 0
    with transaction.atomic():
        waiting = OutboxEvent.objects.filter(dispatched_at=None).order_by("id")
        events = list(skipping_locked(waiting)[:_AT_ONCE])
        for event in events:
            for name in subscribers_of(event.event):
                enqueue(
                    actor=system_actor(name.partition(".")[0]),
                    kind=name,
                    payload=event.payload,
                    idempotency_key=f"event:{event.id}:{name}",
                )
        ids = [event.id for event in events]
        OutboxEvent.objects.filter(id__in=ids).update(dispatched_at=now())
    return len(events)


def dispatch_schedules() -> int:
    """Make the jobs whose time has come; answer how many. Missed times are not made up for."""
    if not Schedule.objects.filter(next_at__lte=now()).exists():
        return 0
    with transaction.atomic():
        moment = now()
        due = list(skipping_locked(Schedule.objects.filter(next_at__lte=moment).order_by("name")))
        for schedule in due:
            enqueue(
                actor=system_actor(schedule.kind.partition(".")[0]),
                kind=schedule.kind,
                payload=schedule.payload,
                idempotency_key=f"schedule:{schedule.name}:{schedule.next_at.isoformat()}",
            )
            schedule.next_at = _next(schedule, moment)
            schedule.save(update_fields=["next_at"])
    return len(due)


def _next(schedule: Schedule, moment: datetime) -> datetime:
    """The first time after `moment` in the schedule's own steps."""
    step = timedelta(seconds=schedule.every_seconds)
    missed = (moment - schedule.next_at) // step
    return schedule.next_at + step * (missed + 1)
