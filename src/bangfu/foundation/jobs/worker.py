"""The worker: makes jobs of events and schedules, and runs what is due."""

from __future__ import annotations

import os
import socket
from threading import Event
from typing import Final

from django.db import close_old_connections

from bangfu.foundation.clock.api import new_id
from bangfu.foundation.jobs.dispatch import dispatch_events, dispatch_schedules
from bangfu.foundation.jobs.kinds import scheduled_kinds
from bangfu.foundation.jobs.leases import claim_job
from bangfu.foundation.jobs.running import run_claimed
from bangfu.foundation.jobs.services import ensure_schedule

_IDLE_SECONDS: Final = 1.0


def run_worker(stop: Event | None = None, *, once: bool = False) -> int:
    """Run jobs until told to stop; answer how many were run.

    Args:
        stop: set it to end after the job at hand.
        once: end when nothing is due any more.
    """
    name = f"{socket.gethostname()}:{os.getpid()}:{new_id().hex[-6:]}"[:100]
    over, ran = stop or Event(), 0
    for kind in scheduled_kinds():
        ensure_schedule(kind.name, kind.name, kind.every_seconds)
    while not over.is_set():
        dispatch_schedules()
        dispatch_events()
        claim = claim_job(name)
        if claim is not None:
            run_claimed(claim)
            ran += 1
        elif once:
            return ran
        else:
            close_old_connections()
            over.wait(_IDLE_SECONDS)
    return ran
