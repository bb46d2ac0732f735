"""Discarding a checked batch: nothing of the file stays."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.foundation.files.api import delete_stored
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.models import ImportBatch
from bangfu.registry.models.batches import BatchState
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.batches import get_batch_for

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor


@transaction.atomic
def discard_batch(*, actor: Actor, batch_id: UUID) -> ImportBatch:
    """Drop a checked batch with its lines, problems and files.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the right to import there.
        Refused: `registry.batch_over` when it was committed.
    """
    batch = get_batch_for(actor, IMPORT, batch_id)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state is not BatchState.CHECKED:
        raise Refused(Problem("registry.batch_over"))
    batch.problems.all().delete()
    batch.lines.all().delete()
    for file_id in batch.files:
        delete_stored(actor=actor, file_id=UUID(file_id))
    batch.files, batch.discarded_at = [], now()
    batch.save(update_fields=["files", "discarded_at"])
    record(
        actor=actor,
        action="registry.batch_discarded",
        kind="changed",
        subject_type="import_batch",
        subject_ids=(batch.id,),
        division=batch.division,
        count=1,
    )
    return batch
