"""Households that moved: where to look for them on a day before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.registry.models import HouseholdSuccession

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from bangfu.kernel.division import DivisionCode


def moved_away(place: DivisionCode, on: date) -> QuerySet[HouseholdSuccession, object]:
    """The ids of households that were registered in a place on a day and moved since."""
    rows = HouseholdSuccession.objects.filter(
        kind=HouseholdSuccession.Kind.MOVED,
        left_place__gte=place,
        left_place__lt=place.ceiling,
        day__gt=on,
        version__revoked_by=None,
    )
    return rows.values_list("successor_id", flat=True)
