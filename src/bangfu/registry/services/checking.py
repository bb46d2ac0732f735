"""Checking a file: what is wrong, what would be new, what would change.

The register stays as it is; what was found is kept, sealed, as a batch that can be looked at,
committed or discarded.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import check_writable
from bangfu.registry.domain.checks import Checking, check_across, check_form
from bangfu.registry.domain.forms import HOUSEHOLD, MEMBER, Form, SheetPlaces, stage_form
from bangfu.registry.models import Household, ImportBatch, Member, Outcome
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.conflicts import (
    IDENTITY,
    PERSON,
    Taken,
    claim_of,
    find_elsewhere,
    find_taken,
)
from bangfu.registry.queries.divisions import list_villages
from bangfu.registry.queries.histories import find_histories
from bangfu.registry.queries.leaves import fingerprint_of, hash_secrets
from bangfu.registry.queries.plans import plan_household
from bangfu.registry.services.lines import Line, count_notices, write_lines, write_problems
from bangfu.rules.layout import ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db import models

    from bangfu.foundation.access.api import Actor, Scope

CHUNK: Final = 2_000
"""Households whose documents are in memory at a time."""

_TAKEN: Final = {PERSON: "registry.person_taken", IDENTITY: "registry.identity_taken"}
_TAKEN_ELSEWHERE: Final = {
    PERSON: "registry.person_elsewhere",
    IDENTITY: "registry.identity_elsewhere",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """What was read from the uploaded files.

    Attributes:
        files: the ids of the stored files.
        forms: the households, complete or not, in the order of the file.
        problems: what reading found in their rows, by position of the form.
        beside: what reading found elsewhere; refuses nothing.
        sheets: where the columns stand, by entity.
        mapping: the file's own headers to items, as the importer set them.
    """

    files: Sequence[UUID]
    forms: Sequence[Form]
    problems: Mapping[int, Sequence[Problem]] = field(default_factory=dict)
    beside: Sequence[Problem] = ()
    sheets: Mapping[str, SheetPlaces] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)


def check_data_date(data_date: date) -> None:
    """Facts cannot be known to hold on a day that has not come.

    Raises:
        Refused: for a day after today, or inside a phase of the policy that is closed.
    """
    if data_date > today():
        values = {"day": data_date.isoformat()}
        raise Refused(Problem("registry.data_date_in_future", values=values))
    check_writable(data_date)


def check_forms(*, actor: Actor, division: str, data_date: date, upload: Upload) -> ImportBatch:
    """Compare a file's households with the register and keep the result as a checked batch.

    Args:
        actor: needs `registry.import` in `division`.
        division: the place the file is for; a village outside it is refused.
        data_date: the day for which the file's facts hold.
        upload: what was read from the file.

    Raises:
        AccessRefused: without the right to import there.
        Refused: for a data date in the future.
    """
    actor.check(IMPORT, division)
    check_data_date(data_date)
    lines = _examine(upload, _checking(actor, DivisionCode(division), data_date, upload))
    scope = actor.scope(IMPORT)
    _refuse_elsewhere(lines, upload.sheets.get(HOUSEHOLD, SheetPlaces()), scope)
    _compare(lines, data_date)
    _refuse_taken(lines, upload.sheets.get(MEMBER, SheetPlaces()), scope)
    return _keep(actor, division, data_date, upload, lines)


def _text_lengths(entity: str, model: type[models.Model]) -> dict[str, int]:
    """The most characters of each text of a sheet that is a column of its own."""
    texts = (x.name for x in load_layout().items[entity] if x.type is ItemType.TEXT)
    fields = {field.name: field.max_length for field in model._meta.concrete_fields}
    return {name: length for name in texts if (length := fields.get(name))}


def _checking(actor: Actor, place: DivisionCode, day: date, upload: Upload) -> Checking:
    scope = actor.scope(IMPORT)
    lengths = {
        HOUSEHOLD: _text_lengths(HOUSEHOLD, Household),
        MEMBER: _text_lengths(MEMBER, Member),
    }
    return Checking(
        data_date=day,
        villages=list_villages(place, day),
        in_scope=lambda village: place.contains(village) and scope.contains(village),
        made_up=settings.BANGFU_DEMO,
        longest=lengths,
        sheets=upload.sheets,
    )


def _examine(upload: Upload, checking: Checking) -> list[Line]:
    """Every household with what is wrong with it; the good ones staged."""
    across = check_across(list(upload.forms), checking)
    lines = []
    for position, form in enumerate(upload.forms):
        problems = [
            *upload.problems.get(position, ()),
            *check_form(form, checking),
            *across.get(position, ()),
        ]
        line = Line(form, problems)
        if not line.faulty:
            line.staged = stage_form(form)
        lines.append(line)
    hash_secrets([line.staged for line in lines if line.staged is not None])
    return lines


def _compare(lines: Sequence[Line], day: date) -> None:
    """Set outcome and base of the good lines, some thousand households at a time."""
    good = (line for line in lines if line.staged is not None)
    while chunk := list(islice(good, CHUNK)):
        histories = find_histories([line.form.number for line in chunk], day)
        for line in chunk:
            history = histories.get(line.form.number)
            if line.staged is None:
                continue
            planned = plan_household(line.staged, history, day, {})
            line.outcome = planned.outcome
            line.current = planned.current
            line.household_id = planned.history.household_id
            line.base = history.base.id if history and history.base else None


def _refuse_elsewhere(lines: Sequence[Line], sheet: SheetPlaces, scope: Scope) -> None:
    """Refuse households that the register has outside the importer's scope.

    Comparing would show them, and committing would take them over.
    """
    good = {line.form.number: line for line in lines if line.staged is not None}
    for number in sorted(find_elsewhere(good, scope)):
        line = good[number]
        place = sheet.place(line.form.first.row, "household_number")
        line.refuse(Problem("registry.household_elsewhere", place, {"number": number}))


def _refuse_taken(lines: Sequence[Line], sheet: SheetPlaces, scope: Scope) -> None:
    """Refuse households with people who are active members of others."""
    by_household = {line.household_id: line for line in lines if line.staged and line.current}
    claims = [
        claim_of(row, line.staged["members"]) for row, line in by_household.items() if line.staged
    ]
    for taken in find_taken(claims, scope):
        line = by_household[taken.claim.household_id]
        place = sheet.place(_row_of(line, taken), taken.item)
        if taken.owner_number:
            line.refuse(Problem(_TAKEN[taken.item], place, {"owner": taken.owner_number}))
        else:
            line.refuse(Problem(_TAKEN_ELSEWHERE[taken.item], place))


def _row_of(line: Line, taken: Taken) -> int:
    def key(value: Any) -> Any:
        return fingerprint_of(IDENTITY, str(value)) if taken.item == IDENTITY else value

    rows = (row.row for row in line.form.members if key(row.values[taken.item]) == taken.key)
    return next(rows, line.form.first.row)


@transaction.atomic
def _keep(
    actor: Actor, division: str, data_date: date, upload: Upload, lines: Sequence[Line]
) -> ImportBatch:
    counts = Counter(line.outcome for line in lines)
    batch = ImportBatch.objects.create(
        id=new_id(),
        division=division,
        data_date=data_date,
        files=[str(each) for each in upload.files],
        mapping=dict(upload.mapping),
        counties=sorted(_counties(lines)),
        new=counts[Outcome.NEW],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        refused=counts[Outcome.REFUSED],
        rows=sum(len(line.form.rows) for line in lines),
        refused_rows=sum(len(x.form.rows) for x in lines if x.outcome is Outcome.REFUSED),
        notices=count_notices(lines, upload.beside),
        checked_at=now(),
        checked_by=actor.name,
        checked_by_id=actor.person_id,
    )
    write_lines(batch.id, lines)
    write_problems(batch.id, lines, upload.beside)
    record(
        actor=actor,
        action="registry.upload_checked",
        kind="changed",
        subject_type="import_batch",
        subject_ids=(batch.id,),
        division=division,
        count=len(lines),
    )
    return batch


def _counties(lines: Sequence[Line]) -> set[str]:
    return {
        str(DivisionCode(line.staged["household"]["village_code"]).at(Level.COUNTY))
        for line in lines
        if line.staged is not None
    }
