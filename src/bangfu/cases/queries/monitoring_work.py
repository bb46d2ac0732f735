"""What monitoring leaves for a person to do that no due day tells of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import month_of
from bangfu.cases.models import Case
from bangfu.cases.permissions import READ, REVIEW
from bangfu.cases.queries.monitoring_facts import MARKS, time_facts
from bangfu.cases.queries.monitoring_visits import moves_of
from bangfu.cases.queries.rows import reader_for
from bangfu.foundation.access.api import record_households
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import Level
from bangfu.policy.api import active_pack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

_HELD: Final = ("monitored", "suspended")
_SLICE: Final = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a person without a due day.

    Attributes:
        months: for how long the household has been monitored; 0 where that is not why.
    """

    case: Case
    place: str
    months: int = 0


def _scoped(actor: Actor) -> QuerySet[Case]:
    rows = Case.objects.select_related("matter", "household", "parent")
    found = rows.filter(actor.scope(REVIEW).q("division"), kind=CaseKind.MONITORING, open=True)
    return found.order_by("opened_on", "number")


def list_ceased(actor: Actor, size: int) -> list[Waiting]:
    """Cases of households that the register says have left the rolls, to be marked as ceased.

    The register's word closes nothing: a person does (自然减少).
    """
    gone = Q(household__active=False) | Q(household__left_on__isnull=False)
    return _waiting(
        actor, "case.ceased", [(each, 0) for each in _scoped(actor).filter(gone)[:size]]
    )


def list_long_standing(actor: Actor, size: int) -> list[Waiting]:
    """Cases whose special review is due and was not made, the longest monitored first.

    Raises:
        Refused: when no pack is in force.
    """
    day = today()
    first = _first_mark(actor, day)
    if first is None:
        return []
    rows = _scoped(actor).filter(matter__state__in=_HELD, household__active=True)
    found: list[tuple[Case, int]] = []
    long_ago = _months_before(day, first)
    early = Q(parent__isnull=False, opened_on__lte=long_ago) | Q(
        parent__isnull=True, household__risk_identified_month__lte=month_of(long_ago)
    )
    early |= Q(opened_on__lte=long_ago)
    for case, facts in _timed(rows.filter(early), day):
        if facts.get("review_due_months"):
            found.append((case, facts["months_monitored"]))
        if len(found) == size:
            break
    return _waiting(actor, "case.long_standing", found)


def _timed(rows: QuerySet[Case], day: date) -> Iterable[tuple[Case, dict[str, Any]]]:
    first = 0
    while some := list(rows[first : first + _SLICE]):
        facts = time_facts(some, moves_of(some), day)
        yield from ((case, facts[case.pk]) for case in some)
        first += _SLICE


def _first_mark(actor: Actor, day: date) -> int | None:
    place = actor.scope(REVIEW).common
    return active_pack(day).parameters_on(day, place).get(MARKS[0])


def _months_before(day: date, months: int) -> date:
    """A day on or after which a case is not so long ago; rather too late than too early."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28))


def _waiting(actor: Actor, action: str, found: Iterable[tuple[Case, int]]) -> list[Waiting]:
    held = list(found)
    if not held:
        return []
    reader = reader_for({case.division for case, _ in held})
    record_households(actor, action, [case for case, _ in held], {}, READ)
    return [
        Waiting(
            case,
            f"{reader.place(case.division[: int(Level.TOWNSHIP)])} {reader.place(case.division)}",
            months,
        )
        for case, months in held
    ]
