"""What the guards of the exit table look at. Unknown facts are left out, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.models import Appeal
from bangfu.cases.queries.monitoring_register import income_per_person
from bangfu.cases.queries.monitoring_visits import last_of, moves_of, visits_since
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.meetings.api import decided_on
from bangfu.policy.api import active_pack, find_phase_on
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor

    Facts = dict[str, Any]

EXIT: Final = "exit"
"""The purpose of the visit by which an exit is verified."""
QUESTIONS: Final = (
    "short_of_food", "short_of_clothing", "out_of_school", "uninsured", "unsafe_housing",
)  # fmt: skip
"""What those who verify answer: 两不愁、三保障, each true when it is not secured."""
_LIVING: Final = {"has_water": "water_safe", "has_power": "electricity", "has_tv": "broadcast"}
"""What Sichuan asks besides (一超六有), by the register's item."""
_TYPE: Final = "household_type"
_RECENT: Final = "income_recent_years"


def exit_facts(actor: Actor, cases: Sequence[Case]) -> dict[UUID, Facts]:
    """The facts of exit cases, by case; registered with `register_facts`."""
    day = today()
    moves = moves_of(cases)
    proposed = {each.pk: last_of(moves[each.matter_id], ("propose",)) for each in cases}
    since = {key: move.number for key, move in proposed.items() if move is not None}
    visits = visits_since(cases, EXIT, since)
    decided = decided_on([each.matter_id for each in cases])
    waiting, upheld = _objections(cases)
    found: dict[UUID, Facts] = {}
    for case in cases:
        facts = {**_register_facts(case, day), "objections_open": waiting.get(case.pk, 0)}
        facts["objections_upheld"] = upheld.get(case.pk, 0)
        result, visit = decided.get(case.matter_id), visits.get(case.pk)
        if result is not None and result.quorate:
            facts["meeting_passed"] = result.passed
        if visit is not None:
            facts["visitors"] = len(visit.visitors)
            facts |= {name: visit.findings[name] for name in QUESTIONS if name in visit.findings}
        found[case.pk] = facts
    return found


def has_poor(day: date) -> bool:
    """Whether the phase of a day knows poor households at all."""
    phase = find_phase_on(day)
    return phase is not None and "poor" in {each.code for each in phase.categories.get(_TYPE, ())}


def _register_facts(case: Case, day: date) -> Facts:
    home, table = case.household, pinned_procedure(case.matter.version_id)
    poor = {each.code for each in table.lists["poor_types"]}
    still = {each.code for each in table.lists["still_poor"]}
    facts: Facts = {
        "phase_has_poor": has_poor(day),
        "registered_poor": home.active and home.household_type in poor and home.exit_flag in still,
    }
    for name, item in _LIVING.items():
        if name in table.facts and getattr(home, item) is not None:
            facts[name] = getattr(home, item)
    years = active_pack(day).parameters_on(day, case.division).get(_RECENT)
    incomes = income_per_person([home.pk], day.year - years) if years is not None else {}
    return facts | ({"income_per_person": incomes[home.pk]} if home.pk in incomes else {})


def _objections(cases: Sequence[Case]) -> tuple[Mapping[UUID, int], Mapping[UUID, int]]:
    rows = Appeal.objects.filter(kind="objection").select_related("matter")
    waiting: dict[UUID, int] = {}
    upheld: dict[UUID, int] = {}
    for row in fetch_by(rows, "case_id", [each.pk for each in cases]):
        if row.case_id is None:
            continue
        if row.matter.closed_at is None:
            waiting[row.case_id] = waiting.get(row.case_id, 0) + 1
        elif row.matter.state == "upheld":
            upheld[row.case_id] = upheld.get(row.case_id, 0) + 1
    return waiting, upheld
