"""Doubtful data about monitored households: whom a rule is about, and what it may answer.

Source: the national system's data quality rules. No Django, no clock, no I/O.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = "quality.yaml"
"""Where a pack keeps its rules of doubtful data."""


class AppliesTo(StrEnum):
    """Which households a rule is about."""

    MONITORED = "monitored"
    ELIMINATED = "eliminated"
    ANY = "any"


class Answer(StrEnum):
    """What a rule says of a household."""

    DOUBTFUL = "doubtful"
    FINE = "fine"
    UNKNOWN = "unknown"


def some(values: Iterable[bool | None]) -> int | None:
    """How many of several are true; None when none is and one is not known.

    A count that is not complete still answers "at least one".
    """
    known = list(values)
    found = sum(each is True for each in known)
    return None if not found and any(each is None for each in known) else found
