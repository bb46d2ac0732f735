"""Two times: which version of a household holds on a day, as far as was known by a moment.

A version says "from this day the household was so" (`valid_from`, the data date) and when that was
written down (`recorded_at`). Nothing is ever changed or removed: a batch that is reversed adds a
version that revokes the one it wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID


class ChangeKind(StrEnum):
    """What a version did."""

    CREATED = "created"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    """The same facts, found to hold on a later day; the version repeats another's document."""
    REVERSED = "reversed"
    """Takes another version out of force; holds no document."""


@dataclass(frozen=True, slots=True)
class VersionMark:
    """What is needed of a version to decide which one holds.

    Attributes:
        number: counts the household's versions from 1 in the order they were recorded.
        content: the version whose document this one carries or repeats; None when it revokes.
        revokes: the version this one takes out of force.
    """

    id: UUID
    number: int
    valid_from: date
    recorded_at: datetime
    content: UUID | None = None
    revokes: UUID | None = None


def version_in_force(
    marks: Iterable[VersionMark], day: date | None = None, known_at: datetime | None = None
) -> VersionMark | None:
    """The version that holds on `day` (None: the last day known of), or None before the first.

    Of the versions recorded by `known_at` (None: all) and not revoked by then, the one with the
    latest `valid_from` not after `day`; of several, the one recorded last.
    """
    known = [mark for mark in marks if known_at is None or mark.recorded_at <= known_at]
    revoked = {mark.revokes for mark in known if mark.revokes is not None}
    standing = (
        mark
        for mark in known
        if mark.revokes is None
        and mark.id not in revoked
        and (day is None or mark.valid_from <= day)
    )
    return max(standing, key=lambda mark: (mark.valid_from, mark.number), default=None)
