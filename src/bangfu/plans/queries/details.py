"""A household's plan and a measure with everything their pages show. Opening them is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import get_stored, name_of
from bangfu.plans.domain.effects import Effect, effect_of
from bangfu.plans.permissions import DRAFT
from bangfu.plans.queries.facts import labour_in, scoped_measures
from bangfu.plans.queries.lists import with_people, with_risks
from bangfu.plans.queries.plans import (
    CHANGEABLE,
    LIVE,
    content_of,
    find_scoped_measures,
    find_scoped_plan,
    measure_guards,
    measures_of,
    plan_facts,
    scoped_plans,
)
from bangfu.plans.queries.rows import measure_row, measure_rows, plan_rows, words_for
from bangfu.procedures.api import list_history, list_moves
from bangfu.registry.api import READ as READ_HOUSEHOLDS
from bangfu.registry.api import Household
from bangfu.teams.api import list_helpers

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Measure, Plan
    from bangfu.plans.queries.rows import MeasureRow, PlanRow, Words
    from bangfu.procedures.api import Offer, Passed
    from bangfu.teams.api import Pairing


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    """A risk of a plan, and the measures that answer it; none is a gap.

    Attributes:
        usual: the families that would answer it, in words; empty when any measure taken for it
            does.
        done: whether a measure that answers it is done.
    """

    risk: str
    label: str
    measures: tuple[MeasureRow, ...]
    usual: str
    done: bool


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """A plan's page.

    Attributes:
        has_labour: None when the register does not say.
        gap: whether the household has labour and no measure by which it earns.
        helpers: who helps the household, now and before, with their days.
        changeable: whether the reader may add a measure now.
    """

    plan: Plan
    row: PlanRow
    measures: list[MeasureRow]
    answers: list[RiskAnswer]
    has_labour: bool | None
    gap: bool
    helpers: list[Pairing]
    offers: list[Offer]
    history: list[Passed]
    others: list[PlanRow]
    changeable: bool


@dataclass(frozen=True, slots=True)
class MeasureDetail:
    """A measure's page.

    Attributes:
        content: what it is in detail. evidence: stored files by id, with their names.
        effect: what it brought; None before it ended, or where nothing could be seen.
        rules: the words of the rules the effect names. guarantees: those of its risks.
    """

    measure: Measure
    row: MeasureRow
    content: str
    offers: list[Offer]
    history: list[Passed]
    evidence: list[tuple[UUID, str]]
    effect: Effect | None
    rules: dict[str, str]
    guarantees: dict[str, str]
    changeable: bool


def _opened(actor: Actor, action: str, household_id: UUID, division: str) -> None:
    record(
        actor=actor,
        action=action,
        kind="opened",
        subject_type="household",
        subject_ids=(household_id,),
        division=division,
        count=1,
    )


def get_place(actor: Actor, household_id: UUID) -> Household:
    """The household of a plan's page, where the actor may see plans; that opening is audited by
    whoever shows something of it.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    mine = actor.scope("plans.read").q("village_code") & actor.scope(READ_HOUSEHOLDS).q(
        "village_code"
    )
    household = Household.objects.filter(mine, pk=household_id).first()
    if household is None:
        raise Http404
    return household


@transaction.atomic
def get_household_plan(
    actor: Actor, household_id: UUID, plan_id: UUID | None = None
) -> tuple[Household, PlanDetail | None]:
    """Open a household's plan: the one named, else the open one, else the latest; or none.

    Raises:
        Http404: when the household, or the plan named, is not in the actor's scope.
    """
    household = get_place(actor, household_id)
    _opened(actor, "plan.opened", household.pk, household.village_code)
    plans = list(
        with_risks(scoped_plans(actor))
        .filter(household=household)
        .order_by("-open", "-year", "-opened_on", "-id")
    )
    if not plans and plan_id is None:
        return household, None
    chosen = next((each for each in plans if plan_id in (None, each.pk)), None)
    if chosen is None:
        raise Http404
    return household, _detail(actor, chosen, [each for each in plans if each.pk != chosen.pk])


