"""The registration workbook: from an upload to a checked batch.

The workbook's columns are the items of the layout; the import kit opens the file in a limited
child process and reads its cells. Here its rows become households, and what the kit found wrong
goes to the household it lies in.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from bangfu.foundation.files.api import (
    Purpose,
    delete_stored,
    get_stored,
    name_of,
    open_stored,
    register_purpose,
    store,
)
from bangfu.foundation.importing.api import (
    DEFAULT_LIMITS,
    ProblemLog,
    Table,
    open_upload,
    read_workbook,
    write_error_workbook,
)
from bangfu.kernel.problems import Place, Problem, Refused
from bangfu.registry.domain.forms import (
    HOUSEHOLD,
    MEMBER,
    Form,
    FormRow,
    SheetPlaces,
    gather_forms,
)
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.batches import find_batch_of, get_batch_for, list_problems
from bangfu.registry.services.checking import Upload, check_data_date, check_forms
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.importing.api import Workbook
    from bangfu.registry.models import ImportBatch

Source = Path | tuple[str, bytes]
"""A file or folder, or a name with the contents that came under it."""

UPLOADS: Final = Purpose(
    "registry.upload", read=IMPORT, write=IMPORT, zh="农户信息导入", en="Import of households"
)
register_purpose(UPLOADS)

_MERGED: Final = "importing.merged_cells"


def check_upload(
    *,
    actor: Actor,
    sources: Sequence[Source],
    division: str,
    data_date: date,
    mapping: Mapping[str, str] | None = None,
) -> ImportBatch:
    """Read, check and keep an upload; the register stays as it is.

    Args:
        actor: needs `registry.import` in `division`.
        sources: a workbook, or CSV files, or folders of them.
        division: the place the file is for.
        data_date: the day for which its facts hold.
        mapping: the file's own headers to item names.

    Raises:
        AccessRefused: without the right to import there.
        Refused: when the file as a whole cannot be taken: it does not open, a sheet or column is
            missing, doubled or misspelt, cells are merged, or the data date has not come.
    """
    actor.check(IMPORT, division)
    check_data_date(data_date)
    contents = [each for source in sources for each in _contents(source)]
    return _check(actor, contents, Wanted(division, data_date, mapping or {}))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an upload is to be taken for; see `check_upload`."""

    division: str
    data_date: date
    mapping: Mapping[str, str]


def _check(
    actor: Actor,
    contents: Sequence[tuple[str, bytes]],
    wanted: Wanted,
    files: Sequence[UUID] = (),
) -> ImportBatch:
    """Read and check contents; keep them as files, unless they are kept as `files` already."""
    workbook = read_workbook(
        open_upload(*contents),
        layout=load_layout().form_of(wanted.data_date),
        mapping=wanted.mapping,
        on=wanted.data_date,
    )
    forms = read_forms(workbook)
    place, day = wanted.division, wanted.data_date
    with transaction.atomic():
        kept = files or [_keep(actor, name, data, place) for name, data in contents]
        upload = read_upload(workbook, forms, kept, wanted.mapping)
        return check_forms(actor=actor, division=place, data_date=day, upload=upload)


def keep_upload(*, actor: Actor, sources: Sequence[Source], division: str) -> list[UUID]:
    """Keep an upload for `check_kept` to read, as a job does with large ones.

    Raises:
        AccessRefused: without the right to import there.
        Refused: when a file cannot be read.
    """
    actor.check(IMPORT, division)
    contents = [each for source in sources for each in _contents(source)]
    with transaction.atomic():
        return [_keep(actor, name, data, division) for name, data in contents]


def check_kept(
    *, actor: Actor, files: Sequence[UUID], division: str, data_date: date
) -> ImportBatch:
    """Check an upload that was kept; once more, it answers the same batch.

    Files that cannot be taken as a whole are deleted again.

    Raises:
        Http404: when the files are gone.
        AccessRefused, Refused: as `check_upload`.
    """
    actor.check(IMPORT, division)
    known = find_batch_of(division, [str(each) for each in files])
    if known is not None:
        return known
    try:
        check_data_date(data_date)
        contents = [_kept(actor, each) for each in files]
        return _check(actor, contents, Wanted(division, data_date, {}), files)
    except Refused:
        for each in files:
            delete_stored(actor=actor, file_id=each)
        raise


