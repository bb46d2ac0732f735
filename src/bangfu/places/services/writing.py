"""Writing tags and village records, set by set: new rows in, the rows before them set aside."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import insert_rows, update_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.places.domain.catalogue import record_items
from bangfu.places.domain.rows import Effect, TagRow, changed_items, plan_records, plan_tags
from bangfu.places.models import AreaTag, VillageRecord
from bangfu.places.permissions import MANAGE
from bangfu.places.queries.records import known_records, record_row, values_of
from bangfu.places.queries.tags import known_tags, tag_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.places.domain.rows import Planned, RecordRow

_TAG_COLUMNS: Final = (
    "id", "kind", "division", "name", "within", "batch", "valid_from", "valid_to", "source",
    "demo", "sheet_id", "recorded_at", "recorded_by", "current",
)  # fmt: skip
_ITEMS: Final = tuple(item.name for item in record_items())
_TEXTS: Final = frozenset({"leading_industry"})
_RECORD_COLUMNS: Final = (
    "id", "village_code", "record_year", *_ITEMS, "source", "day", "origins", "demo", "sheet_id",
    "reason", "recorded_at", "recorded_by", "current",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What a load did, in rows."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: a sheet, a reason that was typed, or made up for a demonstration."""

    sheet: UUID | None = None
    reason: str = ""
    demo: bool = False


@transaction.atomic
def load_tags(*, actor: Actor, rows: Sequence[TagRow], origin: Origin | None = None) -> Written:
    """Write lines of lists. Loading the same again writes nothing.

    Args:
        actor: needs `places.manage` in every division whose list this is (`within`).
        rows: checked lines, each key once.
        origin: the sheet they came in, or that they are made up.

    Raises:
        AccessRefused: without the right in one of the divisions, before anything is written.
    """
    _check(actor, {row.within for row in rows}, {row.division or row.within for row in rows})
    known = known_tags(rows)
    planned = plan_tags(map(tag_row, known.values()), rows)
    written = [each for each in planned if each.effect is not Effect.UNCHANGED]
    _set_aside(AreaTag, [known[each.before.key].id for each in written if each.before])
    came = origin or Origin()
    moment = now()
    fresh = [
        (
            new_id(), row.kind, row.division, row.name, row.within, row.batch, row.valid_from,
            row.valid_to, row.source, came.demo, came.sheet, moment, actor.name, True,
        )
        for row in (each.row for each in written)
    ]  # fmt: skip
    insert_rows(AreaTag, _TAG_COLUMNS, fresh)
    return _done(actor, "places.tags_loaded", planned)


@transaction.atomic
def load_village_records(
    *, actor: Actor, rows: Sequence[RecordRow], origin: Origin | None = None
) -> Written:
    """Write rows of villages. What a row leaves out stays as it is known; again writes nothing.

    Args:
        actor: needs `places.manage` in every village.
        rows: checked rows, each village and year once.
        origin: the sheet they came in, the reason that was typed, or that they are made up.

    Raises:
        AccessRefused: without the right in one of the villages, before anything is written.
    """
    planned = write_records(actor, rows, origin or Origin())
    return _done(actor, "places.records_loaded", planned)


def write_records(
    actor: Actor, rows: Sequence[RecordRow], came: Origin
) -> list[Planned[RecordRow]]:
    """Write rows in the caller's transaction, who also audits it; see `load_village_records`."""
    _check(actor, (), {row.village for row in rows})
    known = known_records(rows)
    planned = plan_records({key: record_row(each) for key, each in known.items()}, rows)
    written = [each for each in planned if each.effect is not Effect.UNCHANGED]
    _set_aside(VillageRecord, [known[each.row.key].id for each in written if each.before])
    fresh = [_record(actor, each, known.get(each.row.key), came) for each in written]
    insert_rows(VillageRecord, _RECORD_COLUMNS, fresh)
    return planned


def _check(actor: Actor, lists: Iterable[str], places: Iterable[str]) -> None:
    for place in sorted({*lists, *places}):
        actor.check(MANAGE, place)


def _set_aside(model: type[AreaTag | VillageRecord], ids: Sequence[UUID]) -> None:
    update_rows(model, ("id", "current"), [(each, False) for each in ids])


def _record(
    actor: Actor, planned: Planned[RecordRow], before: VillageRecord | None, came: Origin
) -> tuple[Any, ...]:
    row = planned.row
    values: dict[str, Any] = {**(values_of(before) if before else {}), **row.values}
    told = changed_items(record_row(before), row) if before else tuple(row.values)
    # Nothing differs: the row confirms what is known, so each of its items has the new origin.
    origin = [row.source, row.day.isoformat()]
    origins = {**(before.origins if before else {}), **dict.fromkeys(told or row.values, origin)}
    cells = (values.get(name) or "" if name in _TEXTS else values.get(name) for name in _ITEMS)
    return (
        new_id(), row.village, row.year, *cells, row.source, row.day,
        json.dumps(origins, ensure_ascii=False), came.demo, came.sheet, came.reason, now(),
        actor.name, True,
    )  # fmt: skip


def _done(actor: Actor, action: str, planned: Sequence[Planned[Any]]) -> Written:
    effects = [each.effect for each in planned]
    counts = {effect: effects.count(effect) for effect in Effect}
    done = Written(counts[Effect.NEW], counts[Effect.CHANGED], counts[Effect.UNCHANGED])
    if done.new + done.changed:
        place = min((_place(each.row) for each in planned), key=len)
        record(
            actor=actor,
            action=action,
            kind="changed",
            division=place,
            count=done.new + done.changed,
        )
    return done


def _place(row: TagRow | RecordRow) -> str:
    return row.within if isinstance(row, TagRow) else row.village
