"""The queue, the outbox and the schedules: rows, so that nothing is lost with a process."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id
from bangfu.foundation.jobs.domain.attempts import MOST_ATTEMPTS, JobState


class Job(models.Model):
    """A piece of work that outlives the process that asked for it.

    Payload, result and errors hold ids and counts, never personal values. Who asked is kept as
    references: the actor is made anew when the job runs, so a right taken away is gone by then.

    Attributes:
        token: rises with every claim; a worker that was overtaken holds an old one.
        lease_until: until when the worker that holds the job is taken for alive.
        problems: why it failed, as problems (`kernel.problems`) in JSON.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    idempotency_key = models.CharField(max_length=200, unique=True)
    person_id = models.UUIDField(null=True)
    posting_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200, blank=True)
    division = models.CharField(max_length=12, blank=True)
    state = models.CharField(
        max_length=8,
        choices=[(each.value, each.value) for each in JobState],
        default=JobState.WAITING.value,
    )
    created_at = models.DateTimeField()
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=MOST_ATTEMPTS)
    token = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stage = models.CharField(max_length=100, blank=True)
    result = models.JSONField(null=True)
    problems = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "run_after"], name="job_due"),
            models.Index(fields=["state", "lease_until"], name="job_leased"),
            models.Index(fields=["person_id", "-created_at"], name="job_of_person"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class OutboxEvent(models.Model):
    """An event that was announced in the transaction it tells of, until its jobs are made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    announced_at = models.DateTimeField()
    dispatched_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=models.Q(dispatched_at=None), name="event_to_dispatch"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.event} {self.id}"


class Schedule(models.Model):
    """A job that is wanted again and again."""

    name = models.CharField(max_length=100, primary_key=True)
    kind = models.CharField(max_length=100)
    payload = models.JSONField(default=dict)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"{self.name} every {self.every_seconds} s"
