"""Cases stay where their households are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from bangfu.cases.models import Case
from bangfu.cases.permissions import CHECK
from bangfu.foundation.bulk.api import fetch_by
from bangfu.procedures.api import Subject, lock_matters, place_matter

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@transaction.atomic
def follow_households(*, actor: Actor, household_ids: Collection[UUID]) -> int:
    """Let the open cases of households that moved lie in their new village; answer how many did.

    State, due day and papers stay; whoever works in the new village finds the case there. The same
    households again change nothing.

    Raises:
        AccessRefused: when the actor may not work on cases in the old or the new village.
    """
    rows = Case.objects.filter(open=True, household__active=True).exclude(
        division=F("household__village_code")
    )
    moved = list(fetch_by(rows.select_related("household"), "household_id", set(household_ids)))
    lock_matters([each.matter_id for each in moved])
    for case in moved:
        place = case.household.village_code
        place_matter(
            actor=actor,
            matter_id=case.matter_id,
            subject=Subject(place, "household", case.household_id),
            capability=CHECK,
        )
        case.division = place
        case.save(update_fields=["division"])
    return len(moved)
