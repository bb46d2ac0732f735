"""A case held for somebody who writes something down about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.cases import find_scoped_case
from bangfu.foundation.audit.api import record
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import lock_matters, pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor


def hold_recognition(actor: Actor, case_id: UUID, capability: str, states: Collection[str]) -> Case:
    """A recognition whose matter nobody else moves until the transaction ends.

    Raises:
        Http404: no such recognition, or none the actor may see.
        AccessRefused: when the actor does not hold the capability there.
        Refused: `cases.not_at_this_step` when the case is in none of the states.
    """
    lock_matters([find_scoped_case(actor, case_id).matter_id])
    case = find_scoped_case(actor, case_id)
    actor.check(capability, case.division)
    if case.kind != CaseKind.RECOGNITION or case.matter.state not in states:
        table = pinned_procedure(case.matter.version_id)
        state = table.states[case.matter.state].label.text(reader_language())
        raise Refused(Problem("cases.not_at_this_step", values={"state": state}))
    return case


def record_written(
    actor: Actor, case: Case, action: str, filters: Mapping[str, Any] | None = None
) -> None:
    """The audit row of something written about a case's household; no personal values."""
    record(
        actor=actor,
        action=action,
        kind="changed",
        subject_type="household",
        subject_ids=(case.household_id,),
        division=case.division,
        count=1,
        filters={"case": str(case.pk), **(filters or {})},
    )
