"""Closing a meeting, and letting what it decided take effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.facts import closing_facts
from bangfu.meetings.queries.filters import find_scoped_meeting
from bangfu.meetings.queries.results import MeetingResult, results_of
from bangfu.meetings.queries.rules import standing_of, votes_of
from bangfu.meetings.services.holding import hold_meeting
from bangfu.meetings.services.papers import issue_minutes
from bangfu.procedures.api import make_move

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What came of a decision: done, or why not.

    Attributes:
        problems: none when the matter has moved on.
    """

    matter_id: UUID
    problems: tuple[Problem, ...] = ()


Outcome = Callable[["Actor", "Meeting", Mapping[UUID, MeetingResult]], Sequence[CarriedOut]]
_outcomes: list[Outcome] = []


def register_outcome(outcome: Outcome) -> None:
    """Let a feature act on what closed meetings decided about its matters.

    Args:
        outcome: gets the actor, the meeting and the results by matter; answers for the matters
            that are its own and still wait, as a batch; leaves the others out. It may be called
            again for the same meeting.
    """
    if outcome not in _outcomes:
        _outcomes.append(outcome)


@transaction.atomic
def close_meeting(*, actor: Actor, meeting_id: UUID, seen: int | None = None) -> Meeting:
    """Close a meeting: its numbers are fixed, what it decided counts from now on.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting`; or the procedure's reasons: the day
            has not come, too few present, an item without votes, votes that do not add up.
    """
    meeting = hold_meeting(actor, meeting_id)
    items = list(meeting.items.all())
    standing = standing_of(meeting)
    meeting.matter = make_move(
        actor=actor,
        matter_id=meeting.matter_id,
        move="close",
        facts=closing_facts(meeting, standing, items),
        seen=seen,
    )
    meeting.present, meeting.quorate = standing.present, standing.quorate
    meeting.save(update_fields=["present", "quorate"])
    for item in items:
        votes = votes_of(item)
        item.passed = votes is not None and standing.passes(votes)
        item.save(update_fields=["passed"])
    matters = [str(each.matter_id) for each in items]
    announce("meetings.meeting_closed", {"meeting": str(meeting.pk), "matters": matters})
    return meeting


@transaction.atomic
def carry_out(*, actor: Actor, meeting_id: UUID) -> list[CarriedOut]:
    """Hand the results of a closed meeting to the features whose matters it judged.

    The minutes are issued before, for the moves that ask for them.

    Raises:
        Http404: when the actor sees no such meeting.
        AccessRefused: without `meetings.hold` in the village.
        Refused: `meetings.not_closed`.
    """
    meeting = find_scoped_meeting(actor, meeting_id)
    actor.check(HOLD, meeting.division)
    if meeting.quorate is None:
        raise Refused(Problem("meetings.not_closed"))
    issue_minutes(actor=actor, meeting_id=meeting_id)
    results = results_of(meeting.items.select_related("meeting"))
    return [done for outcome in _outcomes for done in outcome(actor, meeting, results)]
