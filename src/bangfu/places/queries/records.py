"""Reading village records: always inside the actor's scope. They are figures of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import OuterRef, Subquery
from django.http import Http404

from bangfu.foundation.bulk.api import fetch_by
from bangfu.kernel.division import DivisionCode
from bangfu.places.domain.catalogue import record_items
from bangfu.places.domain.rows import RecordRow
from bangfu.places.models import VillageRecord
from bangfu.places.permissions import READ

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.places.domain.rows import Key

SORTS: Final = {
    "village": ("village_code", "-record_year"),
    "year": ("record_year", "village_code"),
    "collective_income": ("collective_income", "village_code"),
    "population_registered": ("population_registered", "village_code"),
}


def scoped_records(actor: Actor, capability: str = READ) -> QuerySet[VillageRecord]:
    """The current records of the villages in which the actor holds a capability."""
    return VillageRecord.objects.filter(actor.scope(capability).q("village_code"), current=True)


def records_of(actor: Actor, village: str) -> list[VillageRecord]:
    """The records of a village, the latest year first."""
    return list(scoped_records(actor).filter(village_code=village).order_by("-record_year"))


def get_record(actor: Actor, capability: str, village: str, year: int) -> VillageRecord:
    """The record of a village in a year.

    Raises:
        Http404: when there is none where the actor holds the capability.
    """
    found = scoped_records(actor, capability)
    record = found.filter(village_code=village, record_year=year).first()
    if record is None:
        raise Http404
    return record


def history_of(actor: Actor, village: str, year: int) -> list[VillageRecord]:
    """Everything that was recorded of a village in a year, the latest first."""
    inside = VillageRecord.objects.filter(actor.scope(READ).q("village_code"))
    found = inside.filter(village_code=village, record_year=year)
    return list(found.order_by("-current", "-recorded_at", "-id"))


def list_records(
    actor: Actor, division: str, year: int | None = None, *, every: bool = False
) -> QuerySet[VillageRecord]:
    """Records in the actor's scope: of one year, of every year, or each village's latest."""
    found = scoped_records(actor)
    if division:
        place = DivisionCode(division)
        found = found.filter(village_code__gte=place, village_code__lt=place.ceiling)
    if every:
        return found
    if year is not None:
        return found.filter(record_year=year)
    same = VillageRecord.objects.filter(current=True, village_code=OuterRef("village_code"))
    latest = same.order_by("-record_year").values("record_year")[:1]
    return found.filter(record_year=Subquery(latest))


def order_of(sort: str) -> list[str]:
    """The columns of a named order; a leading `-` turns the first round."""
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["village"])
    return [f"-{first}" if sort.startswith("-") else first, *rest]


def years_of(actor: Actor) -> list[int]:
    """The years of which there are records in the actor's scope, the latest first."""
    found = scoped_records(actor).order_by("-record_year").values_list("record_year", flat=True)
    return list(found.distinct())


def values_of(record: VillageRecord) -> dict[str, Any]:
    """What a record says, item by item; unknown items are left out."""
    given = {item.name: getattr(record, item.name) for item in record_items()}
    return {name: value for name, value in given.items() if value not in (None, "")}


def record_row(record: VillageRecord) -> RecordRow:
    """A stored record as a row of a sheet."""
    return RecordRow(
        record.village_code, record.record_year, record.source, record.day, values_of(record)
    )


def known_records(rows: Sequence[RecordRow]) -> dict[Key, VillageRecord]:
    """The current records that rows of a sheet may change, by their keys. For services only."""
    years = {row.year for row in rows}
    current = VillageRecord.objects.filter(record_year__in=years, current=True)
    found = fetch_by(current, "village_code", {row.village for row in rows})
    return {record_row(record).key: record for record in found}
