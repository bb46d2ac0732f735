"""Sums of what is being ticked and typed, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bangfu.meetings.domain.counting import Votes
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.filters import find_scoped_meeting
from bangfu.meetings.queries.rules import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.queries.rules import Standing

TypedVotes = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class TypedSum:
    """The votes typed for one item.

    Attributes:
        total: what they add up to. left: present members without a vote; negative is too many.
    """

    item: str
    total: int
    left: int
    passes: bool

    @property
    def over(self) -> int:
        """How many votes there are too many."""
        return max(-self.left, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a page shows while somebody types; `standing` is None when only votes are typed."""

    standing: Standing | None
    sums: list[TypedSum]


def agenda_matters(actor: Actor, meeting_id: UUID) -> dict[UUID, UUID]:
    """The matters on an agenda by item; names nobody.

    Raises:
        Http404: when the actor sees no such meeting.
    """
    meeting = find_scoped_meeting(actor, meeting_id)
    return dict(meeting.items.order_by("position").values_list("pk", "matter_id"))


def tally_of(
    actor: Actor,
    meeting_id: UUID,
    *,
    present: Sequence[str] | None,
    counted: int | None,
    votes: Mapping[str, TypedVotes],
) -> Tally:
    """The sums of what is ticked and typed.

    Args:
        present: the roles of those ticked; None when the attendance is not being written.
        counted: those counted by the sheet of signatures.
        votes: numbers by item.

    Raises:
        Http404: when the actor sees no such meeting.
        AccessRefused: without `meetings.hold` in the village.
    """
    meeting = find_scoped_meeting(actor, meeting_id)
    actor.check(HOLD, meeting.division)
    written = standing_of(meeting)
    own = {str(each) for each in agenda_matters(actor, meeting_id)}
    sums = [sum_of(written, item, typed) for item, typed in votes.items() if item in own]
    if present is None:
        return Tally(None, sums)
    members = sum(role in written.kind.members for role in present)
    there = members if written.kind.named else counted or 0
    return Tally(replace(written, present=there, guests=len(present) - members), sums)


def sum_of(standing: Standing, item: str, typed: TypedVotes) -> TypedSum:
    """What the votes of one item add up to."""
    in_favour, against, abstained = (each or 0 for each in typed)
    votes = Votes(in_favour, against, abstained)
    left = standing.present - votes.total
    return TypedSum(item, votes.total, left, standing.passes(votes))
