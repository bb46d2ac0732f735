"""What the procedure's guards may know of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.meetings.queries.rules import votes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.meetings.models import AgendaItem, Meeting
    from bangfu.meetings.queries.rules import Standing


def closing_facts(
    meeting: Meeting, standing: Standing, items: Sequence[AgendaItem]
) -> dict[str, object]:
    """Whether a meeting may be closed, fact by fact."""
    votes = [votes_of(each) for each in items]
    counted = [each for each in votes if each is not None]
    return {
        "day_reached": meeting.held_on <= today(),
        "quorate": standing.quorate,
        "all_voted": bool(items) and len(counted) == len(votes),
        "votes_fit": all(each.fits(standing.present) for each in counted),
    }
