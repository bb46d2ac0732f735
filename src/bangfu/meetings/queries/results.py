"""What meetings decided about matters: the question other features ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.bulk.api import fetch_by
from bangfu.meetings.models import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class MeetingResult:
    """What a closed meeting decided about one matter.

    Attributes:
        eligible, present: members of the meeting, and those of them who were there.
        quorate: whether they were enough to decide. passed: whether enough were in favour.
    """

    meeting_id: UUID
    held_on: date
    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int
    quorate: bool
    passed: bool


def decided_on(matter_ids: Collection[UUID]) -> dict[UUID, MeetingResult]:
    """What the latest closed meeting decided about each matter; matters without one are left out.

    Names nobody: the caller has let the reader see the matters.
    """
    rows = AgendaItem.objects.filter(passed__isnull=False).select_related("meeting__matter")
    items = sorted(fetch_by(rows, "matter_id", set(matter_ids)), key=_closing)
    return {each.matter_id: result_of(each) for each in items}


def _closing(item: AgendaItem) -> tuple[str, str]:
    closed = item.meeting.matter.closed_at
    return (closed.isoformat() if closed else "", str(item.pk))


def result_of(item: AgendaItem) -> MeetingResult:
    """The result of an item of a closed meeting."""
    meeting = item.meeting
    return MeetingResult(
        meeting_id=meeting.pk,
        held_on=meeting.held_on,
        eligible=meeting.eligible,
        present=meeting.present or 0,
        in_favour=item.in_favour or 0,
        against=item.against or 0,
        abstained=item.abstained or 0,
        quorate=bool(meeting.quorate),
        passed=bool(item.passed),
    )
