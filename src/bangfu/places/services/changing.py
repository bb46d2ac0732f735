"""Changing one item of a village's record, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.places.domain.rows import Effect, RecordRow, has_groups_exceeded
from bangfu.places.permissions import MANAGE
from bangfu.places.queries.records import get_record, values_of
from bangfu.places.services.writing import Origin, write_records

if TYPE_CHECKING:
    from datetime import date

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What somebody says of one item: the value (None: not known), whence, of which day, why."""

    item: str
    value: Any
    source: str
    day: date
    reason: str


@transaction.atomic
def change_item(*, actor: Actor, village: str, year: int, change: ItemChange) -> bool:
    """Record another value of one item; answer whether anything changed.

    Args:
        actor: needs `places.manage` in the village.
        village: its code.
        year: of the record, which must be there.
        change: the value with its source, day and reason.

    Raises:
        Http404: when the actor keeps no such record.
        Refused: for a day that has not come, or more groups with a road than there are.
    """
    before = get_record(actor, MANAGE, village, year)
    if change.day > today():
        raise Refused(Problem("places.day_not_come"))
    row = RecordRow(village, year, change.source, change.day, {change.item: change.value})
    if getattr(before, change.item) in (change.value, change.value or ""):
        return False
    if has_groups_exceeded({**values_of(before), **row.values}):
        raise Refused(Problem("places.groups_exceeded"))
    (planned,) = write_records(actor, [row], Origin(reason=change.reason))
    record(
        actor=actor,
        action="places.item_changed",
        kind="changed",
        subject_type="village",
        subject_ids=[village],
        division=village,
        count=1,
        filters={"year": year, "item": change.item},
    )
    return planned.effect is not Effect.UNCHANGED
