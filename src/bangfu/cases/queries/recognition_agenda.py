"""Recognitions that wait for their village's meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.cases import scoped_cases
from bangfu.cases.queries.rows import reader_for, risk_label
from bangfu.kernel.division import DivisionCode
from bangfu.meetings.api import AgendaCandidate

if TYPE_CHECKING:
    from bangfu.cases.models import Case
    from bangfu.cases.queries.rows import Reader
    from bangfu.foundation.access.api import Actor

WAITING: Final = ("compared", "nominated")
"""The states in which the village's meeting is due, since 2021 and in 2014."""


def recognitions_waiting(actor: Actor, division: str) -> list[AgendaCandidate]:
    """What a village still has to judge, that the actor may see."""
    place = DivisionCode(division)
    rows = scoped_cases(actor).filter(
        kind=CaseKind.RECOGNITION.value,
        open=True,
        matter__state__in=WAITING,
        division__gte=place,
        division__lt=place.ceiling,
    )
    cases = list(rows.order_by("division", "number"))
    if not cases:
        return []
    reader = reader_for({each.division for each in cases})
    return [_candidate(each, reader) for each in cases]


def _candidate(case: Case, reader: Reader) -> AgendaCandidate:
    risks = "、".join(risk_label(each, reader) for each in case.risks)
    return AgendaCandidate(
        matter_id=case.matter_id,
        division=case.division,
        title=f"{case.household.head_name} 户",
        words=risks,
        url=f"/cases/{case.pk}/",
        due=case.matter.due_on,
    )
