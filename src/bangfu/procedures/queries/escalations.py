"""Who was told of overdue matters, and who has to hear of one today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from bangfu.foundation.clock.api import today
from bangfu.procedures.domain.deadlines import tiers_to_tell
from bangfu.procedures.models import Escalation
from bangfu.procedures.queries.tables import list_procedures, pinned_procedure, working_calendar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.division import Level
    from bangfu.procedures.models import Matter


def list_escalations(
    actor: Actor, *, tier: Level | None = None, standing: bool = True
) -> QuerySet[Escalation]:
    """Escalations of matters that the actor may see, the longest overdue first.

    Args:
        actor: sees those of procedures they may read, where they may read them.
        tier: only what that tier was told.
        standing: only of matters that are still where they were when it was told.
    """
    rows = Escalation.objects.select_related("matter").filter(_visible(actor))
    if tier is not None:
        rows = rows.filter(tier=int(tier))
    if standing:
        rows = rows.filter(
            matter__closed_at=None,
            matter__state=F("state"),
            matter__entered_at=F("entered_at"),
        )
    return rows.order_by("due_on", "matter", "-tier")


def _visible(actor: Actor) -> Q:
    capabilities = {table.name: table.reads for table in list_procedures(today())}
    visible = Q(pk__in=[])
    for name, capability in capabilities.items():
        visible |= Q(procedure=name) & actor.scope(capability).q("matter__division")
    return visible


def tier_told(matter: Matter) -> Level | None:
    """The broadest tier that has to know today that the matter is overdue; None when none."""
    if matter.due_on is None or matter.closed_at is not None:
        return None
    state = pinned_procedure(matter.version_id).states[matter.state]
    return min(tiers_to_tell(state, matter.due_on, today(), working_calendar()), default=None)
