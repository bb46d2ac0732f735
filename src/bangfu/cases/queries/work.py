"""What is on somebody's desk today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q

from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.permissions import ASSIGN, READ, VERIFY
from bangfu.cases.queries.filters import OPEN, current_horizon, order_of, scoped_clues
from bangfu.cases.queries.lists import DueCounts, count_by_day, joined
from bangfu.cases.queries.rows import rows_of
from bangfu.foundation.access.api import record_households

if TYPE_CHECKING:
    from datetime import date

    from bangfu.cases.queries.rows import ClueRow
    from bangfu.foundation.access.api import Actor

SHOWN: Final = 50
"""Lines of a desk; the list has the rest."""


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Clues due together: overdue, today, or on one day."""

    group: str
    day: date | None
    rows: tuple[ClueRow, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A desk.

    Attributes:
        counts: all that waits for the actor, by due day.
        groups: the most urgent of it, line by line.
        unassigned: how many of it are to be assigned.
        to_check: how many of it the actor is to check.
        waiting: open clues in the actor's scope that wait for somebody else.
    """

    counts: DueCounts
    groups: tuple[WorkGroup, ...]
    unassigned: int
    to_check: int
    waiting: int


@transaction.atomic
def my_work(actor: Actor, *, shown: int = SHOWN) -> Work:
    """What waits for the actor: clues to check that are theirs, and clues to assign in their scope.

    One audit row names the households shown.
    """
    horizon = current_horizon()
    seen = scoped_clues(actor).filter(OPEN)
    checks = Q(assigned_to=actor.person_id) if actor.person_id else Q(pk__in=())
    checks &= actor.scope(VERIFY).q("division")
    assigns = Q(assigned_to=None) & actor.scope(ASSIGN).q("division")
    mine = seen.filter(checks | assigns)
    rows = rows_of(joined(mine).order_by(*order_of("due"))[:shown])
    grouped: dict[tuple[str, date | None], list[ClueRow]] = {}
    for row in rows:
        group = horizon.group_of(row.due_on)
        day = row.due_on if group in {DueGroup.TODAY, DueGroup.SOON} else None
        grouped.setdefault((group.value, day), []).append(row)
    record_households(actor, "clue.work_listed", rows, {}, READ)
    return Work(
        counts=count_by_day(mine, horizon),
        groups=tuple(
            WorkGroup(group, day, tuple(lines)) for (group, day), lines in grouped.items()
        ),
        unassigned=seen.filter(assigns).count(),
        to_check=seen.filter(checks).count(),
        waiting=seen.exclude(checks | assigns).count(),
    )
