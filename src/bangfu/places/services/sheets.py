"""Keeping what a sheet was found to hold, committing it once, or dropping it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.foundation.files.api import delete_stored
from bangfu.kernel.problems import Problem, Refused, as_document
from bangfu.places.domain.rows import Effect, contradicts_later, plan_records, plan_tags
from bangfu.places.models import PlacesSheet
from bangfu.places.permissions import MANAGE
from bangfu.places.queries.records import known_records, record_row
from bangfu.places.queries.sheets import get_sheet
from bangfu.places.queries.tags import known_tags, tag_row
from bangfu.places.services.writing import Origin, load_tags, load_village_records

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.places.domain.reading import Reading

MOST_KEPT: Final = 500
"""Problems kept with a sheet; the workbook with the errors has all of them."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A sheet as it came: what it holds, where it is of, and the encrypted file."""

    kind: str
    division: str
    file: UUID
    content_hash: bytes


@transaction.atomic
def keep_sheet(*, actor: Actor, upload: Upload, reading: Reading) -> PlacesSheet:
    """Keep what was found in a sheet and what committing it would do; nothing else is written.

    Raises:
        AccessRefused: when the actor does not keep the places of that division.
    """
    actor.check(MANAGE, upload.division)
    effects = _effects(reading)
    sheet = PlacesSheet.objects.create(
        kind=upload.kind,
        division=upload.division,
        file=upload.file,
        content_hash=upload.content_hash,
        problems=[as_document(each) for each in reading.problems[:MOST_KEPT]],
        new=effects.count(Effect.NEW),
        changed=effects.count(Effect.CHANGED),
        unchanged=effects.count(Effect.UNCHANGED),
        refused=reading.refused,
        unmatched=reading.unmatched,
        checked_at=now(),
        checked_by=actor.name,
    )
    record(
        actor=actor,
        action="places.sheet_checked",
        kind="changed",
        division=upload.division,
        count=len(effects) + reading.refused,
        filters={"sheet": upload.kind},
    )
    return sheet


def _effects(reading: Reading) -> list[Effect]:
    tags = plan_tags(map(tag_row, known_tags(reading.tags).values()), reading.tags)
    known = known_records(reading.records)
    records = plan_records({key: record_row(each) for key, each in known.items()}, reading.records)
    return [*(each.effect for each in tags), *(each.effect for each in records)]


def refuse_older(reading: Reading) -> None:
    """Take rows out of a reading that would overwrite what is known of a later day; say so."""
    known = known_records(reading.records)
    kept = []
    for row in reading.records:
        before = known.get(row.key)
        if before is not None and contradicts_later(record_row(before), row):
            values = {"village": row.village, "day": before.day.isoformat()}
            place = reading.places[row.key]
            reading.problems.append(Problem("places.older_than_known", place, values))
            reading.refused += 1
        else:
            kept.append(row)
    reading.records[:] = kept


@transaction.atomic
def commit_reading(*, actor: Actor, sheet_id: UUID, reading: Reading) -> PlacesSheet:
    """Write the good rows of a sheet; committed before, it is left as it is.

    Raises:
        Http404: when the actor has no such sheet.
        AccessRefused: when the actor does not keep the places of its division.
    """
    sheet = get_sheet(actor, sheet_id)
    actor.check(MANAGE, sheet.division)
    moment = now()
    taken = PlacesSheet.objects.filter(pk=sheet.pk, committed_at__isnull=True).update(
        committed_at=moment, committed_by=actor.name
    )
    if taken:
        origin = Origin(sheet=sheet.pk)
        done = [
            load_tags(actor=actor, rows=reading.tags, origin=origin),
            load_village_records(actor=actor, rows=reading.records, origin=origin),
        ]
        sheet.new, sheet.changed = sum(x.new for x in done), sum(x.changed for x in done)
        sheet.unchanged = sum(each.unchanged for each in done)
        sheet.committed_at, sheet.committed_by = moment, actor.name
        sheet.save()
    else:
        sheet.refresh_from_db()
    return sheet


@transaction.atomic
def discard_sheet(*, actor: Actor, sheet_id: UUID) -> None:
    """Drop a sheet that was checked and not committed, and its file.

    Raises:
        Http404: when the actor has no such sheet.
        Refused: when it was committed.
    """
    sheet = get_sheet(actor, sheet_id)
    if sheet.committed_at is not None:
        raise Refused(Problem("places.sheet_committed"))
    delete_stored(actor=actor, file_id=sheet.file)
    record(
        actor=actor, action="places.sheet_discarded", kind="changed", division=sheet.division,
        count=1,
    )  # fmt: skip
    sheet.delete()
