"""What the room of plans says of a household's measures, as far as guards ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import system_actor
from bangfu.plans.api import matching_measures, measure_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.plans.api import MeasureFacts


def measures_of(since: Mapping[UUID, date]) -> dict[UUID, MeasureFacts]:
    """The measures of households, those left out that ended before each one's day.

    Asked in the system's name: a condition is the same for whoever asks.
    """
    return measure_facts(system_actor("cases"), list(since), since=since)


def fitting_measures(risk: str) -> tuple[str, ...]:
    """The families of which one answers a risk; none where the catalogue names none."""
    return matching_measures(risk)


def matched_measures(cases: Sequence[Case], since: Mapping[UUID, date]) -> dict[UUID, bool]:
    """Whether every risk of a case has a fitting measure that is done, by case.

    A risk for which the catalogue names no measure is answered by any measure that is done.

    Args:
        cases: which cases.
        since: the day from which each case's months count: earlier help says nothing.
    """
    facts = measures_of({each.household_id: since[each.pk] for each in cases})
    return {
        case.pk: is_matched(case.risks, facts[case.household_id])
        for case in cases
        if case.household_id in facts
    }


def is_matched(risks: Collection[str], measures: MeasureFacts) -> bool:
    """Whether the measures that are done answer every risk; nothing done answers nothing."""
    named = {risk for risk in risks if fitting_measures(risk)}
    return bool(measures.done) and named <= measures.matched_done
