"""What a process of the kill trials does: `start_trial.py prepare|work`, told by its environment.

Its clock stands at TRIAL_MOMENT. A job's work says that it has begun by opening the pipe
`begun` and then waits for the pipe `go`, so that the test knows where it stands without sleeping.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management import call_command
from django.db import transaction

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.foundation.jobs.api import announce, enqueue, job_kind, list_jobs, run_worker
from bangfu.foundation.jobs.models import OutboxEvent
from bangfu.kernel.clock import FixedClock

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

FOLDER = Path(os.environ["TRIAL_FOLDER"])
SYSTEM = system_actor("trial")


def rendezvous() -> None:
    """Stand still in the middle of the work while the test wants it."""
    if (FOLDER / "begun").exists():
        (FOLDER / "begun").write_text("begun", encoding="ascii")
        (FOLDER / "go").read_text(encoding="ascii")


@job_kind("trial.whole", in_transaction=True)
def whole(_: JobContext, __: dict[str, Any]) -> None:
    """The effect and the mark "done" commit together."""
    announce("trial.effect", {})
    rendezvous()


@job_kind("trial.apart")
def apart(context: JobContext, _: dict[str, Any]) -> None:
    """The effect commits by itself, if the lease is still held."""
    rendezvous()
    with transaction.atomic():
        announce("trial.effect", {})
        context.confirm_lease()


@job_kind("trial.quick", in_transaction=True)
def quick(_: JobContext, payload: dict[str, Any]) -> None:
    """Only an effect."""
    announce("trial.effect", payload)


def prepare() -> None:
    """Fill up, so that as many jobs as asked for wait to be done."""
    call_command("migrate", verbosity=0)
    known = list_jobs(SYSTEM).filter(kind=os.environ["TRIAL_KIND"])
    first = known.count()
    waiting = known.exclude(state="done").count()
    for number in range(first, first + int(os.environ["TRIAL_JOBS"]) - waiting):
        key = f"trial:{number}"
        enqueue(actor=SYSTEM, kind=os.environ["TRIAL_KIND"], payload={}, idempotency_key=key)


def inspect() -> dict[str, Any]:
    jobs = list_jobs(SYSTEM).filter(kind__startswith="trial.")
    return {
        "states": sorted(set(jobs.values_list("state", flat=True))),
        "attempts": sorted(set(jobs.values_list("attempts", flat=True))),
        "done": jobs.filter(state="done").count(),
        "effects": OutboxEvent.objects.filter(event="trial.effect").count(),
    }


def main() -> None:
    moment = FixedClock(datetime.fromisoformat(os.environ["TRIAL_MOMENT"]))
    with using_clock(moment):
        if sys.argv[1] == "prepare":
            prepare()
        elif sys.argv[1] == "work":
            run_worker(once=True)
        sys.stdout.write(json.dumps(inspect()))
