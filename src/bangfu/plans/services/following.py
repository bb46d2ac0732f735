"""What follows from decisions in rooms above: a plan for a recognised household, help again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.foundation.clock.api import today
from bangfu.plans.models import Origin, Plan
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.plans.queries.plans import open_plan_of
from bangfu.plans.services.drafting import add_risks, draft_plan, propose_measures
from bangfu.policy.api import active_pack
from bangfu.registry.api import Household

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

DAYS: Final = "first_measure_days"


@transaction.atomic
def plan_after_recognition(
    *, actor: Actor, case_id: UUID, household_id: UUID, risks: Sequence[str]
) -> Plan | None:
    """Draft the plan of a household that was recognised; the same event again drafts nothing.

    A household that has an open plan of the year keeps it, and the new risks join it.

    Returns:
        The plan; None when the household is not on the rolls any more.
    """
    household = Household.objects.select_for_update().filter(pk=household_id, active=True).first()
    if household is None:
        return None
    known = _known(risks)
    done = Plan.objects.filter(household=household, case_id=case_id).first()
    if done is not None:
        return done
    standing = open_plan_of(household_id)
    if standing is not None and standing.year == today().year:
        new = add_risks(standing, known)
        propose_measures(actor, standing, new)
        if standing.case_id is None:
            standing.case_id = case_id
            standing.save(update_fields=["case_id"])
        return standing
    return draft_plan(
        actor=actor,
        household_id=household_id,
        risks=known or None,
        origin=Origin.RECOGNISED,
        case_id=case_id,
    )


@transaction.atomic
def help_again(
    *, actor: Actor, case_id: UUID, household_id: UUID, risks: Sequence[str]
) -> Plan | None:
    """Propose measures with owner and due day for risks that a look-back has found.

    They join the open plan of the year, or begin a new one; what is proposed already is not
    proposed again.

    Returns:
        The plan; None when the household is not on the rolls any more.
    """
    household = Household.objects.select_for_update().filter(pk=household_id, active=True).first()
    if household is None:
        return None
    known = _known(risks)
    plan = open_plan_of(household_id)
    if plan is None or plan.year != today().year:
        plan = draft_plan(
            actor=actor,
            household_id=household_id,
            risks=known,
            origin=Origin.LOOK_BACK,
            case_id=case_id,
        )
    else:
        add_risks(plan, known)
        propose_measures(actor, plan, known, due_on=_due(household))
    undated = plan.measures.filter(suggested=True, due_on=None)
    undated.update(starts_on=today(), due_on=_due(household))
    return plan


def _known(risks: Sequence[str]) -> list[str]:
    """The risks the catalogue has measures for; others stay with the case alone."""
    known = catalogue_on().risks
    return [each for each in dict.fromkeys(risks) if each in known]


def _due(household: Household) -> date:
    days = active_pack(today()).parameters_on(today(), household.village_code).get(DAYS)
    return today() + timedelta(days=days or 0)
