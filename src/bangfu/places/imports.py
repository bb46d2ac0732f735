"""The sheets of tags and village records: from an upload to checked rows, and back with errors."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import Purpose, get_stored, name_of, open_stored, register_purpose
from bangfu.foundation.files.api import store as store_file
from bangfu.foundation.importing.api import (
    ProblemLog,
    open_upload,
    read_workbook,
    write_error_workbook,
    write_template,
)
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Refused
from bangfu.places.domain.catalogue import RECORD, TAG, load_catalogue
from bangfu.places.domain.reading import KnownPlaces, Reading, read_records, read_tags
from bangfu.places.permissions import MANAGE
from bangfu.places.queries.sheets import get_sheet
from bangfu.places.services.sheets import Upload, commit_reading, keep_sheet, refuse_older
from bangfu.registry.api import Division

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.importing.api import Table, Workbook
    from bangfu.kernel.problems import Place
    from bangfu.places.models import PlacesSheet
    from bangfu.rules.layout import Language, Layout

SHEETS: Final = Purpose(
    "places.sheet",
    read=MANAGE,
    write=MANAGE,
    zh="区域标签和村情导入",
    en="Import of tags and villages",
)
register_purpose(SHEETS)
_NAMED: Final = {TAG: "division", RECORD: "village_code"}


def layout_of(kind: str) -> Layout:
    """The layout of one of the two sheets."""
    catalogue = load_catalogue()
    return catalogue.tags if kind == TAG else catalogue.records


def write_sheet_template(kind: str, language: Language) -> bytes:
    """The empty sheet to fill in."""
    return write_template(layout_of(kind), language)


def check_sheet(*, actor: Actor, kind: str, division: str, name: str, data: bytes) -> PlacesSheet:
    """Read and check a sheet; tags and records stay as they are until it is committed.

    Args:
        actor: needs `places.manage` in `division`.
        kind: `area_tag` or `village_record`.
        division: the place the sheet is of; every row must lie in it.
        name, data: the file.

    Raises:
        AccessRefused: without the right there.
        Refused: when the file as a whole cannot be taken.
    """
    actor.check(MANAGE, division)
    _log, reading = _read(kind, division, name, data)
    with transaction.atomic():
        kept = store_file(
            actor=actor, name=name, stream=BytesIO(data), purpose=SHEETS.name, division=division
        )
        upload = Upload(kind, division, kept.id, sha256(data).digest())
        return keep_sheet(actor=actor, upload=upload, reading=reading)


def commit_sheet(*, actor: Actor, sheet_id: UUID) -> PlacesSheet:
    """Write the good rows of a sheet that was checked; once more, it changes nothing.

    Raises:
        Http404: when the actor has no such sheet, or its file is gone.
        AccessRefused: without the right there.
        Refused: when the file cannot be read any more.
    """
    sheet = get_sheet(actor, sheet_id)
    if sheet.committed_at is not None:
        return sheet
    _log, reading = _read(sheet.kind, sheet.division, *_kept(actor, sheet.file))
    return commit_reading(actor=actor, sheet_id=sheet_id, reading=reading)


def write_sheet_errors(*, actor: Actor, sheet_id: UUID) -> bytes:
    """The sheet as it came, with the bad cells marked and explained.

    Raises:
        Http404: when the actor has no such sheet, or its file is gone.
    """
    sheet = get_sheet(actor, sheet_id)
    name, data = _kept(actor, sheet.file)
    upload = open_upload((name, data))
    workbook = read_workbook(upload, layout=layout_of(sheet.kind), on=today())
    log = ProblemLog()
    log.extend(workbook.problems)
    log.extend(_rows(sheet.kind, sheet.division, workbook).problems)
    return write_error_workbook(upload, log)


def _kept(actor: Actor, file_id: UUID) -> tuple[str, bytes]:
    name = name_of(get_stored(actor, file_id))
    with open_stored(actor=actor, file_id=file_id) as stream:
        return name, stream.read()


def _read(kind: str, division: str, name: str, data: bytes) -> tuple[ProblemLog, Reading]:
    """Read a sheet.

    Raises:
        Refused: with everything that makes the file as a whole unusable.
    """
    workbook = read_workbook(open_upload((name, data)), layout=layout_of(kind), on=today())
    table = workbook.tables.get(kind)
    rows = set(table.rows) if table else set()
    whole = [each for each in workbook.problems if each.refuses and each.place.row not in rows]
    if whole or table is None:
        raise Refused(*(whole or (each for each in workbook.problems if each.refuses)))
    reading = _rows(kind, division, workbook)
    reading.problems[:0] = list(workbook.problems)
    reading.refused += len(table.refused)
    return workbook.problems, reading


def _rows(kind: str, division: str, workbook: Workbook) -> Reading:
    """The rows that the import kit found nothing to refuse in, read on."""
    table = workbook.tables[kind]
    lines = [
        (cells, partial(_place, table, position))
        for position, (row, cells) in enumerate(zip(table.rows, table.records(), strict=True))
        if row not in table.refused
    ]
    places = _known_places(division, _NAMED[kind], [cells for cells, _at in lines])
    reading = (read_tags if kind == TAG else read_records)(lines, places)
    refuse_older(reading)
    return reading


def _place(table: Table, position: int, item: str) -> Place:
    return table.place(position, item)


def _known_places(division: str, column: str, rows: Iterable[Mapping[str, Any]]) -> KnownPlaces:
    """The divisions that rows name, by code and by name; any that ever held."""
    cells = list(rows)
    codes = {each[column] for each in cells if each.get(column)}
    names = {each["name"] for each in cells if "name" in each and not each.get(column)}
    place = DivisionCode(division)
    inside = Division.objects.filter(code__gte=place, code__lt=place.ceiling, valid_to=None)
    known = fetch_by(Division.objects.order_by("valid_from"), "code", codes)
    named: dict[str, tuple[str, ...]] = {}
    for each in fetch_by(inside, "name", names):
        named[each.name] = (*named.get(each.name, ()), each.code)
    return KnownPlaces(division, {each.code: each.name for each in known}, named, today())
