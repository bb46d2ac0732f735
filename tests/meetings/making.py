"""Meetings for tests: matters that wait, a call, a list of members, votes. Everybody is made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import new_id
from bangfu.meetings.api import (
    AgendaCandidate,
    AttendeeRow,
    Call,
    CarriedOut,
    Meeting,
    Votes,
    add_agenda,
    plan_meeting,
    record_attendance,
)
from bangfu.procedures.api import Subject, open_matter
from registry.making import VILLAGE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.api import MeetingResult

TODAY: Final = date(2026, 11, 20)


@dataclass
class Desk:
    """What a feature above would offer, and what it did with the results."""

    waiting: dict[UUID, AgendaCandidate] = field(default_factory=dict)
    results: dict[UUID, MeetingResult] = field(default_factory=dict)

    def wait(self, title: str = "张三 户", village: str = VILLAGE) -> UUID:
        """A matter that waits to be judged in a village."""
        matter = open_matter(
            actor=system_actor("tests"),
            procedure="change",
            subject=Subject(village, "household", new_id()),
        )
        words = "住院自付 18,420 元，超过 10,000 元"
        self.waiting[matter.pk] = AgendaCandidate(matter.pk, village, title, words, "/cases/1/")
        return matter.pk

    def offer(self, actor: Actor, division: str) -> list[AgendaCandidate]:
        """The source of agendas."""
        return [
            each
            for each in self.waiting.values()
            if each.division.startswith(division) and actor.may("meetings.read", each.division)
        ]

    def follow(
        self, actor: Actor, meeting: Meeting, results: Mapping[UUID, MeetingResult]
    ) -> list[CarriedOut]:
        """What happens with results: every matter of ours moves on once."""
        own = [each for each in results if each in self.waiting]
        self.results.update({each: results[each] for each in own})
        for each in own:
            del self.waiting[each]
        return [CarriedOut(each) for each in own]


def call(**changes: Any) -> Call:
    """A representatives' meeting of thirty members today."""
    told: dict[str, Any] = {
        "kind": "representatives",
        "held_on": TODAY,
        "place": "村委会会议室",
        "chair": "岳鹏",
        "recorder": "蒲艳",
        "eligible": 30,
    }
    return Call(**{**told, **changes})


def members(present: int, absent: int = 0, guests: int = 0) -> list[AttendeeRow]:
    """So many representatives who came, and did not, and others who sat in."""
    came = [AttendeeRow(f"代表{n}", "representative") for n in range(present)]
    away = [AttendeeRow(f"缺席{n}", "representative", signed=False) for n in range(absent)]
    return [*came, *away, *(AttendeeRow(f"列席{n}", "team") for n in range(guests))]


def meet(actor: Actor, desk: Desk, present: int = 20, items: int = 1, **told: Any) -> Meeting:
    """A called meeting with an agenda and its attendance."""
    meeting = plan_meeting(actor=actor, division=VILLAGE, call=call(**told))
    matters = [desk.wait(f"农户{n} 户") for n in range(items)]
    add_agenda(actor=actor, meeting_id=meeting.pk, matter_ids=matters)
    record_attendance(actor=actor, meeting_id=meeting.pk, rows=members(present))
    return meeting


def matters_of(meeting: Meeting) -> list[UUID]:
    """The matters on an agenda, in its order."""
    return list(meeting.items.order_by("position").values_list("matter_id", flat=True))


def votes(in_favour: int, against: int = 0, abstained: int = 0, remark: str = "") -> Votes:
    """Votes on one item."""
    return Votes(in_favour, against, abstained, remark)
