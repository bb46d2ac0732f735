"""Drafting a plan: the risks, what is proposed for them, and who would look after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.plans.domain.suggesting import suggest
from bangfu.plans.models import Origin, Plan, PlanRisk
from bangfu.plans.permissions import DRAFT, READ
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.plans.queries.facts import labour_in
from bangfu.plans.queries.plans import LIVE, PLAN, measures_of, risks_of
from bangfu.plans.queries.responsible import helpers_on
from bangfu.plans.queries.risks import risks_known
from bangfu.plans.services.writing import NewMeasure, write_measures
from bangfu.procedures.api import Subject, open_matter
from bangfu.registry.api import Household

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.api import Pairing


@transaction.atomic
def draft_plan(
    *,
    actor: Actor,
    household_id: UUID,
    risks: Sequence[str] | None = None,
    origin: Origin = Origin.ASKED,
    case_id: UUID | None = None,
    year: int | None = None,
) -> Plan:
    """Open a plan for a household, with a measure proposed for every risk.

    Proposals are for people to confirm or drop: a plan that holds one cannot be submitted.

    Args:
        actor: needs `plans.draft` in the household's village.
        household_id: whose.
        risks: the risks to answer, the gravest first; None for those the register and the rules
            name.
        origin: why. case_id: the case it follows from.
        year: the year it is for (this one).

    Raises:
        AccessRefused: without the capability there.
        Refused: `plans.household_unknown`; `plans.open_already` when the household has an open
            plan of the year; `plans.risk_unknown`.
    """
    # Held until the end: two people who draft one for the same household come one after the other.
    scope = actor.scope(READ).q("village_code")
    household = Household.objects.select_for_update().filter(scope, pk=household_id).first()
    if household is None or not household.active:
        raise Refused(Problem("plans.household_unknown"))
    actor.check(DRAFT, household.village_code)
    wanted = list(dict.fromkeys(risks_known(household) if risks is None else risks))
    known = catalogue_on().risks
    unknown = [each for each in wanted if each not in known]
    if unknown:
        raise Refused(*(Problem("plans.risk_unknown", values={"risk": each}) for each in unknown))
    of_year = year or today().year
    if Plan.objects.filter(household=household, year=of_year, open=True).exists():
        raise Refused(Problem("plans.open_already", values={"year": str(of_year)}))
    plan = _open(actor, household, origin, case_id, of_year)
    rows = [PlanRisk(plan=plan, risk=risk, place=place) for place, risk in enumerate(wanted)]
    PlanRisk.objects.bulk_create(rows)
    propose_measures(actor, plan, wanted)
    return plan


def _open(
    actor: Actor, household: Household, origin: Origin, case_id: UUID | None, year: int
) -> Plan:
    helpers = helpers_on(household, today())
    matter = open_matter(
        actor=actor,
        procedure=PLAN,
        subject=Subject(household.village_code, "household", household.pk),
    )
    return Plan.objects.create(
        matter=matter,
        household=household,
        division=household.village_code,
        year=year,
        origin=origin,
        case_id=case_id,
        contact=helpers[0].cadre if helpers else None,
        opened_on=today(),
        by_id=actor.person_id,
        by_name=actor.name,
    )


def propose_measures(
    actor: Actor, plan: Plan, risks: Sequence[str], due_on: date | None = None
) -> int:
    """Add what the catalogue proposes for risks and labour on top of the plan's measures.

    Returns:
        How many were added.
    """
    catalogue = catalogue_on()
    measures = measures_of([plan.pk]).get(plan.pk, [])
    taken = [(each.family, each.risk) for each in measures if each.matter.state in LIVE]
    labour = labour_in([plan.household_id], catalogue)[plan.household_id]
    found = suggest(catalogue, risks, labour, taken)
    helper = _helper(plan)
    write_measures(
        actor,
        plan,
        [
            NewMeasure(
                family=each.family,
                risk=each.risk,
                title=each.text.of("zh"),
                responsible_id=helper.cadre_id if helper else None,
                organisation_id=helper.organisation_id if helper else None,
                starts_on=today() if due_on else None,
                due_on=due_on,
                suggested=True,
            )
            for each in found
        ],
    )
    return len(found)


def _helper(plan: Plan) -> Pairing | None:
    helpers = helpers_on(plan.household, today())
    return helpers[0] if helpers else None


def add_risks(plan: Plan, risks: Sequence[str]) -> list[str]:
    """Let a plan answer further risks; the new ones among them, at its end."""
    standing = risks_of(plan)
    new = [each for each in dict.fromkeys(risks) if each not in standing]
    rows = [PlanRisk(plan=plan, risk=risk, place=len(standing) + n) for n, risk in enumerate(new)]
    PlanRisk.objects.bulk_create(rows)
    return new
