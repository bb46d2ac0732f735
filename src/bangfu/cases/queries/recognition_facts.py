"""What the guards of a recognition may know, for many cases at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.domain.comparison import ComparisonOutcome
from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.recognition import CHECK, NOBODY, fits_type
from bangfu.cases.models import Appeal, Case, CaseVisit, Comparison, Consent
from bangfu.cases.queries.case_facts import rules_standing
from bangfu.cases.queries.recognition_table import category_today, comparison_table
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.kernel.clock import CHINA
from bangfu.meetings.api import decided_on
from bangfu.procedures.api import MatterMove
from bangfu.registry.api import IncomeStatement, Member, reference_income

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.cases.domain.comparison import ComparisonTable
    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.api import MeetingResult
    from bangfu.registry.api import Household

OBJECTION: Final = "objection"
UPHELD: Final = "upheld"
OPENED: Final = "opened"
FAILED: Final = "notice_failed"
"""The kind of appeal, the states and the move by name, as the tables of the pack call them."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that some cases rest on, fetched in a constant number of statements.

    Attributes:
        failed: when a notice of the case last failed: visits, meetings and objections from before
            that moment have been dealt with.
        rules: names of the rules whose findings stand, by household.
        monitored: households with a monitoring case that has not ended.
        on_dibao: households with a member on subsistence allowance.
    """

    day: date
    table: ComparisonTable
    failed: Mapping[UUID, datetime]
    visits: Mapping[UUID, Sequence[CaseVisit]]
    consents: Mapping[UUID, Sequence[Consent]]
    comparisons: Mapping[UUID, Sequence[Comparison]]
    appeals: Mapping[UUID, Sequence[Appeal]]
    results: Mapping[UUID, MeetingResult]
    rules: Mapping[UUID, frozenset[str]]
    monitored: frozenset[UUID]
    on_dibao: frozenset[UUID]
    incomes: Mapping[UUID, int]


def recognition_facts(actor: Actor, cases: Sequence[Case]) -> dict[UUID, dict[str, Any]]:
    """The standing facts of some recognitions; what is not known is left out."""
    if not cases:
        return {}
    known = gather(cases)
    return {case.pk: {**facts_of(case, known), **_own(actor, case, known)} for case in cases}


def gather(cases: Sequence[Case]) -> Gathered:
    """Fetch what the facts of some cases rest on."""
    ids = {each.pk for each in cases}
    matters = {each.matter_id for each in cases}
    households = {each.household_id for each in cases}
    moves = MatterMove.objects.filter(move=FAILED).order_by("number")
    monitoring = Case.objects.filter(kind=CaseKind.MONITORING.value, open=True)
    helped = Member.objects.filter(active=True, on_dibao=True).order_by()
    visits = CaseVisit.objects.filter(purpose=CHECK)
    appeals = Appeal.objects.filter(kind=OBJECTION).select_related("matter")
    return Gathered(
        day=today(),
        table=comparison_table(),
        failed={each.matter_id: each.at for each in fetch_by(moves, "matter_id", matters)},
        visits=_grouped(visits, "case_id", ids, lambda each: each.case_id),
        consents=_grouped(
            Consent.objects.filter(withdrawn_on=None),
            "household_id",
            households,
            lambda each: each.household_id,
        ),
        comparisons=_grouped(Comparison.objects.all(), "case_id", ids, lambda each: each.case_id),
        appeals=_grouped(appeals, "case_id", ids, lambda each: each.case_id),
        results=decided_on(matters),
        rules=rules_standing(households),
        monitored=_keys(monitoring.values_list("household_id", flat=True), households),
        on_dibao=_keys(helped.values_list("household_id", flat=True), households),
        incomes=_incomes(households),
    )


def _keys(rows: QuerySet[Any, Any], households: Collection[UUID]) -> frozenset[UUID]:
    return frozenset(fetch_by(rows, "household_id", households))


def _grouped(
    rows: QuerySet[Any, Any], field: str, keys: Collection[UUID], key: Callable[[Any], UUID]
) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for each in fetch_by(rows, field, keys):
        found[key(each)].append(each)
    return found


def _incomes(households: Collection[UUID]) -> dict[UUID, int]:
    """The reference income of the latest yearly survey, in fen; households without one left out."""
    rows = IncomeStatement.objects.filter(income_purpose="annual").order_by("income_year")
    latest = {each.household_id: each for each in fetch_by(rows, "household_id", households)}
    found = {key: reference_income(vars(each)) for key, each in latest.items()}
    return {key: amount for key, amount in found.items() if amount is not None}


def facts_of(case: Case, known: Gathered) -> dict[str, Any]:
    """The facts of one recognition."""
    household = case.household
    return {
        "being_visited": case.matter.state == OPENED,
        "on_rolls": household.active,
        "monitored": is_monitored(household, known.monitored),
        "visitors": visitors_of(case, known),
        "consent_in_force": bool(consents_of(case, known.consents.get(case.household_id, ()))),
        "rules_fired": len(known.rules.get(case.household_id, ())),
        **_category_facts(case, known),
        **_comparison_facts(case, known),
        **_meeting_facts(case, known),
        **_objection_facts(case, known),
        **_income_facts(household, known),
    }


def _own(actor: Actor, case: Case, known: Gathered) -> dict[str, Any]:
    """What the person acting did in this case without a move of their own (four eyes)."""
    person = str(actor.person_id)
    visits = known.visits.get(case.pk, ())
    visited = any(person in {str(row.by_id), *_visitors(row)} for row in visits)
    compared = any(person == str(row.by_id) for row in known.comparisons.get(case.pk, ()))
    return {"mover_visited": visited, "mover_handled": visited or compared}


def _visitors(row: CaseVisit) -> set[str]:
    return {each["id"] for each in row.visitors}


def is_monitored(household: Household, cases: Collection[UUID]) -> bool:
    """Whether the household is monitored: by a case that has not ended, or by the register."""
    if household.pk in cases:
        return True
    listed = household.monitoring_category not in {"", NOBODY}
    return listed and household.risk_eliminated_month is None


def visits_of(case: Case, known: Gathered) -> list[CaseVisit]:
    """The visits that count: those recorded since the last notice failed."""
    since = known.failed.get(case.matter_id)
    rows = known.visits.get(case.pk, ())
    return [each for each in rows if since is None or each.recorded_at > since]


def visitors_of(case: Case, known: Gathered) -> int:
    """The most people who were at one visit together."""
    counts = (len(_visitors(row)) for row in visits_of(case, known))
    return max(counts, default=0)


def consents_of(case: Case, rows: Iterable[Consent]) -> list[Consent]:
    """Of a household's authorisations in force those for a case: its own, and those at large."""
    return [each for each in rows if each.case_id in {None, case.pk}]


