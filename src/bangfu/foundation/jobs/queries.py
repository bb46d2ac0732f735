"""Jobs as their owners and operators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from bangfu.foundation.jobs.domain.attempts import JobState
from bangfu.foundation.jobs.models import Job
from bangfu.foundation.jobs.permissions import OPERATE
from bangfu.kernel.problems import Problem, from_document

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor


def _visible(actor: Actor) -> Q:
    """A person's own jobs; everything for who operates the system."""
    if actor.holds(OPERATE):
        return Q()
    if actor.person_id is None:
        return Q(pk__in=())
    return Q(person_id=actor.person_id)


def list_jobs(actor: Actor, kind: str = "") -> QuerySet[Job]:
    """The actor's jobs, the newest first; with `kind`, only those."""
    jobs = Job.objects.filter(_visible(actor)).order_by("-created_at", "-id")
    return jobs.filter(kind=kind) if kind else jobs


def find_job(actor: Actor, job_id: UUID) -> Job | None:
    """One of the actor's jobs, or None."""
    return list_jobs(actor).filter(pk=job_id).first()


def list_waiting(kinds: Collection[str]) -> list[dict[str, Any]]:
    """The payloads of jobs of some kinds that wait and were never tried.

    A job that is to bring something up to date leaves it to one that waits behind it: that one
    runs later and sees all that this one would see.
    """
    waiting = Job.objects.filter(kind__in=kinds, state=JobState.WAITING.value, attempts=0)
    return list(waiting.values_list("payload", flat=True))


def problems_of(job: Job) -> tuple[Problem, ...]:
    """Why a job failed, or why its last attempt did."""
    return tuple(from_document(each) for each in job.problems)
