"""Jobs as their owners and operators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from bangfu.foundation.jobs.models import Job
from bangfu.foundation.jobs.permissions import OPERATE
from bangfu.kernel.problems import Problem, from_document

if TYPE_CHECKING:
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


def problems_of(job: Job) -> tuple[Problem, ...]:
    """Why a job failed, or why its last attempt did."""
    return tuple(from_document(each) for each in job.problems)
