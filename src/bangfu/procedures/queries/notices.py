"""The public notices: what hangs where, and what hung."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode
from bangfu.procedures.models import PublicNotice

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def list_notices(
    *, division: str, on: date | None = None, standing: bool = True
) -> list[PublicNotice]:
    """The notices of a division and everything below it, the newest sheet first.

    A notice is public: it is read without an actor. It stands from its first day to its last,
    unless it was taken down before, whether or not the daily job has been round.

    Args:
        division: any division; villages hang them.
        on: the day asked about (today).
        standing: only those that hang on that day; otherwise all put up until then.
    """
    day, place = on or today(), DivisionCode(division)
    rows = PublicNotice.objects.filter(posted_on__lte=day, division__gte=place)
    rows = rows.filter(division__lt=place.ceiling)
    if standing:
        # Taken down on a later day, it still hung on this one.
        rows = rows.filter(Q(taken_down_at=None) | Q(taken_down_at__date__gt=day))
        rows = rows.filter(ends_on__gte=day)
    return list(rows.order_by("-posted_on", "division", "procedure", "state", "id"))


def notice_of(matter_id: UUID) -> PublicNotice | None:
    """The latest notice of a matter, hanging or not; None when it never had one."""
    rows = PublicNotice.objects.filter(matter=matter_id)
    return rows.order_by("posted_on", "id").last()