def _kept(actor: Actor, file_id: UUID) -> tuple[str, bytes]:
    name = name_of(get_stored(actor, file_id))
    with open_stored(actor=actor, file_id=file_id) as stream:
        return name, stream.read()


def _contents(source: Source) -> list[tuple[str, bytes]]:
    """The files of a source; no more of one than shows that it is too large."""
    if isinstance(source, tuple):
        return [source]
    try:
        if source.is_dir():
            inside = sorted(each for each in source.iterdir() if not each.name.startswith("."))
            return [pair for each in inside if each.is_file() for pair in _contents(each)]
        with source.open("rb") as stream:
            return [(source.name, stream.read(DEFAULT_LIMITS.file_bytes + 1))]
    except OSError as error:
        values = {"reason": error.strerror or ""}
        raise Refused(Problem("importing.not_readable", Place(source.name), values)) from None


def _keep(actor: Actor, name: str, data: bytes, division: str) -> UUID:
    stored = store(
        actor=actor, name=name, stream=BytesIO(data), purpose=UPLOADS.name, division=division
    )
    return stored.id


def read_forms(workbook: Workbook) -> list[Form]:
    """The households of a workbook that was read.

    Raises:
        Refused: with everything that makes the file as a whole unusable.
    """
    rows = {table.sheet: set(table.rows) for table in workbook.tables.values()}
    whole = [each for each in workbook.problems if each.refuses and not _in_row(each, rows)]
    if whole or not {HOUSEHOLD, MEMBER} <= workbook.tables.keys():
        raise Refused(*(whole or (each for each in workbook.problems if each.refuses)))
    return gather_forms(_rows(workbook.tables[HOUSEHOLD]), _rows(workbook.tables[MEMBER]))


def _in_row(problem: Problem, rows: Mapping[str, set[int]]) -> bool:
    """Whether a problem lies in one record, so that only its household is refused.

    Merged cells lie in several: which record their value belongs to is anybody's guess.
    """
    return problem.code != _MERGED and problem.place.row in rows.get(problem.place.sheet, ())


def _rows(table: Table) -> list[FormRow]:
    return [
        FormRow(table.entity, row, values, refused=row in table.refused)
        for row, values in zip(table.rows, table.records(), strict=True)
    ]


def read_upload(
    workbook: Workbook, forms: Sequence[Form], files: Sequence[UUID], mapping: Mapping[str, str]
) -> Upload:
    """Give what the kit found in rows to the households they belong to."""
    sheets = {
        entity: SheetPlaces(table.file, table.sheet, table.headers)
        for entity, table in workbook.tables.items()
    }
    holders = {
        (sheets[row.entity].sheet, row.row): position
        for position, form in enumerate(forms)
        for row in form.rows
    }
    problems: dict[int, list[Problem]] = {}
    beside: list[Problem] = []
    for problem in workbook.problems:
        position = holders.get((problem.place.sheet, problem.place.row))
        (beside if position is None else problems.setdefault(position, [])).append(problem)
    _name_the_rest(forms, problems, sheets)
    return Upload(files, forms, problems, beside, sheets, mapping)


def _name_the_rest(
    forms: Sequence[Form],
    problems: dict[int, list[Problem]],
    sheets: Mapping[str, SheetPlaces],
) -> None:
    """Refuse households whose own problems were too many of a kind for the kit to keep."""
    for position, form in enumerate(forms):
        refused = [row for row in form.rows if row.refused]
        found = problems.get(position, [])
        if refused and not any(each.refuses for each in found):
            place = sheets[refused[0].entity].place(refused[0].row)
            problems.setdefault(position, []).append(Problem("registry.row_refused", place))


def write_batch_errors(*, actor: Actor, batch_id: UUID) -> bytes:
    """The workbook as it was uploaded, with the bad cells marked and explained.

    Raises:
        Http404: when the actor sees no such batch, or its files are gone.
        AccessRefused: without the right to import there.
    """
    batch = get_batch_for(actor, IMPORT, batch_id)
    contents = [_kept(actor, UUID(each)) for each in batch.files]
    upload = open_upload(*contents)
    # Reading finds the header rows, which the marked workbook needs.
    form = load_layout().form_of(batch.data_date)
    read_workbook(upload, layout=form, mapping=batch.mapping, on=batch.data_date)
    log = ProblemLog()
    log.extend(list_problems(batch))
    return write_error_workbook(upload, log)
