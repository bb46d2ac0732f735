"""How long a lease lasts, how often a job is tried, and when again."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

LEASE: Final = timedelta(seconds=60)
"""A worker that says nothing for so long is taken for dead."""
MOST_ATTEMPTS: Final = 5
_FIRST_WAIT: Final = timedelta(seconds=10)
_LONGEST_WAIT: Final = timedelta(hours=1)


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 10 s, 20 s, 40 s ... at most an hour.

    Raises:
        ValueError: when there was no attempt yet.
    """
    if attempts < 1:
        raise ValueError(attempts)
    wait = _FIRST_WAIT * (1 << min(attempts - 1, 20))
    return min(wait, _LONGEST_WAIT)
