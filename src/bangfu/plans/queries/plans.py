"""Plans and measures in the actor's scope, for services; what pages show is in `details`, `lists`.

Nothing here is audited: it is read to write, or by a query that is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.http import Http404

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.foundation.secrets.api import unseal
from bangfu.plans.domain.standing import CARRIED, OPEN, is_overdue
from bangfu.plans.models import Measure, Plan
from bangfu.plans.permissions import READ
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.plans.queries.facts import labour_in, mark_of, scoped_measures

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

PLAN: Final = "plan"
MEASURE: Final = "measure"
SEALED: Final = (Measure._meta.db_table, "content_sealed")
"""Table and column that the details of measures are sealed for."""
LIVE: Final = frozenset({*OPEN, *CARRIED})
"""States of measures that count for a plan: not dropped, not broken off."""
APPROVED: Final = frozenset({"approved", "in_force"})
CHANGEABLE: Final = frozenset({"draft", *APPROVED})
"""States of plans in which measures may be added and dropped."""


def scoped_plans(actor: Actor, capability: str = READ) -> QuerySet[Plan]:
    """Every plan of households in which the actor holds a capability."""
    rows = Plan.objects.select_related("matter", "household", "contact")
    return rows.filter(actor.scope(capability).q("division"))


def find_scoped_plan(actor: Actor, plan_id: UUID) -> Plan:
    """One plan.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    plan = scoped_plans(actor).filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    return plan


def find_scoped_measures(actor: Actor, measure_ids: Collection[UUID]) -> dict[UUID, Measure]:
    """Measures by id.

    Raises:
        Http404: when one of them is not there, or not for the actor to see.
    """
    wanted = set(measure_ids)
    found = {each.pk: each for each in fetch_by(scoped_measures(actor), "pk", wanted)}
    if len(found) < len(wanted):
        raise Http404
    return found


def open_plan_of(household_id: UUID) -> Plan | None:
    """The household's open plan of the latest year, or None; unscoped, for services."""
    rows = Plan.objects.select_related("matter", "household")
    return rows.filter(household=household_id, open=True).order_by("-year", "-opened_on").first()


def content_of(measure: Measure) -> str:
    """The details of a measure, opened."""
    sealed = measure.content_sealed
    return unseal(*SEALED, measure.pk, bytes(sealed)) if sealed else ""


def risks_of(plan: Plan) -> list[str]:
    """The risks of a plan, the gravest first."""
    return [each.risk for each in plan.risks.all()]


def measures_of(plan_ids: Collection[UUID]) -> dict[UUID, list[Measure]]:
    """The measures of plans, in the order they were written."""
    found: dict[UUID, list[Measure]] = defaultdict(list)
    rows = Measure.objects.select_related("matter", "organisation", "responsible")
    for each in fetch_by(rows, "plan_id", set(plan_ids)):
        found[each.plan_id].append(each)
    for measures in found.values():
        measures.sort(key=lambda each: (each.recorded_at, each.pk))
    return found


def plan_facts(plan: Plan, measures: Sequence[Measure]) -> dict[str, object]:
    """What the guards of a plan may know; what is not known is left out."""
    day, catalogue = today(), catalogue_on()
    live = [each for each in measures if each.matter.state in LIVE]
    risks = risks_of(plan)
    answered = catalogue.answered(((each.family, each.risk) for each in live), risks)
    facts: dict[str, object] = {
        "measures": len(live),
        "unconfirmed": sum(each.suggested for each in live),
        "risks_without_measure": len(set(risks) - answered),
        "developmental": sum(each.family in catalogue.developmental for each in live),
        "past_due": sum(is_overdue(mark_of(each), day) for each in live),
        "begun": sum(each.started_on is not None for each in measures),
        "open_measures": sum(each.matter.state in OPEN for each in measures),
    }
    labour = labour_in([plan.household_id], catalogue)[plan.household_id]
    return facts if labour is None else {**facts, "has_labour": labour}


def measure_guards(plan_state: str, measure: Measure) -> dict[str, object]:
    """What the guards of a measure may know before a form is filled in."""
    facts: dict[str, object] = {
        "plan_approved": plan_state in APPROVED,
        "plan_open_to_change": plan_state in CHANGEABLE,
        "confirmed": not measure.suggested,
    }
    late = measure.due_on is not None and measure.due_on < today()
    return facts if late else {**facts, "late_explained": True}
