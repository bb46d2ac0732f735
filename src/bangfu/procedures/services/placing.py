"""Saying whom a matter is about once that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.kernel.division import DivisionCode
from bangfu.procedures.services.moving import lock_matters
from bangfu.procedures.services.rows import record_matters

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.models import Matter
    from bangfu.procedures.services.opening import Subject


@transaction.atomic
def place_matter(*, actor: Actor, matter_id: UUID, subject: Subject, capability: str) -> Matter:
    """Give a matter its subject, or another one, inside the place it was opened for.

    State, version and due day stay as they are.

    Args:
        actor: needs `capability` where the matter lies.
        matter_id: which matter; it is held until the transaction ends.
        subject: whom it is about and where.
        capability: what the caller asks of who may say so.

    Raises:
        Http404: when there is no such matter.
        AccessRefused: without the capability, or for a place that it does not reach.
        ValueError: when the matter is closed.
    """
    matter = lock_matters([matter_id])[matter_id]
    actor.check(capability, matter.division)
    actor.check(capability, DivisionCode(subject.division))
    if matter.closed_at is not None:
        raise ValueError("a closed matter keeps its subject")
    matter.subject_type, matter.subject_id = subject.kind, subject.id
    matter.division = subject.division
    matter.save(update_fields=["subject_type", "subject_id", "division"])
    record_matters(actor, f"{matter.procedure}.placed", [matter])
    return matter
