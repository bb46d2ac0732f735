"""What meetings decided about matters: the question other features ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.documents.api import IssuedPaper
from bangfu.meetings.models import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

MINUTES: Final = "minutes"
"""The kind of paper that minutes are issued as."""


@dataclass(frozen=True, slots=True)
class MeetingResult:
    """What a closed meeting decided about one matter.

    Attributes:
        eligible, present: members of the meeting, and those of them who were there.
        quorate: whether they were enough to decide. passed: whether enough were in favour.
        minutes: the file of the issued minutes, as a paper of a move (`{"minutes": [...]}`);
            empty until they are issued.
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
    minutes: str = ""


def decided_on(matter_ids: Collection[UUID]) -> dict[UUID, MeetingResult]:
    """What the latest closed meeting decided about each matter; matters without one are left out.

    Names nobody: the caller has let the reader see the matters.
    """
    rows = AgendaItem.objects.filter(passed__isnull=False).select_related("meeting__matter")
    items = sorted(fetch_by(rows, "matter_id", set(matter_ids)), key=_closing)
    return results_of({each.matter_id: each for each in items}.values())


def results_of(items: Iterable[AgendaItem]) -> dict[UUID, MeetingResult]:
    """The results of items of closed meetings, by matter; they come with their meetings joined."""
    shown = list(items)
    papers = IssuedPaper.objects.filter(kind=MINUTES).order_by("issued_at", "id")
    issued = fetch_by(papers, "subject_id", {each.meeting_id for each in shown})
    files = {each.subject_id: str(each.file_id) for each in issued}
    return {each.matter_id: _result(each, files.get(each.meeting_id, "")) for each in shown}


def _closing(item: AgendaItem) -> tuple[str, str]:
    closed = item.meeting.matter.closed_at
    return (closed.isoformat() if closed else "", str(item.pk))


def _result(item: AgendaItem, minutes: str) -> MeetingResult:
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
        minutes=minutes,
    )
