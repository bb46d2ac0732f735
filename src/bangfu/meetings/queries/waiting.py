"""Which villages have something to judge: for the desk, the home page and a village's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.meetings.models import AgendaItem
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.filters import OPEN, scoped_meetings
from bangfu.meetings.queries.sources import list_candidates
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.queries.sources import AgendaCandidate


@dataclass(frozen=True, slots=True)
class WaitingVillage:
    """A village in which something waits to be judged.

    Attributes:
        count: how many matters wait. unplanned: those of them on no agenda.
        due: the earliest day one should be done by; None when nothing says so.
        meeting_id, held_on: the next meeting called there.
        decided: how many were judged by a closed meeting whose results nobody has carried out.
        decided_at: that meeting.
    """

    division: str
    name: str
    count: int
    unplanned: int
    due: date | None
    meeting_id: UUID | None = None
    held_on: date | None = None
    decided: int = 0
    decided_at: UUID | None = None


def waiting_villages(actor: Actor) -> list[WaitingVillage]:
    """The villages in which the actor holds meetings and something waits, those due first."""
    offered = [
        each for place in actor.scope(HOLD).divisions for each in list_candidates(actor, place)
    ]
    if not offered:
        return []
    by_village: dict[str, list[AgendaCandidate]] = {}
    for each in offered:
        by_village.setdefault(each.division, []).append(each)
    rows = AgendaItem.objects.filter(matter__in=[each.matter_id for each in offered])
    items = list(rows.select_related("meeting__matter"))
    planned = {each.matter_id for each in items if each.meeting.matter.closed_at is None}
    decided = {each.matter_id: each.meeting_id for each in items if each.passed is not None}
    names = {each.code: each.name for each in list_divisions(list(by_village), today())}
    nearest = _next_meetings(actor)
    found = [
        _village(code, names.get(code, code), rows, planned, decided, nearest.get(code))
        for code, rows in by_village.items()
    ]
    return sorted(found, key=lambda each: (each.due is None, each.due, each.division))


def _next_meetings(actor: Actor) -> dict[str, tuple[UUID, date]]:
    rows = scoped_meetings(actor, HOLD).filter(OPEN).order_by("-held_on")
    return {code: (pk, day) for code, pk, day in rows.values_list("division", "pk", "held_on")}


def _village(
    code: str,
    name: str,
    rows: list[AgendaCandidate],
    planned: set[UUID],
    decided: dict[UUID, UUID],
    following: tuple[UUID, date] | None,
) -> WaitingVillage:
    dues = [each.due for each in rows if each.due is not None]
    done = [each for each in rows if each.matter_id in decided and each.matter_id not in planned]
    return WaitingVillage(
        division=code,
        name=name,
        count=len(rows),
        unplanned=sum(each.matter_id not in planned for each in rows) - len(done),
        due=min(dues, default=None),
        meeting_id=following[0] if following else None,
        held_on=following[1] if following else None,
        decided=len(done),
        decided_at=decided[done[0].matter_id] if done else None,
    )
