"""Due days that were counted before a year's working days were announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.procedures.models import Matter
from bangfu.procedures.queries.dues import Dues
from bangfu.procedures.queries.tables import pinned_procedure
from bangfu.procedures.services.moving import lock_matters
from bangfu.procedures.services.rows import record_matters

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor


@transaction.atomic
def recount_due_days(*, actor: Actor) -> int:
    """Count again the due days that ran into a year not announced then; answer how many changed.

    Raises:
        AccessRefused: when the actor does not operate the system.
    """
    actor.check("system.operate", "")
    ids = Matter.objects.filter(due_provisional=True, closed_at=None).values_list("pk", flat=True)
    changed = [matter for matter in lock_matters(list(ids)).values() if _recount(matter)]
    if changed:
        record_matters(actor, "procedures.recount_due_days", changed)
    return len(changed)


def _recount(matter: Matter) -> bool:
    dues = Dues(pinned_procedure(matter.version_id), matter.state)
    due = dues.of(opened=matter.opened_at, entered=matter.entered_at, division=matter.division)
    if due is None or (due.day, due.provisional) == (matter.due_on, matter.due_provisional):
        return False
    matter.due_on, matter.due_provisional = due.day, due.provisional
    matter.save(update_fields=["due_on", "due_provisional"])
    return True
