"""Running a claimed job: as whom, under which lease, and what becomes of it."""

from __future__ import annotations

import logging
import traceback
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.jobs.actors import actor_of_job
from bangfu.foundation.jobs.context import JobContext
from bangfu.foundation.jobs.heartbeat import Heartbeat
from bangfu.foundation.jobs.kinds import kind_of
from bangfu.foundation.jobs.leases import (
    LeaseLost,
    fail_job,
    finish_job,
    renew_lease,
    try_again_later,
)
from bangfu.foundation.jobs.models import Job
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.jobs.leases import Claim

_log: Final = logging.getLogger(__name__)


def run_claimed(claim: Claim) -> None:
    """Do the work of a claimed job and write down what came of it. Nothing is raised."""
    try:
        _run(claim)
    except LeaseLost:
        _log.warning("job %s was taken over by another worker", claim.job_id)


def _run(claim: Claim) -> None:
    job = Job.objects.get(pk=claim.job_id)
    try:
        _work(claim, job)
    except LeaseLost:
        raise
    except Refused as refusal:
        fail_job(claim, refusal.problems)
    except Exception as error:  # whatever a job raises, the worker goes on
        _write_down(claim, job, error)


def _work(claim: Claim, job: Job) -> None:
    kind = kind_of(job.kind)
    actor = actor_of_job(job)
    with Heartbeat(claim) as heart:
        context = JobContext(actor, heart.progress, lambda: renew_lease(claim))
        with transaction.atomic() if kind.in_transaction else nullcontext():
            result = kind.function(context, job.payload)
            finish_job(claim, result)


def _write_down(claim: Claim, job: Job, error: Exception) -> None:
    """Log where it broke and try again, up to the cap.

    The error's own words stay out of log and row: databases quote values in them.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    reason = type(error).__name__
    _log.error("job %s (%s) broke: %s\n%s", job.id, job.kind, reason, where)
    problem = Problem("jobs.broke", values={"reason": reason})
    if job.attempts < job.most_attempts:
        try_again_later(claim, job.attempts, problem)
    else:
        fail_job(claim, (problem,))


def run_in_foreground(
    kind: str,
    payload: dict[str, Any],
    actor: Actor,
    report: Callable[[int, int, str], None],
) -> dict[str, Any] | None:
    """Do the work of a kind here and now, without a row; errors reach the caller.

    Args:
        kind: a registered kind.
        payload: what a job of the kind would be given.
        actor: whom the work acts as.
        report: told done, total and stage.

    Raises:
        KindUnknown: when nobody registered the kind.
    """
    known = kind_of(kind)
    context = JobContext(actor, report, lambda: None)
    with transaction.atomic() if known.in_transaction else nullcontext():
        return known.function(context, payload)
