"""What waits for the actor: plans to confirm and to decide about, measures past their day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Q

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import today
from bangfu.plans.permissions import APPROVE, DRAFT, READ, RECORD
from bangfu.plans.queries.facts import scoped_measures
from bangfu.plans.queries.filters import PLAN_SORTS, late_measures, order_of
from bangfu.plans.queries.lists import with_people, with_risks
from bangfu.plans.queries.plans import scoped_plans
from bangfu.plans.queries.rows import measure_rows, plan_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Plan
    from bangfu.plans.queries.rows import MeasureRow, PlanRow

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class PlanWork:
    """The most urgent of each kind, and how many of all by due day.

    Attributes:
        decide: plans submitted, for who approves and has not submitted them.
        confirm: drafts, for who drafts.
        late: measures past their due day, for who records progress.
    """

    decide: Sequence[PlanRow] = ()
    confirm: Sequence[PlanRow] = ()
    late: Sequence[MeasureRow] = ()
    by_day: dict[date | None, int] | None = None


def to_decide(actor: Actor) -> QuerySet[Plan]:
    """Plans submitted where the actor approves; one's own wait for somebody else."""
    found = scoped_plans(actor, APPROVE).filter(matter__state="submitted")
    if actor.person_id is None:
        return found
    own = Q(matter__moves__by_id=actor.person_id, matter__moves__move__in=("open", "submit"))
    return found.exclude(pk__in=found.filter(own).values("pk"))


def to_confirm(actor: Actor) -> QuerySet[Plan]:
    """Drafts where the actor drafts."""
    return scoped_plans(actor, DRAFT).filter(matter__state="draft")


def count_waiting(actor: Actor) -> int:
    """How many plans wait for the actor's decision; nobody is named."""
    return to_decide(actor).count()


@transaction.atomic
def my_work(actor: Actor) -> PlanWork:
    """The actor's open work with plans; one audit row with the households named."""
    if not actor.holds(READ):
        return PlanWork()
    order = order_of(PLAN_SORTS, "due")
    deciding, drafting = to_decide(actor), to_confirm(actor)
    late = scoped_measures(actor, RECORD).filter(late_measures())
    decide = plan_rows(with_risks(deciding).order_by(*order)[:MOST])
    confirm = plan_rows(with_risks(drafting).order_by(*order)[:MOST])
    overdue = measure_rows(with_people(late).order_by("due_on", "division", "id")[:MOST])
    by_day: dict[date | None, int] = {}
    for counted in (
        _by_day(deciding, "matter__due_on"),
        _by_day(drafting, "matter__due_on"),
        _by_day(late, "due_on"),
    ):
        for day, number in counted.items():
            by_day[day] = by_day.get(day, 0) + number
    named = {row.household_id for row in (*decide, *confirm)}
    _record(actor, named | {row.household_id for row in overdue})
    return PlanWork(decide, confirm, overdue, by_day)


def _by_day(rows: QuerySet[Any], column: str) -> dict[date | None, int]:
    return dict(rows.order_by().values_list(column).annotate(n=Count("pk", distinct=True)))


def _record(actor: Actor, households: set[UUID]) -> None:
    if not households:
        return
    record(
        actor=actor,
        action="plan.listed",
        kind="listed",
        subject_type="household",
        subject_ids=sorted(map(str, households)),
        division=actor.scope(READ).common,
        count=len(households),
        filters={"waiting": True, "day": today().isoformat()},
    )
