"""What people decide about a request; an approved change is made in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from bangfu.changes.queries.details import asked_of, find_scoped_request, standing_facts
from bangfu.procedures.api import lock_matters, make_move
from bangfu.registry.api import apply_change, undo_change

if TYPE_CHECKING:
    from bangfu.changes.models import ChangeRequest
    from bangfu.foundation.access.api import Actor

APPLY: Final = "apply"
UNDO: Final = "undo"


@transaction.atomic
def move_request(
    *, actor: Actor, request_id: UUID, move: str, note: str = "", seen: int | None = None
) -> ChangeRequest:
    """Make one move of the procedure; `apply` changes the register, `undo` takes that back.

    Raises:
        Http404: no such request, or none the actor may see.
        AccessRefused: when the actor may not make the move there, or not change a village it
            touches.
        Refused: with the procedure's reasons, or with what stands against the change now; nothing
            is changed then.
    """
    lock_matters([find_scoped_request(actor, request_id).matter_id])
    request = find_scoped_request(actor, request_id)
    # What stands against the change is said by the register itself, in detail.
    facts = standing_facts(actor, request, fits=True)
    request.matter = make_move(
        actor=actor, matter_id=request.matter_id, move=move, facts=facts, note=note, seen=seen
    )
    if move == APPLY:
        _apply(actor, request)
    elif move == UNDO and request.adjustment_id is not None:
        undo_change(actor=actor, adjustment_id=request.adjustment_id, reason=note)
    return request


def _apply(actor: Actor, request: ChangeRequest) -> None:
    asked = asked_of(request)
    versions = apply_change(
        actor=actor,
        change=asked.change,
        day=request.day,
        reason=asked.note,
        evidence=[UUID(each) for each in request.evidence],
        expected=asked.expected,
    )
    request.adjustment_id = versions[0].adjustment_id
    request.save(update_fields=["adjustment"])
