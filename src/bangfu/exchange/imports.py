"""A list's file: from an upload to a checked list, and back as a workbook with its errors."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.exchange.domain.feeds import PLACE, ROW
from bangfu.exchange.domain.rows import Checking, Row
from bangfu.exchange.models import FeedList
from bangfu.exchange.permissions import SUBMIT
from bangfu.exchange.queries.feeds import find_feed, layout_of, read_mapping
from bangfu.exchange.queries.lists import get_list_for, list_problems
from bangfu.exchange.services.checking import Upload, check_data_date, check_upload
from bangfu.foundation.access.api import organisation_of
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
    open_upload,
    plain_header,
    read_sources,
    read_workbook,
    write_error_workbook,
    write_filled,
    write_template,
)
from bangfu.kernel.division import DivisionCode
from bangfu.kernel.problems import Place, Problem, Refused
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.importing.api import Table, Workbook
    from bangfu.foundation.importing.api import Upload as OpenUpload
    from bangfu.rules.layout import Language

UPLOADS: Final = Purpose(
    "exchange.upload", read=SUBMIT, write=SUBMIT, zh="部门名单", en="A department's list"
)
register_purpose(UPLOADS)

_MERGED: Final = "importing.merged_cells"
_NO_ROWS: Final = "importing.no_rows"
_HEADER_ROWS: Final = 10

Source = Path | tuple[str, bytes]
"""A file, or a name with the contents that came under it."""


def check_list(
    *, actor: Actor, feed: Feed | str, source: Source, division: str, data_date: date
) -> FeedList:
    """Read, check and keep a list; nothing counts yet.

    The same file for the same place and day again answers the list it made the first time.

    Args:
        actor: needs `exchange.submit` in `division`.
        feed: the kind of list, or its name.
        source: one workbook or CSV file.
        division: the place the list is for.
        data_date: the day up to which it is complete.

    Raises:
        AccessRefused: without the right to hand in lists there.
        Refused: when the file as a whole cannot be taken.
    """
    actor.check(SUBMIT, division)
    check_data_date(data_date)
    contents = _one(source)
    wanted = find_feed(feed) if isinstance(feed, str) else feed
    checking = Checking(wanted, data_date, DivisionCode(division))
    return _check(actor, contents, checking, None)


def _one(source: Source) -> tuple[str, bytes]:
    found = read_sources(source)
    if len(found) != 1:
        raise Refused(Problem("exchange.one_file"))
    return found[0]


def keep_list(*, actor: Actor, source: Source, division: str) -> UUID:
    """Keep a list's file for `check_kept` to read, as a job does with large ones.

    Raises:
        AccessRefused: without the right to hand in lists there.
        Refused: when the file cannot be read.
    """
    actor.check(SUBMIT, division)
    with transaction.atomic():
        return _keep(actor, _one(source), division)


def check_kept(
    *, actor: Actor, file_id: UUID, mapping: str, division: str, data_date: date
) -> FeedList:
    """Check a file that was kept; once more, it answers the same list.

    A file that cannot be taken as a whole is deleted again.

    Raises:
        Http404: when the file is gone.
        AccessRefused, Refused: as `check_list`.
    """
    actor.check(SUBMIT, division)
    known = FeedList.objects.filter(file=file_id).first()
    if known is not None:
        return known
    try:
        check_data_date(data_date)
        checking = Checking(read_mapping(mapping, ""), data_date, DivisionCode(division))
        return _check(actor, _kept(actor, file_id), checking, file_id)
    except Refused:
        delete_stored(actor=actor, file_id=file_id)
        raise


def _kept(actor: Actor, file_id: UUID) -> tuple[str, bytes]:
    name = name_of(get_stored(actor, file_id))
    with open_stored(actor=actor, file_id=file_id) as stream:
        return name, stream.read()


def _keep(actor: Actor, contents: tuple[str, bytes], division: str) -> UUID:
    name, data = contents
    stored = store(
        actor=actor, name=name, stream=BytesIO(data), purpose=UPLOADS.name, division=division
    )
    return stored.id


def _check(
    actor: Actor, contents: tuple[str, bytes], checking: Checking, kept: UUID | None
) -> FeedList:
    digest = hashlib.sha256(contents[1]).hexdigest()
    same = _find_same(actor, checking, digest)
    if same is not None:
        return same
    table, rows, beside, headers = _read(contents, checking.feed)
    told = Checking(
        checking.feed,
        checking.data_date,
        checking.division,
        _known_divisions(rows, checking.data_date),
        table.file,
        table.sheet,
        headers,
    )
    with transaction.atomic():
        file_id = kept or _keep(actor, contents, checking.division)
        return check_upload(actor=actor, upload=Upload(file_id, digest, rows, beside, told))


def _find_same(actor: Actor, checking: Checking, digest: str) -> FeedList | None:
    """The list that this office made of this very file before, and that was not taken back."""
    found = FeedList.objects.filter(
        file_hash=digest,
        feed=checking.feed.name,
        mapping=checking.feed.text,
        division=checking.division,
        data_date=checking.data_date,
        organisation=organisation_of(actor),
        withdrawn_at__isnull=True,
        discarded_at__isnull=True,
    )
    return found.order_by("id").first()


def _known_divisions(rows: list[Row], day: date) -> frozenset[str]:
    codes = {row.values[PLACE] for row in rows if PLACE in row.values}
    return frozenset(each.code for each in list_divisions(codes, day)) if codes else frozenset()


_Read = tuple["Table", list[Row], list[Problem], "dict[str, tuple[int, str]]"]


def _read(contents: tuple[str, bytes], feed: Feed) -> _Read:
    """The rows of a file.

    Raises:
        Refused: with everything that makes the file as a whole unusable.
    """
    workbook = _workbook(open_upload(contents), feed)
    table = workbook.tables.get(ROW)
    numbers = set(table.rows) if table else set()
    # Headers without rows are a list too: the office says that there was nothing to report.
    said = [each for each in workbook.problems if table is None or each.code != _NO_ROWS]
    whole = [each for each in said if each.refuses and not _in_row(each, numbers)]
    if whole or table is None:
        raise Refused(*(whole or (each for each in workbook.problems if each.refuses)))
    rows = [
        Row(number, dict(values), refused=number in table.refused)
        for number, values in zip(table.rows, table.records(), strict=True)
    ]
    beside = _hand_out(workbook, table, rows)
    return table, rows, beside, table.headers


def _workbook(upload: OpenUpload, feed: Feed) -> Workbook:
    """Read an opened file, its columns known by any header the feed has for them.

    A column that is not required may be missing; one that is there under a name nobody knows is
    said to be unused.
    """
    headers = {
        plain_header(cell): cell
        for sheet in upload.sheets
        for row in range(1, min(sheet.height, _HEADER_ROWS) + 1)
        for cell in sheet.row(row)
        if isinstance(cell, str)
    }
    names = {column: {plain_header(each) for each in column.headers} for column in feed.columns}
    there = [column for column in feed.columns if column.required or names[column] & headers.keys()]
    mapping = {
        headers[each]: column.item
        for column in there
        for each in map(plain_header, column.also)
        if each in headers
    }
    return read_workbook(upload, layout=layout_of(feed, there), mapping=mapping)


def _in_row(problem: Problem, rows: set[int]) -> bool:
    """Whether a problem lies in one row, so that only that one is refused."""
    return problem.code != _MERGED and problem.place.row in rows


def _hand_out(workbook: Workbook, table: Table, rows: list[Row]) -> list[Problem]:
    """Give the kit's problems to their rows; answer those that lie in none."""
    by_number = {row.row: row for row in rows}
    beside = []
    for problem in workbook.problems:
        if problem.code == _NO_ROWS:
            continue
        row = by_number.get(problem.place.row)
        if row is None or problem.place.sheet != table.sheet:
            beside.append(problem)
        else:
            row.problems.append(problem)
    for row in rows:
        if row.refused and not any(each.refuses for each in row.problems):
            # Of each kind the kit keeps the first thousands; the row is refused all the same.
            place = Place(table.file, table.sheet, row.row)
            row.problems.append(Problem("exchange.row_refused", place))
    return beside


