"""What recognising a household would write into the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.cases.domain.recognition import (
    GUARANTEES,
    MONITORING,
    MOST_RISKS,
    POOR,
    month_of,
)
from bangfu.cases.queries.recognition_table import category_item, category_today
from bangfu.foundation.clock.api import today
from bangfu.policy.api import can_write, find_phase_on
from bangfu.registry.api import Correct, Correction

if TYPE_CHECKING:
    from datetime import date

    from bangfu.cases.models import Case, CaseVisit
    from bangfu.registry.api import Household


def day_of_effect(case: Case) -> date:
    """The day from which the register has it: the decision's.

    Where the phase of that day was closed between decision and announcement, it is today, and the
    category stands under the name of today's phase.
    """
    decided = case.decided_on or today()
    return decided if can_write(decided) else today()


def recognising(case: Case, visit: CaseVisit | None, contact: str) -> Correct | None:
    """The change of the register, or None when it says so already.

    Args:
        case: with its household joined.
        visit: the visit that the recognition rests on: the answers to the four questions.
        contact: who looks after the household from now on.
    """
    household, day = case.household, day_of_effect(case)
    items = _items(case, visit, contact, day)
    corrections = tuple(
        Correction("household", "", name, known(household, name), value)
        for name, value in items.items()
        if known(household, name) != value
    )
    return Correct(household.household_number, corrections) if corrections else None


def _items(case: Case, visit: CaseVisit | None, contact: str, day: date) -> dict[str, Any]:
    phase = find_phase_on(day)
    category = category_today(case.category, day)
    if phase is None or category_item(phase) != MONITORING:
        return {
            "household_type": POOR,
            "exit_flag": "not_exited",
            "identified_month": month_of(case.decided_on or day),
            "main_cause": case.risks[0] if case.risks else None,
        }
    risks = [*case.risks, *([None] * MOST_RISKS)][:MOST_RISKS]
    answers = visit.findings if visit is not None else {}
    return {
        "monitoring_category": category,
        "risk_identified_month": month_of(case.decided_on or day),
        "risk_eliminated_month": None,
        **{f"risk_{number}": risk for number, risk in enumerate(risks, start=1)},
        **{f"found_{name}": answers.get(name) for name in GUARANTEES},
        **{f"left_{name}": None for name in GUARANTEES},
        **({"monitoring_contact": contact} if contact else {}),
    }


def known(household: Household, name: str) -> Any:
    """The item as a document holds it: what is not known is None."""
    value = getattr(household, name)
    return None if value == "" else value
