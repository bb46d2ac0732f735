"""What people decide about a plan; an approved plan takes its measures along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.kernel.problems import Refused
from bangfu.plans.domain.standing import PLANNED
from bangfu.plans.queries.plans import (
    find_scoped_plan,
    measure_guards,
    measures_of,
    plan_facts,
)
from bangfu.procedures.api import MoveRequest, lock_matters, make_move, make_moves

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Measure, Plan

APPROVE: Final = "approve"
BEGIN: Final = "begin"
AGREE: Final = "agree"


@transaction.atomic
def move_plan(
    *, actor: Actor, plan_id: UUID, move: str, note: str = "", seen: int | None = None
) -> Plan:
    """Make one move of a plan; `approve` agrees to every measure planned in it.

    Raises:
        Http404: no such plan in the actor's scope.
        AccessRefused: without the move's capability there.
        Refused: with the procedure's reasons; nothing is changed then.
    """
    lock_matters([find_scoped_plan(actor, plan_id).matter_id])
    plan = find_scoped_plan(actor, plan_id)
    measures = measures_of([plan.pk]).get(plan.pk, [])
    plan.matter = make_move(
        actor=actor,
        matter_id=plan.matter_id,
        move=move,
        facts=plan_facts(plan, measures),
        note=note,
        seen=seen,
    )
    if move == APPROVE:
        _agree_all(actor, plan, [each for each in measures if each.matter.state == PLANNED])
    still_open = plan.matter.closed_at is None
    if plan.open != still_open:
        plan.open = still_open
        plan.save(update_fields=["open"])
    return plan


def approve_plan(*, actor: Actor, plan_id: UUID, seen: int | None = None) -> Plan:
    """Approve a plan that was submitted; see `move_plan`."""
    return move_plan(actor=actor, plan_id=plan_id, move=APPROVE, seen=seen)


def _agree_all(actor: Actor, plan: Plan, measures: list[Measure]) -> None:
    requests = [
        MoveRequest(each.matter_id, measure_guards(plan.matter.state, each)) for each in measures
    ]
    outcome = make_moves(actor=actor, move=AGREE, requests=requests)
    if outcome.refused:
        # Several measures are mostly refused for one reason, which is told once.
        found = {each.code: each for problems in outcome.refused.values() for each in problems}
        raise Refused(*found.values())


def begin_plan(actor: Actor, plan: Plan) -> None:
    """An approved plan is in force as soon as one of its measures begins."""
    if plan.matter.state != "approved":
        return
    measures = measures_of([plan.pk]).get(plan.pk, [])
    plan.matter = make_move(
        actor=actor, matter_id=plan.matter_id, move=BEGIN, facts=plan_facts(plan, measures)
    )
