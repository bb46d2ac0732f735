"""Looking back at eliminated households: stable until the next day due, or monitored again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.domain.monitoring import BACK, GUARANTEES, LOOKING_BACK, is_trouble
from bangfu.cases.queries.monitoring_visits import LOOK_BACK
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.monitoring import add_risks
from bangfu.cases.services.monitoring_visits import answered, held_case, write_visit
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.cases.services.monitoring_visits import Visited
    from bangfu.foundation.access.api import Actor

FOUND = "cases.look_back_found"
"""The event by which follow-up help (回头帮) begins."""


@transaction.atomic
def record_look_back(*, actor: Actor, case_id: UUID, visit: Visited, note: str = "") -> Case:
    """Record a look-back; the case rests until the next one is due, or is opened again.

    A visit that finds a risk back or a guarantee lost reopens the case at once, whoever recorded
    it being the one who moved it, and announces `cases.look_back_found` with the risks and the
    guarantees lost, so that help begins.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: without `cases.check` there.
        Refused: `cases.look_back_not_now` unless the case is eliminated; `cases.answer_missing`
            when one of the four questions is not answered; see `write_visit`; or the procedure's
            reasons. Nothing is kept then.
        PersonalValue: when the words hold a document or phone number.
    """
    case = held_case(actor, case_id, CaseKind.MONITORING)
    if case.matter.state != "eliminated":
        raise Refused(Problem("cases.look_back_not_now"))
    findings = {**answered(visit, LOOKING_BACK), BACK: list(visit.risks)}
    if len(findings) <= len(LOOKING_BACK):
        raise Refused(Problem("cases.answer_missing"))
    write_visit(actor, case, LOOK_BACK, visit, findings)
    if not is_trouble(findings):
        return move_case(actor=actor, case_id=case_id, move="look_back", note=note)
    moved = move_case(actor=actor, case_id=case_id, move="reopen", note=note)
    if visit.risks:
        add_risks(moved, visit.risks)
    announce(
        FOUND,
        {
            "case": str(moved.pk),
            "household": str(moved.household_id),
            "risks": list(visit.risks) or list(moved.risks),
            "lost": [name for name in GUARANTEES if findings[name]],
        },
    )
    return moved
