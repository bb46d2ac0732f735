"""Calling a meeting, changing what was said of it, calling it off."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bangfu.foundation.bulk.api import chunks_of
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.clock import civil_day
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.models import NAME_LENGTH, Attendee, Meeting
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.filters import OPEN, PROCEDURE, SUBJECT
from bangfu.meetings.queries.rosters import last_meeting
from bangfu.meetings.queries.rules import kind_of, standing_of
from bangfu.meetings.services.holding import hold_meeting, keep
from bangfu.procedures.api import Subject, make_move, open_matter

if TYPE_CHECKING:
    from datetime import date, time
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class Call:
    """What people are told when a meeting is called.

    Attributes:
        eligible: how many members the meeting has; None takes the number of the last one.
    """

    kind: str
    held_on: date
    place: str
    chair: str
    recorder: str
    held_at: time | None = None
    eligible: int | None = None


@transaction.atomic
def plan_meeting(*, actor: Actor, division: str, call: Call) -> Meeting:
    """Call a meeting; its members are those of the last one of its kind, to be ticked off.

    Raises:
        AccessRefused: without `meetings.hold` in the village.
        Refused: `meetings.not_a_village`, `meetings.planned_already`, `meetings.words_missing`,
            `meetings.eligible_missing`, `meetings.kind_unknown`, `meetings.rule_missing`.
    """
    actor.check(HOLD, division)
    if DivisionCode(division).level is not Level.VILLAGE:
        raise Refused(Problem("meetings.not_a_village", values={"division": division}))
    kind = kind_of(call.kind)
    _check_words(call)
    last = last_meeting(division, kind.code)
    eligible = call.eligible or (last.eligible if last else 0)
    if eligible <= 0:
        raise Refused(Problem("meetings.eligible_missing"))
    same = Meeting.objects.filter(OPEN, division=division, kind=kind.code, held_on=call.held_on)
    if same.exists():
        raise Refused(Problem("meetings.planned_already", values={"day": call.held_on.isoformat()}))
    meeting_id = new_id()
    matter = open_matter(
        actor=actor, procedure=PROCEDURE, subject=Subject(division, SUBJECT, meeting_id)
    )
    told = {**_told(call), "eligible": eligible}
    meeting = Meeting.objects.create(id=meeting_id, matter=matter, division=division, **told)
    if last is not None and kind.named:
        _copy_members(last, meeting)
    standing_of(meeting)
    return meeting


@transaction.atomic
def change_meeting(*, actor: Actor, meeting_id: UUID, call: Call) -> Meeting:
    """Say anew when, where and by whom a meeting is held; its kind stays.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting` and `plan_meeting`;
            `meetings.before_matter` for a day before something on the agenda was opened;
            `meetings.more_than_eligible`.
    """
    meeting = hold_meeting(actor, meeting_id)
    _check_words(call)
    told = {**_told(call), "kind": meeting.kind, "eligible": call.eligible or meeting.eligible}
    for name, value in told.items():
        setattr(meeting, name, value)
    for item in meeting.items.select_related("matter"):
        check_day(meeting, civil_day(item.matter.opened_at))
    check_eligible(meeting, meeting.attendees.filter(member=True).count())
    standing_of(meeting)
    meeting.save(update_fields=list(told))
    keep(actor, "changed", meeting, 1)
    return meeting


@transaction.atomic
def call_off(*, actor: Actor, meeting_id: UUID, note: str) -> Meeting:
    """Call a meeting off; what stood on its agenda waits for another one.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting`; or the procedure's reasons.
    """
    meeting = hold_meeting(actor, meeting_id)
    meeting.matter = make_move(
        actor=actor, matter_id=meeting.matter_id, move="call_off", facts={}, note=note
    )
    return meeting


def check_day(meeting: Meeting, opened: date) -> None:
    """Refuse a meeting before the day that something on its agenda was opened.

    Raises:
        Refused: `meetings.before_matter`.
    """
    if meeting.held_on < opened:
        values = {"day": meeting.held_on.isoformat(), "opened": opened.isoformat()}
        raise Refused(Problem("meetings.before_matter", values=values))


def check_eligible(meeting: Meeting, members: int) -> None:
    """Refuse more members than the meeting has.

    Raises:
        Refused: `meetings.more_than_eligible`.
    """
    if members > meeting.eligible:
        values = {"members": str(members), "eligible": str(meeting.eligible)}
        raise Refused(Problem("meetings.more_than_eligible", values=values))


def _told(call: Call) -> dict[str, Any]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(call).items()
    }


def _check_words(call: Call) -> None:
    words = (call.place.strip(), call.chair.strip(), call.recorder.strip())
    if not all(words) or max(map(len, words)) > NAME_LENGTH:
        raise Refused(Problem("meetings.words_missing"))


def _copy_members(last: Meeting, meeting: Meeting) -> None:
    """The list of the last meeting, nobody ticked."""
    rows = [
        Attendee(
            meeting=meeting, name=each.name, group=each.group, role=each.role,
            member=each.member, position=each.position,
        )
        for each in last.attendees.order_by("position")
    ]  # fmt: skip
    for chunk in chunks_of(rows):
        Attendee.objects.bulk_create(chunk)
    listed = sum(each.member for each in rows)
    if listed > meeting.eligible:
        meeting.eligible = listed
        meeting.save(update_fields=["eligible"])
