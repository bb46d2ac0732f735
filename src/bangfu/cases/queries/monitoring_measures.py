"""What the room of plans says of a household's measures, as far as guards ask."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor


def measures_of(actor: Actor, household_ids: Collection[UUID]) -> dict[UUID, Any]:
    """`MeasureFacts` by household; one of which nothing is known is left out."""
    known = getattr(import_module("bangfu.plans.api"), "measure_facts", None)
    return dict(known(actor, household_ids)) if known else {}


def fitting_measures(risk: str) -> tuple[str, ...]:
    """The measures of the catalogue that answer a risk; empty where the catalogue names none."""
    known = getattr(import_module("bangfu.plans.api"), "matching_measures", None)
    return tuple(known(risk)) if known else ()


def matched_measures(actor: Actor, cases: Sequence[Case]) -> dict[UUID, bool]:
    """Whether every risk of a case has a fitting measure that is done, by case.

    A risk for which the catalogue names no measure is answered by any measure that is done.
    """
    facts = measures_of(actor, [each.household_id for each in cases])
    return {
        case.pk: is_matched(case.risks, facts[case.household_id])
        for case in cases
        if case.household_id in facts
    }


def is_matched(risks: Collection[str], measures: Any) -> bool:
    """Whether the measures that are done answer every risk; nothing done answers nothing."""
    named = {risk for risk in risks if fitting_measures(risk)}
    return bool(measures.done) and named <= set(measures.matched_done)
