"""One meeting with everything its page and its minutes show. Opening it is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import override

from bangfu.foundation.audit.api import record
from bangfu.foundation.files.api import get_stored, name_of
from bangfu.foundation.ui.api import reader_language
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.facts import closing_facts
from bangfu.meetings.queries.filters import find_scoped_meeting
from bangfu.meetings.queries.items import views_of
from bangfu.meetings.queries.rows import rows_of
from bangfu.meetings.queries.rules import standing_of
from bangfu.meetings.queries.sources import list_candidates
from bangfu.procedures.api import list_history, list_moves

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.models import AgendaItem, Attendee, Meeting
    from bangfu.meetings.queries.items import ItemView
    from bangfu.meetings.queries.rows import MeetingRow
    from bangfu.meetings.queries.rules import Standing
    from bangfu.meetings.queries.sources import AgendaCandidate
    from bangfu.procedures.api import Offer, Passed


@dataclass(frozen=True, slots=True)
class AttendeeView:
    """Somebody of the list, the role in words."""

    id: UUID
    name: str
    group: str
    role: str
    role_label: str
    member: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class PaperView:
    """A photograph or scan."""

    file_id: UUID
    name: str
    kind: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """A meeting's page.

    Attributes:
        waiting: what is offered and stands on no agenda.
        undone: matters the closed meeting judged that still wait to be moved on.
        may_hold: whether the reader may hold meetings in the village.
    """

    row: MeetingRow
    standing: Standing
    items: list[ItemView]
    attendees: list[AttendeeView]
    papers: list[PaperView]
    waiting: list[AgendaCandidate]
    undone: int
    offers: list[Offer]
    history: list[Passed]
    may_hold: bool

    @property
    def open(self) -> bool:
        """Whether the meeting may still be written to, by this reader."""
        return self.may_hold and not self.row.closed


@transaction.atomic
def get_meeting(actor: Actor, meeting_id: UUID) -> MeetingDetail:
    """Open one meeting; one audit row with the households on its agenda.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    meeting = find_scoped_meeting(actor, meeting_id)
    items = list(meeting.items.select_related("matter"))
    _record(actor, meeting, items)
    standing = standing_of(meeting)
    may_hold = actor.may(HOLD, meeting.division)
    offered = list_candidates(actor, meeting.division) if may_hold else []
    own = {each.matter_id for each in items}
    (row,) = rows_of([meeting])
    return MeetingDetail(
        row=row,
        standing=standing,
        items=views_of(items),
        attendees=attendees_of(meeting),
        papers=_papers(actor, meeting),
        waiting=[] if row.closed else _free(offered, own),
        undone=sum(each.matter_id in own for each in offered) if row.held else 0,
        offers=list_moves(actor, meeting.matter, closing_facts(meeting, standing, items)),
        history=list_history(actor, meeting.matter),
        may_hold=may_hold,
    )


def _free(offered: Iterable[AgendaCandidate], own: set[UUID]) -> list[AgendaCandidate]:
    return [each for each in offered if each.matter_id not in own]


def _record(actor: Actor, meeting: Meeting, items: Iterable[AgendaItem]) -> None:
    homes = {each.matter.subject_id for each in items if each.matter.subject_type == "household"}
    record(
        actor=actor,
        action="meeting.opened",
        kind="opened",
        subject_type="household" if homes else "meeting",
        subject_ids=sorted(str(each) for each in homes) or (meeting.pk,),
        division=meeting.division,
        count=len(homes) or 1,
    )


def attendees_of(meeting: Meeting) -> list[AttendeeView]:
    """Everybody of the list, in its order."""
    roles, language = load_kinds().roles, reader_language()

    def view(each: Attendee) -> AttendeeView:
        label = roles[each.role].text(language)
        return AttendeeView(
            each.pk, each.name, each.group, each.role, label, each.member, each.signed
        )

    return [view(each) for each in meeting.attendees.order_by("position")]


def _papers(actor: Actor, meeting: Meeting) -> list[PaperView]:
    return [
        PaperView(
            each.file_id, name_of(get_stored(actor, each.file_id)), each.kind,
            each.added_at, each.added_by,
        )
        for each in meeting.papers.order_by("added_at")
    ]  # fmt: skip


@transaction.atomic
def draft_minutes(actor: Actor, meeting_id: UUID) -> tuple[dict[str, Any], MeetingRow]:
    """What the minutes say now, and the meeting; opening them is opening the meeting.

    Raises:
        Http404: when the actor sees no such meeting.
    """
    meeting = find_scoped_meeting(actor, meeting_id)
    _record(actor, meeting, list(meeting.items.select_related("matter")))
    (row,) = rows_of([meeting])
    return minutes_data(meeting), row


def minutes_data(meeting: Meeting) -> dict[str, Any]:
    """What the minutes of a meeting say, as plain values for a paper, which is Chinese."""
    with override("zh-hans"):
        return _minutes(meeting)


def _minutes(meeting: Meeting) -> dict[str, Any]:
    (row,) = rows_of([meeting])
    standing = standing_of(meeting)
    people = attendees_of(meeting)
    return {
        "kind": row.kind_label,
        "village": row.village,
        "township": row.township,
        # The paper is Chinese whatever the reader's language.
        "held_on_words": f"{row.held_on.year} 年 {row.held_on.month} 月 {row.held_on.day} 日",
        "held_at": row.held_at.strftime("%H:%M") if row.held_at else "",
        "place": row.place,
        "chair": row.chair,
        "recorder": row.recorder,
        "eligible": standing.eligible,
        "present": standing.present,
        "needed": standing.needed,
        "needed_in_favour": standing.needed_in_favour,
        "guests": standing.guests,
        "quorate": standing.quorate,
        "law": standing.law,
        "members": [_person(each) for each in people if each.member and each.signed],
        "sat_in": [_person(each) for each in people if not each.member and each.signed],
        "absent": [_person(each) for each in people if each.member and not each.signed],
        "items": [_item(each) for each in views_of(meeting.items.all())],
    }


def _person(each: AttendeeView) -> dict[str, str]:
    return {"name": each.name, "role": each.role_label, "group": each.group}


def _item(each: ItemView) -> dict[str, Any]:
    votes = each.votes
    return {
        "title": each.title,
        "words": each.words,
        "remark": each.remark,
        "in_favour": votes.in_favour if votes else None,
        "against": votes.against if votes else None,
        "abstained": votes.abstained if votes else None,
        "passed": each.passed,
    }
