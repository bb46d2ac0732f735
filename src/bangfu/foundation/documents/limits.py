"""Turning away whoever tries codes: after a few that no paper bears, an address has to wait.

A code holds about 54 random bits, so guessing is hopeless as it is; the limit keeps it from being
tried at the cost of everybody else. A slip of the pen does not count: the code's own check
character finds it before anything is looked up. The count is kept in Django's cache, as that of
wrong passwords is.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from django.core.cache import cache

from bangfu.foundation.clock.api import now

MOST_WRONG: Final = 10
WAIT_SECONDS: Final = 10 * 60


def _key(address: str) -> str:
    return f"documents.wrong_codes.{sha256(address.encode()).hexdigest()}"


def seconds_to_wait(address: str) -> int:
    """How long whoever asks from this address must wait; 0 when they need not."""
    wrong: list[float] = cache.get(_key(address), [])
    if len(wrong) < MOST_WRONG:
        return 0
    return max(int(wrong[-MOST_WRONG] + WAIT_SECONDS - now().timestamp()), 0)


def note_wrong_code(address: str) -> None:
    """Remember a code that no paper bears."""
    moment = now().timestamp()
    wrong = [each for each in cache.get(_key(address), []) if each > moment - WAIT_SECONDS]
    cache.set(_key(address), [*wrong, moment][-MOST_WRONG:], WAIT_SECONDS)
