"""The door to jobs: others import only this."""

from bangfu.foundation.jobs.context import JobContext
from bangfu.foundation.jobs.domain.attempts import LEASE, JobState
from bangfu.foundation.jobs.kinds import JobKind, KindTaken, KindUnknown, job_kind, subscribe
from bangfu.foundation.jobs.leases import LeaseLost
from bangfu.foundation.jobs.models import Job
from bangfu.foundation.jobs.queries import find_job, list_jobs, list_waiting, problems_of
from bangfu.foundation.jobs.running import run_in_foreground
from bangfu.foundation.jobs.services import announce, enqueue, ensure_schedule
from bangfu.foundation.jobs.worker import run_worker

__all__ = [
    "LEASE",
    "Job",
    "JobContext",
    "JobKind",
    "JobState",
    "KindTaken",
    "KindUnknown",
    "LeaseLost",
    "announce",
    "enqueue",
    "ensure_schedule",
    "find_job",
    "job_kind",
    "list_jobs",
    "list_waiting",
    "problems_of",
    "run_in_foreground",
    "run_worker",
    "subscribe",
]
