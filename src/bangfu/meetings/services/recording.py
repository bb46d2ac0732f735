"""What happens at a meeting: who came, and how they voted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.models import NAME_LENGTH, Attendee
from bangfu.meetings.queries.items import packed_item, words_of
from bangfu.meetings.queries.rules import kind_of, standing_of
from bangfu.meetings.services.holding import hold_meeting, keep
from bangfu.meetings.services.planning import check_eligible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.domain.counting import Votes
    from bangfu.meetings.models import AgendaItem, Meeting
    from bangfu.meetings.queries.rules import Standing

LONGEST_REMARK: Final = 500


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Somebody of the list; see `Attendee`."""

    name: str
    role: str
    group: str = ""
    signed: bool = True


@transaction.atomic
def record_attendance(
    *,
    actor: Actor,
    meeting_id: UUID,
    rows: Sequence[AttendeeRow],
    counted: int | None = None,
    eligible: int | None = None,
) -> Standing:
    """Write the whole list anew: who belongs to the meeting, and who of them came.

    Args:
        actor: needs `meetings.hold` in the village.
        meeting_id: a meeting that is not over.
        rows: everybody, in the order of the list.
        counted: members present by the sheet of signatures, for kinds that tick nobody off.
        eligible: how many members the meeting has, when it was said wrong before.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting`; `meetings.not_held_yet`,
            `meetings.attends_twice`, `meetings.role_unknown`, `meetings.name_missing`,
            `meetings.more_than_eligible`.
    """
    meeting = hold_meeting(actor, meeting_id)
    kind = kind_of(meeting.kind)
    _check_rows(rows)
    if counted or any(each.signed for each in rows):
        _check_held(meeting)
    meeting.eligible = eligible or meeting.eligible
    meeting.counted = None if kind.named else counted
    listed = sum(each.role in kind.members for each in rows)
    check_eligible(meeting, listed if kind.named else counted or 0)
    meeting.save(update_fields=["eligible", "counted"])
    meeting.attendees.all().delete()
    Attendee.objects.bulk_create(
        Attendee(
            meeting=meeting, name=each.name.strip(), group=each.group.strip(), role=each.role,
            member=each.role in kind.members, signed=each.signed, position=position,
        )
        for position, each in enumerate(rows)
    )  # fmt: skip
    keep(actor, "attendance_recorded", meeting, len(rows))
    return standing_of(meeting)


def _check_rows(rows: Sequence[AttendeeRow]) -> None:
    roles = load_kinds().roles
    for each in rows:
        if not 0 < len(each.name.strip()) <= NAME_LENGTH or len(each.group) > NAME_LENGTH:
            raise Refused(Problem("meetings.name_missing"))
        if each.role not in roles:
            raise Refused(Problem("meetings.role_unknown", values={"role": each.role}))
    twice = Counter((each.name.strip(), each.group.strip()) for each in rows)
    for (name, group), times in twice.items():
        if times > 1:
            values = {"name": f"{name}（{group}）" if group else name}
            raise Refused(Problem("meetings.attends_twice", values=values))


def _check_held(meeting: Meeting) -> None:
    if meeting.held_on > today():
        raise Refused(Problem("meetings.not_held_yet", values={"day": meeting.held_on.isoformat()}))


@transaction.atomic
def record_votes(
    *, actor: Actor, meeting_id: UUID, votes: Mapping[UUID, Votes | None]
) -> dict[UUID, bool | None]:
    """Write down how those present voted; None takes an item's votes back.

    Args:
        actor: needs `meetings.hold` in the village.
        meeting_id: a meeting that is not over, with its attendance.
        votes: by matter.

    Returns:
        Whether each matter would pass; None where votes were taken back.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting`; 404 also for a matter that is not on
            the agenda; `meetings.not_held_yet`, `meetings.no_quorum`,
            `meetings.votes_do_not_add_up`, `meetings.remark_too_long`. Nothing is written then.
    """
    meeting = hold_meeting(actor, meeting_id)
    items = {each.matter_id: each for each in meeting.items.filter(matter__in=list(votes))}
    if len(items) != len(votes):
        raise Http404
    _check_held(meeting)
    standing = standing_of(meeting)
    words = words_of(items.values())
    given = {matter: each for matter, each in votes.items() if each is not None}
    if given:
        check_quorum(standing)
    _check_votes(standing, items, given, words)
    for matter, each in votes.items():
        _write(items[matter], each, words[items[matter].pk])
    keep(actor, "votes_recorded", meeting, len(votes))
    return {
        matter: None if each is None else standing.passes(each) for matter, each in votes.items()
    }


def check_quorum(standing: Standing) -> None:
    """Refuse to let a meeting decide that too few have come to.

    Raises:
        Refused: `meetings.no_quorum`, with the law.
    """
    if not standing.quorate:
        values = {
            "eligible": str(standing.eligible),
            "present": str(standing.present),
            "needed": str(standing.needed),
            "law": standing.law,
        }
        raise Refused(Problem("meetings.no_quorum", values=values))


def _check_votes(
    standing: Standing,
    items: Mapping[UUID, AgendaItem],
    given: Mapping[UUID, Votes],
    words: Mapping[UUID, Mapping[str, str]],
) -> None:
    problems = [
        Problem(
            "meetings.votes_do_not_add_up",
            values={
                "title": words[items[matter].pk]["title"],
                "total": str(each.total),
                "present": str(standing.present),
            },
        )
        for matter, each in given.items()
        if not each.fits(standing.present)
    ]
    problems += _long_remarks(given.values())
    if problems:
        raise Refused(*problems)


def _long_remarks(given: Iterable[Votes]) -> list[Problem]:
    values = {"most": str(LONGEST_REMARK)}
    return [
        Problem("meetings.remark_too_long", values=values)
        for each in given
        if len(each.remark) > LONGEST_REMARK
    ]


def _write(item: AgendaItem, votes: Votes | None, words: Mapping[str, str]) -> None:
    item.in_favour = votes.in_favour if votes else None
    item.against = votes.against if votes else None
    item.abstained = votes.abstained if votes else None
    item.sealed = packed_item(item.pk, {**words, "remark": votes.remark.strip() if votes else ""})
    item.save(update_fields=["in_favour", "against", "abstained", "sealed"])
