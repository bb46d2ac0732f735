"""Sheets of organisations, duties, pairings and cells: from an upload to a committed list.

A list is checked against the tables without changing them, and kept sealed as a file with what the
check found. To commit it, it is read again, and the plan must be the one that was looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now
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
    ProblemLog,
    Table,
    open_upload,
    read_sources,
    read_workbook,
    write_error_workbook,
)
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.teams.domain.catalogue import DUTY, GRID, ORGANISATION, PAIRING, load_catalogue
from bangfu.teams.domain.previews import ShownRow, preview_of, to_document
from bangfu.teams.domain.settling import Outcome
from bangfu.teams.domain.sheets import ROW_OF, words_of
from bangfu.teams.models import TeamsUpload, UploadState
from bangfu.teams.permissions import MANAGE
from bangfu.teams.queries.uploads import PREVIEW_PLACE, find_upload_of, get_upload
from bangfu.teams.services.duties import plan_duties
from bangfu.teams.services.grid import plan_grid
from bangfu.teams.services.organisations import plan_organisations
from bangfu.teams.services.pairings import plan_pairings
from bangfu.teams.services.plans import Plan, write_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.importing.api import Upload, Workbook

Source = Path | tuple[str, bytes]
"""A file or folder, or a name with the contents that came under it."""
UPLOADS: Final = Purpose(
    "teams.upload", read=MANAGE, write=MANAGE, zh="队伍信息导入", en="Import of people and postings"
)
register_purpose(UPLOADS)

_PLANS: Final[Mapping[str, Callable[[Actor, str, Sequence[Any]], Plan]]] = {
    ORGANISATION: plan_organisations,
    DUTY: plan_duties,
    PAIRING: plan_pairings,
    GRID: plan_grid,
}
_MERGED: Final = "importing.merged_cells"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read.

    Attributes:
        good: the positions of the rows whose cells could all be read.
    """

    kind: str
    table: Table
    problems: ProblemLog
    good: tuple[int, ...]

    def rows(self) -> list[Any]:
        """The good rows as rows of the list."""
        return [ROW_OF[self.kind](self.table.record(position)) for position in self.good]

    def plan(self, actor: Actor, division: str) -> Plan:
        """Compare the good rows with the tables."""
        return _PLANS[self.kind](actor, division, self.rows())

    def found(self, plan: Plan) -> list[Problem]:
        """Everything that is wrong, of the cells and of the plan, where it lies."""
        placed = [
            Problem(each.problem.code, self.table.place(position, each.item), each.problem.values)
            for position, line in zip(self.good, plan.lines, strict=True)
            for each in line.findings
        ]
        return [*self.problems, *placed]


def read_sheet(kind: str, upload: Upload) -> Sheet:
    """The sheet of a kind in an opened upload.

    Raises:
        Refused: with everything that makes the file as a whole unusable.
    """
    workbook = read_workbook(upload, layout=load_catalogue().layouts[kind])
    table = workbook.tables.get(kind)
    whole = [each for each in workbook.problems if each.refuses and not _in_row(each, workbook)]
    if whole or table is None:
        raise Refused(*(whole or [each for each in workbook.problems if each.refuses]))
    good = tuple(position for position, row in enumerate(table.rows) if row not in table.refused)
    return Sheet(kind, table, workbook.problems, good)


def _in_row(problem: Problem, workbook: Workbook) -> bool:
    """Whether a problem lies in one row, so that only that row is refused."""
    rows = {table.sheet: set(table.rows) for table in workbook.tables.values()}
    place = problem.place
    return problem.code != _MERGED and place.row in rows.get(place.sheet, ())


def check_upload(
    *, actor: Actor, kind: str, sources: Sequence[Source], division: str
) -> TeamsUpload:
    """Read, check and keep a list; the tables stay as they are.

    Args:
        actor: needs `teams.manage` in `division`.
        kind: `organisation`, `duty`, `pairing` or `grid`.
        sources: a workbook or a CSV file.
        division: the place the list is for.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: when the file as a whole cannot be taken.
    """
    actor.check(MANAGE, division)
    contents = read_sources(*sources)
    return _check(actor, kind, division, contents, ())


def keep_upload(*, actor: Actor, sources: Sequence[Source], division: str) -> list[UUID]:
    """Keep a large list for `check_kept` to read, as a job does.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: when a file cannot be read.
    """
    actor.check(MANAGE, division)
    with transaction.atomic():
        return [_keep(actor, each, division) for each in read_sources(*sources)]


def check_kept(*, actor: Actor, kind: str, files: Sequence[UUID], division: str) -> TeamsUpload:
    """Check a list that was kept; once more, it answers the same. What cannot be taken is deleted.

    Raises:
        Http404: when the files are gone.
        AccessRefused, Refused: as `check_upload`.
    """
    actor.check(MANAGE, division)
    known = find_upload_of(division, [str(each) for each in files])
    if known is not None:
        return known
    try:
        return _check(actor, kind, division, [_kept(actor, each) for each in files], files)
    except Refused:
        for each in files:
            delete_stored(actor=actor, file_id=each)
        raise


