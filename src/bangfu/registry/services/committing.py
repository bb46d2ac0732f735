"""Committing a checked batch: every correct household in one transaction, or none.

The work is prepared outside the transaction (opening, comparing, encrypting: most of the time) and
written inside it (some seconds), so other writers hardly wait. Under the lock it is made sure that
the register still is what the batch was compared with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import Max

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.document import to_text
from bangfu.registry.domain.versions import ChangeKind
from bangfu.registry.models import (
    Division,
    HouseholdVersion,
    ImportBatch,
    ImportLine,
    Member,
    Outcome,
)
from bangfu.registry.models.batches import BatchState
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.batches import get_batch_for
from bangfu.registry.queries.histories import find_histories
from bangfu.registry.queries.lines import staged_of
from bangfu.registry.queries.plans import Planned, plan_household
from bangfu.registry.services.checking import CHUNK
from bangfu.registry.services.current import (
    Confirmed,
    Present,
    present_of,
    put_confirmed,
    put_present,
)
from bangfu.registry.services.sealing import seal_documents
from bangfu.registry.services.versions import Entry, add_versions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

Progress: TypeAlias = "Callable[[int, int, str], None]"

_KINDS: Final = {Outcome.NEW: ChangeKind.CREATED, Outcome.CHANGED: ChangeKind.CHANGED}


@dataclass(slots=True)
class _Work:
    """What a batch will write.

    Attributes:
        entries: versions to add.
        present: households the current tables will show anew.
        confirmed: households that stay as they are, known for a later day.
        last_numbers: the last version number of every household known when it was compared.
    """

    entries: list[Entry] = field(default_factory=list)
    present: list[Present] = field(default_factory=list)
    confirmed: list[Confirmed] = field(default_factory=list)
    last_numbers: dict[UUID, int] = field(default_factory=dict)


def no_report(done: int, total: int, stage: str) -> None:
    """Tell nobody how far the work is."""


def commit_batch(*, actor: Actor, batch_id: UUID, progress: Progress = no_report) -> ImportBatch:
    """Write a checked batch's correct households into the register; again, it writes nothing.

    Args:
        actor: needs `registry.import` in the batch's division.
        progress: told done, total and stage.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the right to import there.
        Refused: `registry.batch_over` when it was reversed or discarded;
            `registry.register_changed` when the register is not what it was compared with.
    """
    batch = get_batch_for(actor, IMPORT, batch_id)
    if batch.state is BatchState.COMMITTED:
        return batch
    if batch.state is not BatchState.CHECKED:
        raise Refused(Problem("registry.batch_over"))
    work = _prepare(batch, progress)
    try:
        return _write(actor, batch, work, progress)
    except IntegrityError:
        # A number was taken by somebody else between the comparison and the lock.
        raise _changed_meanwhile() from None


def _changed_meanwhile() -> Refused:
    return Refused(Problem("registry.register_changed"))


def _prepare(batch: ImportBatch, progress: Progress) -> _Work:
    """Compare again and encrypt, some thousand households at a time."""
    accepted = batch.lines.exclude(outcome=Outcome.REFUSED).order_by("position")
    total = batch.new + batch.changed + batch.unchanged
    work = _Work()
    done = 0
    lines = iter(accepted.iterator(chunk_size=CHUNK))
    while chunk := list(islice(lines, CHUNK)):
        planned = _plan_chunk(chunk, batch.data_date)
        seal_documents([each for each in planned if each.outcome is not Outcome.UNCHANGED])
        for each in planned:
            _add(work, each, batch.data_date)
        done += len(chunk)
        progress(done, total, "prepare")
    return work


def _plan_chunk(lines: Sequence[ImportLine], day: date) -> list[Planned]:
    staged = staged_of(lines)
    histories = find_histories([line.household_number for line in lines], day)
    members = _member_ids([each.household_id for each in histories.values()])
    planned = []
    for line in lines:
        history = histories.get(line.household_number)
        base = history.base.id if history and history.base else None
        if base != line.base_id:
            raise _changed_meanwhile()
        planned.append(plan_household(staged[line.id], history, day, members))
    return planned


def _member_ids(household_ids: Sequence[UUID]) -> dict[tuple[UUID, str], UUID]:
    rows = Member.objects.values_list("household_id", "person_number", "id")
    return {
        (household_id, number): row_id
        for household_id, number, row_id in fetch_by(rows, "household_id", household_ids)
    }


def _add(work: _Work, planned: Planned, day: date) -> None:
    history = planned.history
    work.last_numbers[history.household_id] = history.last_number
    if not planned.writes:
        return
    number = history.last_number + 1
    if planned.confirms:
        content = history.base.content if history.base else None
        entry = Entry(history.household_id, number, day, ChangeKind.CONFIRMED, same_as=content)
    else:
        entry = Entry(
            history.household_id,
            number,
            day,
            _KINDS[planned.outcome],
            document=to_text(planned.document),
            content_hash=planned.content_hash,
        )
    work.entries.append(entry)
    if planned.current and planned.confirms:
        work.confirmed.append(Confirmed(history.household_id, entry.id, day))
    elif planned.current:
        work.present.append(
            present_of(history.household_id, entry.id, day, planned.document, planned.content_hash)
        )


@transaction.atomic
def _write(actor: Actor, batch: ImportBatch, work: _Work, progress: Progress) -> ImportBatch:
    total = len(work.entries)
    take_turns(batch.counties)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state is BatchState.COMMITTED:
        return batch
    _check_unchanged(work.last_numbers)
    progress(0, total, "write")
    moment = now()
    add_versions(work.entries, actor=actor, batch_id=batch.id, recorded_at=moment)
    put_present(work.present)
    put_confirmed(work.confirmed)
    batch.lines.update(staged=None)
    batch.committed_at, batch.committed_by = moment, actor.name
    batch.save(update_fields=["committed_at", "committed_by"])
    record(
        actor=actor,
        action="registry.batch_committed",
        kind="changed",
        subject_type="import_batch",
        subject_ids=(batch.id,),
        division=batch.division,
        count=total,
    )
    announce("registry.batch_committed", {"batch": str(batch.id), "counties": batch.counties})
    return batch


def take_turns(counties: Sequence[str]) -> None:
    """Let one commit at a time write to a county: the counties' rows are the locks."""
    rows = Division.objects.select_for_update().filter(code__in=counties)
    list(rows.order_by("code", "valid_from").values_list("id", flat=True))


def _check_unchanged(last_numbers: dict[UUID, int]) -> None:
    """Make sure nobody added a version to the households since they were compared."""
    rows = (
        HouseholdVersion.objects.values("household_id")
        .annotate(last=Max("number"))
        .values_list("household_id", "last")
        .order_by()
    )
    for household_id, last in fetch_by(rows, "household_id", last_numbers):
        if last != last_numbers[household_id]:
            raise _changed_meanwhile()
