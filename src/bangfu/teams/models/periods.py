"""Days in the tables: half-open, `valid_to` empty while it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import CheckConstraint, F, Q

if TYPE_CHECKING:
    from datetime import date

OPEN: Final = Q(valid_to__isnull=True)


def ordered(name: str) -> CheckConstraint:
    """Nothing ends before it begins; what ends on its first day was entered by mistake."""
    return CheckConstraint(condition=OPEN | Q(valid_to__gte=F("valid_from")), name=name)


def holding(day: date, prefix: str = "") -> Q:
    """What holds on a day; `prefix` leads to the row, `duties__`."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    going = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    return begun & going