def _keep(actor: Actor, content: tuple[str, bytes], division: str) -> UUID:
    name, data = content
    stored = store(
        actor=actor, name=name, stream=BytesIO(data), purpose=UPLOADS.name, division=division
    )
    return stored.id


def _kept(actor: Actor, file_id: UUID) -> tuple[str, bytes]:
    name = name_of(get_stored(actor, file_id))
    with open_stored(actor=actor, file_id=file_id) as stream:
        return name, stream.read()


def _check(
    actor: Actor,
    kind: str,
    division: str,
    contents: Sequence[tuple[str, bytes]],
    files: Sequence[UUID],
) -> TeamsUpload:
    sheet = read_sheet(kind, open_upload(*contents))
    plan = sheet.plan(actor, division)
    with transaction.atomic():
        kept = files or [_keep(actor, each, division) for each in contents]
        return _record_check(actor, sheet, plan, kept)


def _record_check(actor: Actor, sheet: Sheet, plan: Plan, files: Sequence[UUID]) -> TeamsUpload:
    counts, identity = plan.counts, new_id()
    preview = preview_of(sheet.found(plan), _shown(sheet, plan))
    upload = TeamsUpload.objects.create(
        id=identity,
        kind=sheet.kind,
        division=plan.division,
        files=[str(each) for each in files],
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        refused=counts[Outcome.REFUSED] + len(sheet.table) - len(sheet.good),
        plan_hash=plan.fingerprint,
        preview_sealed=seal(*PREVIEW_PLACE, identity, json.dumps(to_document(preview))),
        checked_at=now(),
        checked_by=actor.name,
    )
    _audit(actor, "teams.upload_checked", upload, len(sheet.table))
    return upload


def _audit(actor: Actor, action: str, upload: TeamsUpload, count: int) -> None:
    record(
        actor=actor,
        action=action,
        kind="changed",
        subject_type="teams_upload",
        subject_ids=(upload.id,),
        division=upload.division,
        count=count,
    )


def _shown(sheet: Sheet, plan: Plan) -> list[ShownRow]:
    lines = dict(zip(sheet.good, plan.lines, strict=True))
    rows = []
    for position, number in enumerate(sheet.table.rows):
        line = lines.get(position)
        outcome = line.outcome if line else Outcome.REFUSED
        codes = tuple(each.problem.code for each in line.findings) if line else ()
        words = words_of(sheet.kind, sheet.table.record(position))
        rows.append(ShownRow(number, words, outcome, codes))
    return rows


def commit_upload(*, actor: Actor, upload_id: UUID) -> TeamsUpload:
    """Write the good rows of a checked list; again, it writes nothing.

    Raises:
        Http404: when the actor sees no such upload.
        AccessRefused: without the right to manage there.
        Refused: `teams.upload_over` when it was discarded; `teams.changed_meanwhile` when the
            tables are not what it was compared with.
    """
    upload = get_upload(actor, upload_id)
    if upload.state is UploadState.COMMITTED:
        return upload
    if upload.state is UploadState.DISCARDED:
        raise Refused(Problem("teams.upload_over"))
    contents = [_kept(actor, UUID(each)) for each in upload.files]
    sheet = read_sheet(upload.kind, open_upload(*contents))
    with transaction.atomic():
        upload = TeamsUpload.objects.select_for_update().get(pk=upload.pk)
        if upload.state is UploadState.COMMITTED:
            return upload
        write_plan(
            actor, upload.division, lambda: sheet.plan(actor, upload.division), upload.plan_hash
        )
        upload.committed_at, upload.committed_by = now(), actor.name
        upload.save(update_fields=["committed_at", "committed_by"])
        _audit(actor, "teams.upload_committed", upload, upload.new + upload.changed)
    return upload


@transaction.atomic
def discard_upload(*, actor: Actor, upload_id: UUID) -> TeamsUpload:
    """Drop a checked list with its files.

    Raises:
        Http404: when the actor sees no such upload.
        AccessRefused: without the right to manage there.
        Refused: `teams.upload_over` when it was committed.
    """
    upload = get_upload(actor, upload_id)
    upload = TeamsUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.state is not UploadState.CHECKED:
        raise Refused(Problem("teams.upload_over"))
    for each in upload.files:
        delete_stored(actor=actor, file_id=UUID(each))
    upload.files, upload.preview_sealed, upload.discarded_at = [], None, now()
    upload.save(update_fields=["files", "preview_sealed", "discarded_at"])
    _audit(actor, "teams.upload_discarded", upload, 0)
    return upload


def write_upload_errors(*, actor: Actor, upload_id: UUID) -> bytes:
    """The workbook as it came, with the bad cells marked and explained, against today's tables.

    Raises:
        Http404: when the actor sees no such upload, or its files are gone.
    """
    upload = get_upload(actor, upload_id)
    opened = open_upload(*(_kept(actor, UUID(each)) for each in upload.files))
    sheet = read_sheet(upload.kind, opened)
    log = ProblemLog()
    log.extend(sheet.found(sheet.plan(actor, upload.division)))
    return write_error_workbook(opened, log)
