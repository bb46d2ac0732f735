"""Bringing a due day forward: what has to be looked at sooner. A due day is never put off here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.procedures.services.moving import lock_matters
from bangfu.procedures.services.rows import record_matters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@transaction.atomic
def hasten_matters(*, actor: Actor, due: Mapping[UUID, date], capability: str) -> list[UUID]:
    """Bring due days forward; states stay as they are.

    Args:
        actor: needs `capability` where each matter lies.
        due: the day by which each matter is due at the latest, by its id. A matter that is due
            earlier, is closed or has no due day is left as it is.
        capability: what the caller asks of who may say so.

    Returns:
        The matters whose due day changed.

    Raises:
        AccessRefused: without the capability where one of the matters lies.
    """
    changed = []
    for matter_id, matter in lock_matters(due).items():
        actor.check(capability, matter.division)
        if matter.closed_at is not None or matter.due_on is None:
            continue
        if matter.due_on <= due[matter_id]:
            continue
        matter.due_on, matter.due_provisional = due[matter_id], False
        matter.save(update_fields=["due_on", "due_provisional"])
        changed.append(matter)
    if changed:
        record_matters(actor, f"{changed[0].procedure}.hastened", changed)
    return [each.pk for each in changed]
