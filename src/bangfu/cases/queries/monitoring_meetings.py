"""What waits for the village's meeting before an elimination, and what the meeting decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.cases import scoped_cases
from bangfu.cases.queries.monitoring_visits import moment_of
from bangfu.cases.queries.rows import reader_for, risk_label
from bangfu.kernel.clock import civil_day
from bangfu.kernel.division import DivisionCode
from bangfu.meetings.api import AgendaCandidate, decided_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.cases.queries.monitoring_visits import Moves
    from bangfu.cases.queries.rows import Reader
    from bangfu.foundation.access.api import Actor

WAITING: Final = "checked"
"""The state in which the village's meeting is due."""


def eliminations_waiting(actor: Actor, division: str) -> list[AgendaCandidate]:
    """What a village still has to judge, that the actor may see."""
    place = DivisionCode(division)
    rows = scoped_cases(actor).filter(
        kind=CaseKind.MONITORING, open=True, matter__state=WAITING,
        division__gte=place, division__lt=place.ceiling,
    )  # fmt: skip
    cases = list(rows.order_by("division", "number"))
    reader = reader_for({each.division for each in cases}) if cases else None
    return [_candidate(each, reader) for each in cases if reader is not None]


def _candidate(case: Case, reader: Reader) -> AgendaCandidate:
    return AgendaCandidate(
        matter_id=case.matter_id,
        division=case.division,
        title=f"{case.household.head_name} 户",
        words="、".join(risk_label(each, reader) for each in case.risks),
        url=f"/cases/{case.pk}/",
        due=case.matter.due_on,
    )


def meetings_passed(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, bool]:
    """What the latest meeting since the visit decided about each case; none is left out.

    A meeting that was not quorate decided nothing.
    """
    decided = decided_on([each.matter_id for each in cases])
    found: dict[UUID, bool] = {}
    for case in cases:
        result = decided.get(case.matter_id)
        checked = moment_of(moves[case.matter_id], ("check",))
        if result is None or checked is None or not result.quorate:
            continue
        if result.held_on >= civil_day(checked):
            found[case.pk] = result.passed
    return found
