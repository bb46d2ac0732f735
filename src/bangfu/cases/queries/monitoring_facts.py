"""What the guards of the monitoring table look at. Unknown facts are left out, never guessed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from bangfu.cases.domain.monitoring import (
    ABSENT,
    ELIMINATING,
    full_months,
    is_trouble,
    is_without_labour,
    last_day_of,
    review_due,
    unanswered_risks,
)
from bangfu.cases.models import Appeal, Clue
from bangfu.cases.queries.monitoring_measures import matched_measures
from bangfu.cases.queries.monitoring_meetings import meetings_passed
from bangfu.cases.queries.monitoring_register import (
    fired_in,
    income_per_person,
    labour_of,
    outcomes_of,
)
from bangfu.cases.queries.monitoring_visits import (
    ELIMINATE,
    LOOK_BACK,
    last_of,
    moment_of,
    moves_of,
    visits_since,
)
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.kernel.clock import civil_day
from bangfu.policy.api import active_pack
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.cases.models import Case, CaseVisit
    from bangfu.cases.queries.monitoring_visits import Moves
    from bangfu.foundation.access.api import Actor

    Facts = dict[str, Any]

REOPENED: Final = ("reopen", "reopen_after_clue")
"""Moves after which the months of monitoring begin anew: the risk came back."""
REVIEWS: Final = ("special_review", "review_suspended")
MARKS: Final = ("long_standing_months", "long_standing_again_months")
"""Parameters: after how many months a long-standing household is reviewed, and again."""
RECENT: Final = "income_recent_years"
ELIMINATED: Final = "eliminated"
_FINAL: Final = "left"


def monitoring_facts(actor: Actor, cases: Sequence[Case]) -> dict[UUID, Facts]:
    """The facts of monitoring cases, by case; registered with `register_facts`."""
    day = today()
    open_cases = [each for each in cases if each.matter.state != _FINAL]
    moves = moves_of(open_cases)
    found: dict[UUID, Facts] = {each.pk: _own_facts(each) for each in open_cases}
    sources = (
        time_facts(open_cases, moves, day),
        _register_facts(open_cases, day),
        _visit_facts(open_cases, moves),
        _look_back_facts(open_cases),
        _measure_facts(open_cases, moves),
        _meeting_facts(open_cases, moves),
        _objection_facts(open_cases, moves),
        _clue_facts(open_cases, moves),
    )
    for source in sources:
        for case_id, facts in source.items():
            found[case_id].update(facts)
    _add_risks(open_cases, found, moves, day)
    return found


def _own_facts(case: Case) -> Facts:
    facts: Facts = {"on_rolls": case.household.active and case.household.left_on is None}
    return facts | {"mode": case.mode} if case.mode else facts


def monitored_since(case: Case, moves: Moves) -> date:
    """The day from which the months of monitoring count.

    That of the last reopening; else of the announcement of the recognition; else the last day of
    the month that the register names; else the day the case was opened.
    """
    reopened = moment_of(moves, REOPENED)
    if reopened is not None:
        return civil_day(reopened)
    if case.parent is not None:
        return case.parent.decided_on or case.opened_on
    return last_day_of(case.household.risk_identified_month) or case.opened_on


def time_facts(cases: Sequence[Case], moves: Mapping[UUID, Moves], day: date) -> dict[UUID, Facts]:
    """How long cases have been monitored, and whether a special review is due."""
    pack = active_pack(day)
    found: dict[UUID, Facts] = {}
    for case in cases:
        made = moves[case.matter_id]
        since = monitored_since(case, made)
        months = full_months(since, day)
        found[case.pk] = {"months_monitored": max(months, 0)}
        parameters = pack.parameters_on(day, case.division)
        marks = [parameters[name] for name in MARKS if name in parameters]
        reviewed = [full_months(since, civil_day(each.at)) for each in made if each.move in REVIEWS]
        if len(marks) == len(MARKS):
            found[case.pk]["review_due_months"] = review_due(months, marks, reviewed)
    return found


def _register_facts(cases: Sequence[Case], day: date) -> dict[UUID, Facts]:
    pack, households = active_pack(day), [each.household_id for each in cases]
    labour = labour_of(households)
    found: dict[UUID, Facts] = {}
    for case in cases:
        able = {each.code for each in pinned_procedure(case.matter.version_id).lists["able"]}
        whole = is_without_labour(
            case.household.safety_net_household, labour.get(case.household_id, []), able
        )
        found[case.pk] = {} if whole is None else {"wholly_without_labour": whole}
        years = pack.parameters_on(day, case.division).get(RECENT)
        if years is not None:
            incomes = income_per_person([case.household_id], day.year - years)
            if case.household_id in incomes:
                found[case.pk]["income_per_person"] = incomes[case.household_id]
    return found


def elimination_visits(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, CaseVisit]:
    """The visit before the elimination that is under way, by case."""
    proposed = {each.pk: last_of(moves[each.matter_id], ("propose",)) for each in cases}
    since = {case_id: move.number for case_id, move in proposed.items() if move is not None}
    return visits_since(cases, ELIMINATE, since)


def _visit_facts(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, Facts]:
    under_way = [each for each in cases if each.matter.state not in {"monitored", "suspended"}]
    return {
        case_id: {
            "visitors": len(visit.visitors),
            "signed": visit.signed,
            **{name: visit.findings[name] for name in ELIMINATING if name in visit.findings},
        }
        for case_id, visit in elimination_visits(under_way, moves).items()
    }


def _look_back_facts(cases: Sequence[Case]) -> dict[UUID, Facts]:
    """The look-back since the case last came to rest; an earlier one serves no longer."""
    resting = [each for each in cases if each.matter.state == ELIMINATED]
    since = {each.pk: each.matter.lock_version for each in resting}
    visits = visits_since(resting, LOOK_BACK, since)
    found: dict[UUID, Facts] = {each.pk: {"looked_back": each.pk in visits} for each in resting}
    for case_id, visit in visits.items():
        found[case_id]["look_back_visitors"] = len(visit.visitors)
        found[case_id]["trouble_found"] = is_trouble(visit.findings)
    return found


def _measure_facts(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, Facts]:
    since = {each.pk: monitored_since(each, moves[each.matter_id]) for each in cases}
    matched = matched_measures(cases, since)
    return {case_id: {"matched_measure_done": done} for case_id, done in matched.items()}


def _meeting_facts(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, Facts]:
    reviewing = [each for each in cases if each.matter.state == "checked"]
    passed = meetings_passed(reviewing, moves)
    return {case_id: {"meeting_passed": each} for case_id, each in passed.items()}


def _objection_facts(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, Facts]:
    """Objections without a reply, and those found true since this elimination was proposed."""
    rows = Appeal.objects.filter(kind="objection").select_related("matter")
    waiting: Counter[UUID] = Counter()
    upheld: Counter[UUID] = Counter()
    proposed = {each.pk: moment_of(moves[each.matter_id], ("propose",)) for each in cases}
    for row in fetch_by(rows, "case_id", list(proposed)):
        about = cast("UUID", row.case_id)
        since = proposed[about]
        if row.matter.closed_at is None:
            waiting[about] += 1
        elif row.matter.state == "upheld" and since is not None and row.received_at >= since:
            upheld[about] += 1
    return {
        each.pk: {"objections_open": waiting[each.pk], "objections_upheld": upheld[each.pk]}
        for each in cases
    }


def _clue_facts(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, Facts]:
    resting = {each.household_id: each for each in cases if each.matter.state == ELIMINATED}
    since = {each.pk: moment_of(moves[each.matter_id], ("announce",)) for each in resting.values()}
    found: dict[UUID, Facts] = {each.pk: {"clue_confirmed": False} for each in resting.values()}
    rows = Clue.objects.filter(matter__state="verified").select_related("matter")
    for clue in fetch_by(rows, "household_id", list(resting)):
        case = resting[cast("UUID", clue.household_id)]
        start, closed = since[case.pk], clue.matter.closed_at
        if start is not None and closed is not None and closed >= start:
            found[case.pk] = {"clue_confirmed": True}
    return found


def _add_risks(
    cases: Sequence[Case], found: dict[UUID, Facts], moves: Mapping[UUID, Moves], day: date
) -> None:
    """What the rules say today, and for which risks nobody has an answer."""
    visits = elimination_visits(cases, moves)
    for case in cases:
        if case.matter.state in {ELIMINATED, "suspended"}:
            continue
        weighty = {x.code for x in pinned_procedure(case.matter.version_id).lists["weighty"]}
        outcomes = outcomes_of(case.household, day, weighty)
        if outcomes is None:
            continue
        visit = visits.get(case.pk)
        absent = visit.findings.get(ABSENT, ()) if visit else ()
        said = {risk: set(rules.values()) for risk, rules in outcomes.items()}
        found[case.pk]["rules_fired"] = fired_in(outcomes)
        found[case.pk]["risks_unanswered"] = len(unanswered_risks(case.risks, said, absent))
