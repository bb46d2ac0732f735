"""The worker: makes jobs of events and schedules, and runs what is due."""

from __future__ import annotations

import logging
import os
import socket
from threading import Event
from typing import Final

from django.db import InterfaceError, OperationalError, close_old_connections

from bangfu.foundation.clock.api import new_id
from bangfu.foundation.jobs.dispatch import dispatch_events, dispatch_schedules
from bangfu.foundation.jobs.kinds import scheduled_kinds
from bangfu.foundation.jobs.leases import claim_job
from bangfu.foundation.jobs.running import run_claimed
from bangfu.foundation.jobs.services import ensure_schedule

_IDLE_SECONDS: Final = 1.0
_log: Final = logging.getLogger(__name__)


def run_worker(stop: Event | None = None, *, once: bool = False, schedules: bool = True) -> int:
    """Run jobs until told to stop; answer how many were run.

    A database that does not answer for a while is waited for, unless `once` is asked.

    Args:
        stop: set it to end after the job at hand.
        once: end when nothing is due any more.
        schedules: whether what comes round by itself is due as well; without it only what was
            asked for and what follows from events.
    """
    name = f"{socket.gethostname()}:{os.getpid()}:{new_id().hex[-6:]}"[:100]
    over, ran = stop or Event(), 0
    for kind in scheduled_kinds() if schedules else ():
        ensure_schedule(kind.name, kind.name, kind.every_seconds)
    while not over.is_set():
        try:
            worked = _work_once(name, schedules=schedules)
        except (InterfaceError, OperationalError) as error:
            if once:
                raise
            _log.error("the database does not answer: %s", type(error).__name__)
            worked = False
        ran += worked
        if not worked and once:
            return ran
        if not worked:
            close_old_connections()
            over.wait(_IDLE_SECONDS)
    return ran


def _work_once(name: str, *, schedules: bool) -> bool:
    """Make what is due into jobs and run one; False when there was none."""
    if schedules:
        dispatch_schedules()
    dispatch_events()
    claim = claim_job(name)
    if claim is None:
        return False
    run_claimed(claim)
    return True
