"""Claiming jobs and finishing them: one worker at a time, and only who holds the lease.

Every claim raises the job's token. Whatever a worker writes to its job names its token; a worker
that was taken for dead and overtaken holds an old one, and its writes touch no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.domain.attempts import LEASE, JobState, wait_after
from bangfu.foundation.jobs.locking import skipping_locked
from bangfu.foundation.jobs.models import Job
from bangfu.kernel.problems import Problem, as_document

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet


class LeaseLost(Exception):
    """Another worker has taken the job: stop, and leave everything to it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that a worker holds."""

    job_id: UUID
    token: int


def _due(moment: datetime) -> Q:
    waiting = Q(state=JobState.WAITING, run_after__lte=moment)
    return waiting | Q(state=JobState.RUNNING, lease_until__lt=moment)


def claim_job(worker: str) -> Claim | None:
    """Take the job that has waited longest, or one whose worker died; None when none is due.

    A job whose workers died as often as it may be tried is not taken but failed.
    """
    while Job.objects.filter(_due(now())).exists():
        with transaction.atomic():
            moment = now()
            rows = Job.objects.filter(_due(moment)).order_by("run_after", "id")
            job = skipping_locked(rows).first()
            if job is None:
                return None
            if job.attempts < job.most_attempts:
                return _take(job, worker, moment)
            _give_up(job, moment)
    return None


def _take(job: Job, worker: str, moment: datetime) -> Claim:
    job.state = JobState.RUNNING
    job.attempts += 1
    job.token += 1
    job.worker = worker
    job.started_at = moment
    job.lease_until = moment + LEASE
    job.save(update_fields=["state", "attempts", "token", "worker", "started_at", "lease_until"])
    return Claim(job.id, job.token)


def _give_up(job: Job, moment: datetime) -> None:
    died = Problem("jobs.worker_died", values={"attempts": str(job.attempts)})
    job.state = JobState.FAILED
    job.token += 1
    job.lease_until = None
    job.finished_at = moment
    job.problems = [as_document(died)]
    job.save(update_fields=["state", "token", "lease_until", "finished_at", "problems"])


def held(claim: Claim) -> QuerySet[Job]:
    """The claimed job's row while the claim holds; no row afterwards."""
    return Job.objects.filter(pk=claim.job_id, token=claim.token, state=JobState.RUNNING)


def renew_lease(claim: Claim, **progress: Any) -> None:
    """Say that the worker lives, and how far it is.

    Raises:
        LeaseLost: when another worker has the job.
    """
    if not held(claim).update(lease_until=now() + LEASE, **progress):
        raise LeaseLost(str(claim.job_id))


def finish_job(claim: Claim, result: dict[str, Any] | None) -> None:
    """Mark a job done.

    Raises:
        LeaseLost: when another worker has the job.
    """
    finished = held(claim).update(
        state=JobState.DONE, result=result, lease_until=None, finished_at=now(), problems=[]
    )
    if not finished:
        raise LeaseLost(str(claim.job_id))


def fail_job(claim: Claim, problems: tuple[Problem, ...]) -> None:
    """Mark a job failed for good.

    Raises:
        LeaseLost: when another worker has the job.
    """
    failed = held(claim).update(
        state=JobState.FAILED,
        lease_until=None,
        finished_at=now(),
        problems=[as_document(each) for each in problems],
    )
    if not failed:
        raise LeaseLost(str(claim.job_id))


def try_again_later(claim: Claim, attempts: int, problem: Problem) -> None:
    """Put a job back into the queue, after a wait that grows with its attempts.

    Raises:
        LeaseLost: when another worker has the job.
    """
    put_back = held(claim).update(
        state=JobState.WAITING,
        lease_until=None,
        run_after=now() + wait_after(attempts),
        problems=[as_document(problem)],
    )
    if not put_back:
        raise LeaseLost(str(claim.job_id))
