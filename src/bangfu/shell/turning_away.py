"""Turning away whoever tries passwords: after a few wrong ones a name has to wait.

GB/T 22239-2019, 8.1.4.1 b asks for it. The count is kept in Django's cache: with several server
processes each keeps its own unless the cache is shared, which makes the limit higher, never lower
than stated for one process.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import Final

from django.core.cache import cache

from bangfu.foundation.clock.api import now

MOST_WRONG: Final = 5
WAIT_SECONDS: Final = 10 * 60


def _key(username: str) -> str:
    """The place of a name in the cache: the same for every way of writing it."""
    plain = unicodedata.normalize("NFKC", username).strip().casefold()
    return f"shell.wrong_passwords.{sha256(plain.encode()).hexdigest()}"


def seconds_to_wait(username: str) -> int:
    """How long this name must wait before it is let in; 0 when it need not."""
    wrong: list[float] = cache.get(_key(username), [])
    if len(wrong) < MOST_WRONG:
        return 0
    return max(int(wrong[-MOST_WRONG] + WAIT_SECONDS - now().timestamp()), 0)


def note_wrong_password(username: str) -> None:
    """Remember a wrong password."""
    moment = now().timestamp()
    wrong = [each for each in cache.get(_key(username), []) if each > moment - WAIT_SECONDS]
    cache.set(_key(username), [*wrong, moment][-MOST_WRONG:], WAIT_SECONDS)


def forget_wrong_passwords(username: str) -> None:
    """Forget them: the right password was given."""
    cache.delete(_key(username))
