"""Numbers to quote: short, easy to read out, and in the log beside what happened."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.http import HttpRequest

_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0 and O, 1 and I, which sound or look alike."""
_LENGTH: Final = 6
logger = logging.getLogger("bangfu.errors")


def number_for(request: HttpRequest, status: int) -> str:
    """A new number such as `404-7K2F9Q`, written to the log with the path and the person's id.

    The log line holds no query string: searches may name people.
    """
    number = f"{status}-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    person = getattr(getattr(request, "actor", None), "person_id", None)
    logger.warning("%s %s %s person=%s", number, request.method, request.path, person)
    return number
