"""In every village a meeting that was called, and a leave of its First Secretary."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bangfu.attendance.models import Leave
from bangfu.attendance.queries.leaves import SEALED
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.secrets.api import seal
from bangfu.meetings.api import AttendeeRow, Call, plan_meeting, record_attendance
from bangfu.procedures.api import Subject, open_matter
from bangfu.teams.api import Duty

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass
class Duties:
    """Things of meetings and attendance with their places."""

    meetings: dict[UUID, str] = field(default_factory=dict)
    residents: dict[UUID, str] = field(default_factory=dict)
    leaves: dict[UUID, str] = field(default_factory=dict)


def make_duties(day: date) -> Duties:
    """Make them; the First Secretaries are there already."""
    made = Duties()
    for duty in Duty.objects.filter(role="first_secretary", cell=None):
        village = duty.division
        actor = system_actor("tests", village)
        call = Call("representatives", day, "会议室", "主持人", "记录人", eligible=3)
        meeting = plan_meeting(actor=actor, division=village, call=call)
        rows = [AttendeeRow(f"代表{n}", "representative") for n in range(3)]
        record_attendance(actor=actor, meeting_id=meeting.pk, rows=rows)
        made.meetings[meeting.pk] = village
        made.residents[duty.pk] = village
        made.leaves[_leave(duty, day)] = village
    return made


def _leave(duty: Duty, day: date) -> UUID:
    row_id = new_id()
    matter = open_matter(
        actor=system_actor("tests", duty.division),
        procedure="leave",
        subject=Subject(duty.division, "cadre", duty.cadre_id),
    )
    words = json.dumps({"kind": "personal", "words": "家里有事"}, ensure_ascii=False)
    Leave.objects.create(
        id=row_id, matter=matter, duty=duty, division=duty.division, first_day=day, last_day=day,
        sealed=seal(*SEALED, row_id, words), asked_at=now(),
    )  # fmt: skip
    return row_id