def _category_facts(case: Case, known: Gathered) -> dict[str, Any]:
    category = category_today(case.category, known.day)
    facts: dict[str, Any] = {
        "category_given": bool(case.category),
        "category_in_phase": bool(category),
        "risks": len(case.risks),
    }
    fits = fits_type(category, case.household.household_type)
    return facts if fits is None else {**facts, "category_fits": fits}


def _comparison_facts(case: Case, known: Gathered) -> dict[str, Any]:
    rows = known.comparisons.get(case.pk, ())
    answered = {each.department for each in rows if each.answered_on is not None}
    asked = {each.department for each in rows}
    needed = set(known.table.needed(on_dibao=case.household_id in known.on_dibao)) | asked
    found = [each for each in rows if each.outcome == ComparisonOutcome.FOUND]
    return {
        "answers_missing": len(needed - answered),
        "flags_unexplained": sum(not each.explained for each in found),
    }


def meeting_of(case: Case, known: Gathered) -> MeetingResult | None:
    """What the village decided, unless a notice has failed since."""
    result = known.results.get(case.matter_id)
    failed = known.failed.get(case.matter_id)
    if result is not None and failed is not None:
        return result if result.held_on > failed.astimezone(CHINA).date() else None
    return result


def _meeting_facts(case: Case, known: Gathered) -> dict[str, Any]:
    result = meeting_of(case, known)
    if result is None:
        return {"meeting_on_record": False}
    return {"meeting_on_record": True, "quorate": result.quorate, "passed": result.passed}


def _objection_facts(case: Case, known: Gathered) -> dict[str, Any]:
    since = known.failed.get(case.matter_id)
    rows = known.appeals.get(case.pk, ())
    closed = [each.matter for each in rows if each.matter.closed_at is not None]
    upheld = [each for each in closed if each.state == UPHELD]
    return {
        "objections_open": sum(each.matter.closed_at is None for each in rows),
        "objections_upheld": sum(
            since is None or (each.closed_at is not None and each.closed_at > since)
            for each in upheld
        ),
    }


def _income_facts(household: Household, known: Gathered) -> dict[str, Any]:
    income = known.incomes.get(household.pk)
    if income is None or not household.size:
        return {}
    return {"income_per_person": income // household.size}
