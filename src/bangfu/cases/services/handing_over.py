"""Handing work over: the cases and clues of somebody who has gone get another person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.models import Case
from bangfu.cases.permissions import ASSIGN
from bangfu.cases.queries.cases import find_scoped_cases
from bangfu.cases.queries.handing_over import CASE, may_handle
from bangfu.cases.services.assigning import assign_clues
from bangfu.foundation.accounts.api import names_of
from bangfu.foundation.audit.api import record
from bangfu.kernel.problems import Problem
from bangfu.procedures.api import lock_matters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of a wish to hand over.

    Attributes:
        cases, clues: those that have the new person now.
        refused: case or clue -> why it stays with whom it was.
    """

    cases: tuple[UUID, ...]
    clues: tuple[UUID, ...]
    refused: Mapping[UUID, tuple[Problem, ...]]


@transaction.atomic
def hand_over(
    *,
    actor: Actor,
    to_id: UUID,
    case_ids: Collection[UUID] = (),
    clue_ids: Collection[UUID] = (),
    note: str = "",
) -> HandedOver:
    """Give cases and clues to one person; those may be given are, the others say why not.

    No state changes: a case keeps its step and its due day, whoever looks after it. A clue is given
    by the procedure's own move.

    Args:
        actor: needs `cases.assign` wherever one of them lies.
        to_id: must hold a right to such work there today.
        case_ids: which cases.
        clue_ids: which clues.
        note: a word for who takes over; kept with the clues' moves.

    Raises:
        Http404: when one of them is not there, or not for the actor to see.
        AccessRefused: when the actor may not hand over where one of them lies.
    """
    cases, refused = _give_cases(actor, case_ids, to_id)
    given: tuple[UUID, ...] = ()
    if clue_ids:
        outcome = assign_clues(
            actor=actor, clue_ids=clue_ids, assignee_id=to_id, reassign=True, note=note
        )
        given = tuple(outcome.assigned)
        refused |= outcome.refused
    return HandedOver(cases, given, refused)


def _give_cases(
    actor: Actor, case_ids: Collection[UUID], to_id: UUID
) -> tuple[tuple[UUID, ...], dict[UUID, tuple[Problem, ...]]]:
    lock_matters([each.matter_id for each in find_scoped_cases(actor, case_ids).values()])
    cases = find_scoped_cases(actor, case_ids)
    for each in cases.values():
        actor.check(ASSIGN, each.division)
    able = may_handle(to_id, {each.division for each in cases.values()}, CASE)
    refused = {key: why for key, each in cases.items() if (why := _against(each, to_id, able))}
    given = [each for key, each in cases.items() if key not in refused]
    if given:
        Case.objects.filter(pk__in=[each.pk for each in given]).update(handler=to_id)
        record(
            actor=actor,
            action="case.handed_over",
            kind="changed",
            subject_type="case",
            subject_ids=sorted(str(each.pk) for each in given),
            division=actor.scope(ASSIGN).common,
            count=len(given),
            filters={"to": str(to_id)},
        )
    return tuple(each.pk for each in given), refused


def _against(case: Case, to_id: UUID, able: Collection[str]) -> tuple[Problem, ...]:
    if not case.open:
        return (Problem("cases.handover_closed", values={"case": case.number}),)
    if case.division not in able:
        return (
            Problem("cases.handover_no_right", values={"name": names_of([to_id]).get(to_id, "")}),
        )
    if case.handler_id == to_id:
        return (Problem("cases.handover_same"),)
    return ()