def write_list_errors(*, actor: Actor, list_id: UUID) -> bytes:
    """The workbook as it was uploaded, with the bad cells marked and explained.

    Raises:
        Http404: when the actor sees no such list, or its file is gone.
        AccessRefused: without the right to hand in lists there.
    """
    each = get_list_for(actor, SUBMIT, list_id)
    upload = open_upload(_kept(actor, each.file))
    # Reading finds the header row, which the marked workbook needs.
    _workbook(upload, read_mapping(each.mapping, ""))
    log = ProblemLog()
    log.extend(list_problems(each))
    return write_error_workbook(upload, log)


def write_feed_template(feed: Feed | str, language: Language = "zh") -> bytes:
    """The empty workbook of a list, with a sheet that says how to fill it in.

    Raises:
        Refused: `exchange.feed_unknown`.
    """
    wanted = find_feed(feed) if isinstance(feed, str) else feed
    return write_template(layout_of(wanted), language)


def write_feed_list(
    feed: Feed | str, rows: Iterable[Mapping[str, Any]], language: Language = "zh"
) -> bytes:
    """A filled list, as an office would hand it in: what is written here is read again as it was.

    Args:
        feed: the kind of list, or its name.
        rows: by item of the feed: texts, a day, whole fen, per cent, a code of the list `product`,
            a division's code. What is unknown is left out.
        language: of headers and labels.

    Raises:
        Refused: `exchange.feed_unknown`.
    """
    wanted = find_feed(feed) if isinstance(feed, str) else feed
    return write_filled(layout_of(wanted), {ROW: rows}, language)
