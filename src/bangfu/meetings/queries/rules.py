"""When a meeting may decide: the law's shares by the parameters of the meeting's day and place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.domain.counting import Votes, passes
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.policy.api import active_pack

if TYPE_CHECKING:
    from bangfu.meetings.domain.counting import Share
    from bangfu.meetings.domain.kinds import Kind
    from bangfu.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Standing:
    """How a meeting stands.

    Attributes:
        present: members who are there. guests: others who sit in.
        needed: the least number of members that may decide.
    """

    kind: Kind
    quorum: Share
    majority: Share
    eligible: int
    present: int
    guests: int

    @property
    def needed(self) -> int:
        """How many members have to be there."""
        return self.quorum.needed(self.eligible)

    @property
    def missing(self) -> int:
        """How many more have to come."""
        return max(self.needed - self.present, 0)

    @property
    def quorate(self) -> bool:
        """Whether enough are there."""
        return self.quorum.reached(self.present, self.eligible)

    @property
    def needed_in_favour(self) -> int:
        """How many of those present have to be in favour."""
        return self.majority.needed(self.present)

    def passes(self, votes: Votes) -> bool:
        """Whether these votes pass something."""
        return self.quorate and passes(votes, self.present, self.majority)

    @property
    def law(self) -> str:
        """The article the quorum stands in."""
        return self.kind.law.text(reader_language())


def kind_of(code: str) -> Kind:
    """A kind of meeting.

    Raises:
        Refused: `meetings.kind_unknown`.
    """
    kind = load_kinds().kinds.get(code)
    if kind is None:
        raise Refused(Problem("meetings.kind_unknown", values={"kind": code}))
    return kind


def standing_of(meeting: Meeting) -> Standing:
    """How a meeting stands now, or stood when it was closed.

    Raises:
        Refused: `meetings.rule_missing` when the pack of its day has no number for its kind.
    """
    kind = kind_of(meeting.kind)
    parameters = active_pack(meeting.held_on).parameters_on(meeting.held_on, meeting.division)
    quorum = kind.quorum.under(parameters)
    majority = load_kinds().majority.under(parameters)
    if quorum is None or majority is None:
        values = {"kind": kind.label.text(reader_language()), "day": meeting.held_on.isoformat()}
        raise Refused(Problem("meetings.rule_missing", values=values))
    rows = [each for each in meeting.attendees.all() if each.signed]
    members = sum(each.member for each in rows)
    present = members if kind.named else meeting.counted or 0
    return Standing(kind, quorum, majority, meeting.eligible, present, len(rows) - members)


def votes_of(item: AgendaItem) -> Votes | None:
    """The votes on an item; None while they are not counted."""
    if item.in_favour is None or item.against is None or item.abstained is None:
        return None
    return Votes(item.in_favour, item.against, item.abstained)
