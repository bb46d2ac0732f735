"""A meeting as a line of a list, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.models import AgendaItem
from bangfu.procedures.api import pinned_procedure
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, time
    from uuid import UUID

    from bangfu.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One line.

    Attributes:
        items, voted, passed: how many stand on the agenda, were voted on, and were passed.
        present: members who were there; None until the meeting is closed.
        held: whether it was held and closed. closed: whether it is over, held or not.
        seen: the version to hand back with a move, so that a stale page is told.
    """

    id: UUID
    division: str
    township: str
    village: str
    kind: str
    kind_label: str
    held_on: date
    held_at: time | None
    place: str
    chair: str
    recorder: str
    eligible: int
    present: int | None
    state: str
    state_label: str
    items: int
    voted: int
    passed: int
    held: bool
    closed: bool
    seen: int

    @property
    def days_ahead(self) -> int:
        """Days until the meeting; negative when the day has passed."""
        return (self.held_on - today()).days


def rows_of(meetings: Iterable[Meeting]) -> list[MeetingRow]:
    """Meetings as lines; they come with their matters joined."""
    shown = list(meetings)
    if not shown:
        return []
    places = {part for x in shown for part in (x.division, x.division[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places, today())}
    counts = _counts(shown)
    return [_row(each, names, counts.get(each.pk, (0, 0, 0))) for each in shown]


def _counts(meetings: Iterable[Meeting]) -> dict[Any, tuple[int, int, int]]:
    rows = AgendaItem.objects.filter(meeting__in=[each.pk for each in meetings]).order_by()
    counted = rows.values_list("meeting").annotate(
        n=Count("pk"),
        voted=Count("pk", filter=Q(in_favour__isnull=False)),
        done=Count("pk", filter=Q(passed=True)),
    )
    return {row[0]: (row[1], row[2], row[3]) for row in counted}


def _row(meeting: Meeting, names: Mapping[str, str], counts: tuple[int, int, int]) -> MeetingRow:
    matter, language = meeting.matter, reader_language()
    township = meeting.division[: int(Level.TOWNSHIP)]
    kind = load_kinds().kinds.get(meeting.kind)
    state = pinned_procedure(matter.version_id).states[matter.state]
    return MeetingRow(
        id=meeting.pk,
        division=meeting.division,
        township=names.get(township, township),
        village=names.get(meeting.division, meeting.division),
        kind=meeting.kind,
        kind_label=kind.label.text(language) if kind else meeting.kind,
        held_on=meeting.held_on,
        held_at=meeting.held_at,
        place=meeting.place,
        chair=meeting.chair,
        recorder=meeting.recorder,
        eligible=meeting.eligible,
        present=meeting.present,
        state=matter.state,
        state_label=state.label.text(language),
        items=counts[0],
        voted=counts[1],
        passed=counts[2],
        held=meeting.quorate is not None,
        closed=matter.closed_at is not None,
        seen=matter.lock_version,
    )
