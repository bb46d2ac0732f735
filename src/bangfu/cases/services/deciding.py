"""What a person decides about a clue: it is true, it is not, or it is to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.queries.details import find_scoped_clue, standing_facts
from bangfu.cases.services.recognition_opening import follow_clue
from bangfu.procedures.api import lock_matters, make_move, pinned_procedure

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.cases.models import Clue
    from bangfu.foundation.access.api import Actor


def _held(actor: Actor, clue_id: UUID) -> Clue:
    """The clue, its matter held until the transaction ends."""
    lock_matters([find_scoped_clue(actor, clue_id).matter_id])
    return find_scoped_clue(actor, clue_id)


@transaction.atomic
def verify_clue(*, actor: Actor, clue_id: UUID, note: str, seen: int | None = None) -> Clue:
    """Confirm that the risk is real; announces `cases.clue_verified`.

    The clue leads on in the same transaction: to a recognition, or to the case its household has.

    Raises:
        Http404: no such clue, or none the actor may see.
        AccessRefused: when the actor may not check there.
        Refused: with the procedure's reasons.
    """
    clue = _held(actor, clue_id)
    facts = standing_facts(actor, clue)
    clue.matter = make_move(
        actor=actor, matter_id=clue.matter_id, move="verify", facts=facts, note=note, seen=seen
    )
    follow_clue(actor, clue)
    return clue


@transaction.atomic
def dismiss_clue(
    *, actor: Actor, clue_id: UUID, reason: str, note: str, seen: int | None = None
) -> Clue:
    """Close a clue without recognition, for a reason on the list; announces `cases.clue_dismissed`.

    Raises:
        Http404: no such clue, or none the actor may see.
        AccessRefused: when the actor may not check there.
        Refused: with the procedure's reasons; a reason code that is not on the list is one.
    """
    clue = _held(actor, clue_id)
    listed = pinned_procedure(clue.matter.version_id).choice("dismissed_reason", reason)
    facts = standing_facts(actor, clue) | {"reason_listed": listed is not None, "reason": reason}
    clue.matter = make_move(
        actor=actor, matter_id=clue.matter_id, move="dismiss", facts=facts, note=note, seen=seen
    )
    clue.dismissed_reason = reason
    clue.save(update_fields=["dismissed_reason"])
    return clue


@transaction.atomic
def reopen_clue(*, actor: Actor, clue_id: UUID, note: str, seen: int | None = None) -> Clue:
    """Look at a dismissed clue again: it is nobody's, and its time begins anew.

    Raises:
        Http404: no such clue, or none the actor may see.
        AccessRefused: when the actor may not assign there.
        Refused: with the procedure's reasons.
    """
    clue = _held(actor, clue_id)
    facts = standing_facts(actor, clue)
    clue.matter = make_move(
        actor=actor, matter_id=clue.matter_id, move="reopen", facts=facts, note=note, seen=seen
    )
    clue.assigned_to = None
    clue.dismissed_reason = ""
    clue.save(update_fields=["assigned_to", "dismissed_reason"])
    return clue