def _detail(actor: Actor, plan: Plan, others: list[Plan]) -> PlanDetail:
    measures = measures_of([plan.pk]).get(plan.pk, [])
    for each in measures:
        each.household = plan.household
    words = words_for([plan.division])
    rows = [measure_row(each, words) for each in measures]
    (row,) = plan_rows([plan])
    labour = labour_in([plan.household_id], words.catalogue)[plan.household_id]
    may = actor.may(DRAFT, plan.division)
    return PlanDetail(
        plan=plan,
        row=row,
        measures=rows,
        answers=[_answer(risk, label, rows, words) for risk, label in row.risks],
        has_labour=labour,
        gap=bool(labour) and not row.tally.developmental,
        helpers=list_helpers(actor, plan.household_id, past=True),
        offers=list_moves(actor, plan.matter, plan_facts(plan, measures)),
        history=list_history(actor, plan.matter),
        others=plan_rows(others),
        changeable=may and plan.matter.state in CHANGEABLE,
    )


def _answer(risk: str, label: str, rows: list[MeasureRow], words: Words) -> RiskAnswer:
    answers = words.catalogue.answers
    fitting = [x for x in rows if x.state in LIVE and answers(x.family, x.risk, risk)]
    row = words.catalogue.risks.get(risk)
    usual = _("、").join(words.family(each) for each in (row.needs if row else ()))
    done = any(each.state == "done" for each in fitting)
    return RiskAnswer(risk, label, tuple(fitting), usual, done)


@transaction.atomic
def get_measure(actor: Actor, measure_id: UUID) -> MeasureDetail:
    """Open one measure.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    measure = find_scoped_measures(actor, [measure_id])[measure_id]
    _opened(actor, "measure.opened", measure.household_id, measure.division)
    words = words_for([measure.division])
    facts = measure_guards(measure.plan.matter.state, measure)
    effect = effect_of(measure.effect)
    named = {*effect.ended, *effect.begun, *effect.lasting} if effect else set()
    rules = words.pack.rules
    may = actor.may(DRAFT, measure.division)
    return MeasureDetail(
        measure=measure,
        row=measure_row(measure, words),
        content=content_of(measure),
        offers=list_moves(actor, measure.matter, facts),
        history=list_history(actor, measure.matter),
        evidence=_evidence(actor, measure),
        effect=effect,
        rules={
            each: rules[each].text.of(words.language) if each in rules else each for each in named
        },
        guarantees={each: words.risk(each) for each in words.catalogue.guarantees},
        changeable=may
        and measure.matter.state == "planned"
        and measure.plan.matter.state in CHANGEABLE,
    )


def _evidence(actor: Actor, measure: Measure) -> list[tuple[UUID, str]]:
    stored = [get_stored(actor, UUID(each)) for each in measure.evidence]
    return [(each.pk, name_of(each)) for each in stored]


@transaction.atomic
def open_to_write(
    actor: Actor, *, plan_id: UUID | None = None, measure_id: UUID | None = None
) -> tuple[Plan, Measure | None]:
    """A plan, and the measure named, to write; the opening is audited.

    Raises:
        Http404: when there is none in the actor's scope.
        AccessRefused: when they may not draft there.
    """
    measure = None
    if measure_id is not None:
        measure = find_scoped_measures(actor, [measure_id])[measure_id]
        plan_id = measure.plan_id
    if plan_id is None:
        raise Http404
    plan = find_scoped_plan(actor, plan_id)
    actor.check(DRAFT, plan.division)
    _opened(actor, "plan.opened", plan.household_id, plan.division)
    return plan, measure


def get_plan(actor: Actor, plan_id: UUID) -> PlanDetail:
    """Open one plan by its id.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    plan = find_scoped_plan(actor, plan_id)
    _, detail = get_household_plan(actor, plan.household_id, plan.pk)
    if detail is None:
        raise Http404
    return detail


def plans_of(actor: Actor, household_id: UUID) -> list[PlanRow]:
    """The plans of a household the actor has opened, the open one first."""
    found = with_risks(scoped_plans(actor)).filter(household_id=household_id)
    return plan_rows(found.order_by("-open", "-year", "-opened_on", "-id"))


def measures_of_household(actor: Actor, household_id: UUID) -> list[MeasureRow]:
    """The measures of a household the actor has opened, those to be done first, by due day."""
    found = with_people(scoped_measures(actor)).filter(household_id=household_id)
    rows = measure_rows(found)
    return sorted(rows, key=lambda row: (not row.open, row.due_on or today(), str(row.id)))
