"""Measures written into a plan: added, confirmed and changed while they are only planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.plans.domain.checking import Cap, Written, problems_of
from bangfu.plans.domain.standing import PLANNED
from bangfu.plans.models import Measure
from bangfu.plans.permissions import DRAFT
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.plans.queries.plans import (
    CHANGEABLE,
    MEASURE,
    SEALED,
    find_scoped_measures,
    find_scoped_plan,
)
from bangfu.plans.queries.responsible import is_valid_organisation, is_valid_person
from bangfu.policy.api import active_pack
from bangfu.procedures.api import Subject, lock_matters, open_matters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Plan
    from bangfu.registry.api import Household


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """A measure to be written, checked or proposed."""

    family: str
    title: str
    risk: str = ""
    content: str = ""
    organisation_id: UUID | None = None
    responsible_id: UUID | None = None
    amount: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    suggested: bool = False


def cap_of(family: str, division: str, day: date) -> Cap | None:
    """The cap of a family in a division on a day; None where the pack sets none."""
    catalogue, pack = catalogue_on(), active_pack(today())
    named = catalogue.families.get(family)
    if named is None or not named.cap:
        return None
    value = pack.parameters[named.cap].value_on(day, division)
    return Cap(named.cap, value.value, value.source) if value is not None else None


def _check(household: Household, written: Written) -> None:
    """Refuse what cannot stand.

    Raises:
        Refused: with every problem.
    """
    cap = cap_of(written.family, household.village_code, written.starts_on)
    problems = list(problems_of(written, catalogue_on(), cap))
    problems += _unfit(household, written)
    if problems:
        raise Refused(*problems)


def _unfit(household: Household, written: Written) -> Iterator[Problem]:
    day = written.starts_on
    values = {"day": day.isoformat()}
    organisation = written.organisation
    if organisation and not is_valid_organisation(household, organisation, day):
        yield Problem("plans.organisation_not_valid", values=values)
    if not is_valid_person(household, written.responsible, day):
        yield Problem("plans.person_not_valid", values=values)


def write_measures(actor: Actor, plan: Plan, wanted: Sequence[NewMeasure]) -> list[Measure]:
    """Write measures that are checked, or proposed and to be checked when they are confirmed.

    Raises:
        AccessRefused: when the actor may not plan measures there.
    """
    subject = Subject(plan.division, "household", plan.household_id)
    matters = open_matters(actor=actor, procedure=MEASURE, subjects=[subject] * len(wanted))
    moment = now()
    made = []
    for each, matter in zip(wanted, matters, strict=True):
        row_id = new_id()
        made.append(
            Measure.objects.create(
                id=row_id,
                matter=matter,
                plan=plan,
                household_id=plan.household_id,
                division=plan.division,
                family=each.family,
                risk=each.risk,
                title=each.title,
                content_sealed=seal(*SEALED, row_id, each.content) if each.content else None,
                organisation_id=each.organisation_id,
                responsible_id=each.responsible_id,
                amount=each.amount,
                starts_on=each.starts_on,
                due_on=each.due_on,
                suggested=each.suggested,
                recorded_at=moment,
                by_id=actor.person_id,
                by_name=actor.name,
            )
        )
    return made


@transaction.atomic
def add_measure(*, actor: Actor, plan_id: UUID, written: Written) -> Measure:
    """Add a measure to a plan that is being drafted or in force; the latter is approved by itself.

    Raises:
        Http404: no such plan in the actor's scope.
        AccessRefused: without `plans.draft` there.
        Refused: `plans.not_changeable`; with what stands against the measure.
    """
    plan = _changeable_plan(actor, plan_id)
    _check(plan.household, written)
    new = NewMeasure(
        family=written.family,
        title=written.title.strip(),
        risk=written.risk,
        content=written.content.strip(),
        organisation_id=written.organisation,
        responsible_id=written.responsible,
        amount=written.amount,
        starts_on=written.starts_on,
        due_on=written.due_on,
    )
    (measure,) = write_measures(actor, plan, [new])
    return measure


@transaction.atomic
def change_measure(*, actor: Actor, measure_id: UUID, written: Written) -> Measure:
    """Change a measure that is only planned; a proposal is confirmed by it.

    Raises:
        Http404: no such measure in the actor's scope.
        AccessRefused: without `plans.draft` there.
        Refused: `plans.not_changeable`; with what stands against the measure.
    """
    measure = find_scoped_measures(actor, [measure_id])[measure_id]
    plan = _changeable_plan(actor, measure.plan_id)
    lock_matters([measure.matter_id])
    measure = find_scoped_measures(actor, [measure_id])[measure_id]
    if measure.matter.state != PLANNED:
        raise Refused(Problem("plans.not_changeable"))
    _check(plan.household, written)
    content = written.content.strip()
    measure.family, measure.risk = written.family, written.risk
    measure.title, measure.amount = written.title.strip(), written.amount
    measure.content_sealed = seal(*SEALED, measure.pk, content) if content else None
    measure.organisation_id, measure.responsible_id = written.organisation, written.responsible
    measure.starts_on, measure.due_on = written.starts_on, written.due_on
    measure.suggested = False
    measure.save()
    record(
        actor=actor,
        action="measure.changed",
        kind="changed",
        subject_type="measure",
        subject_ids=(measure.pk,),
        division=measure.division,
        count=1,
    )
    return measure


def _changeable_plan(actor: Actor, plan_id: UUID) -> Plan:
    """The plan, held until the end, when its measures may be written now."""
    plan = find_scoped_plan(actor, plan_id)
    actor.check(DRAFT, plan.division)
    lock_matters([plan.matter_id])
    plan = find_scoped_plan(actor, plan_id)
    if plan.matter.state not in CHANGEABLE:
        raise Refused(Problem("plans.not_changeable"))
    return plan
