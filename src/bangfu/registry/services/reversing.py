"""Reversing a batch: what it wrote goes out of force, what stood before stands again.

Households that somebody changed since are left alone and named: their present state may rest on
what the batch wrote. Nothing is erased: a version is added that revokes the batch's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.versions import ChangeKind
from bangfu.registry.models import ImportBatch
from bangfu.registry.models.batches import BatchState
from bangfu.registry.permissions import REVERSE
from bangfu.registry.queries.batches import get_batch_for
from bangfu.registry.queries.reversals import Reversal, plan_reversal
from bangfu.registry.services.committing import take_turns
from bangfu.registry.services.current import Present, present_of, put_present, withdraw
from bangfu.registry.services.versions import Entry, add_versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.queries.reversals import LeftAlone


@dataclass(frozen=True, slots=True)
class ReversedBatch:
    """What a reversal did.

    Attributes:
        restored: households that are again as they were before the batch.
        withdrawn: households the batch had brought, which are in the register no more.
        left_alone: households that stay as they are, with the reason.
    """

    batch: ImportBatch
    restored: int
    withdrawn: int
    left_alone: tuple[LeftAlone, ...]


@transaction.atomic
def reverse_batch(*, actor: Actor, batch_id: UUID, reason: str) -> ReversedBatch:
    """Take back what a batch wrote.

    Args:
        actor: needs `registry.reverse` in the batch's division.
        reason: why, in the actor's words; stands in the history.

    Raises:
        Http404: when the actor sees no such batch.
        AccessRefused: without the right to reverse there.
        Refused: `registry.reason_missing`; `registry.batch_not_committed` when there is nothing to
            take back, or it was taken back before.
    """
    batch = get_batch_for(actor, REVERSE, batch_id)
    if not reason.strip():
        raise Refused(Problem("registry.reason_missing"))
    take_turns(batch.counties)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state is not BatchState.COMMITTED:
        raise Refused(Problem("registry.batch_not_committed"))
    plan = plan_reversal(batch, actor.scope(REVERSE))
    batch.reversed_at, batch.reversed_by, batch.reverse_reason = now(), actor.name, reason.strip()
    batch.save(update_fields=["reversed_at", "reversed_by", "reverse_reason"])
    _write(actor, batch, plan.reversals)
    record(
        actor=actor,
        action="registry.batch_reversed",
        kind="changed",
        subject_type="import_batch",
        subject_ids=(batch.id,),
        division=batch.division,
        count=len(plan.reversals),
    )
    announce("registry.batch_reversed", {"batch": str(batch.id), "counties": batch.counties})
    withdrawn = sum(each.restored is None for each in plan.reversals)
    return ReversedBatch(batch, len(plan.reversals) - withdrawn, withdrawn, plan.left_alone)


def _write(actor: Actor, batch: ImportBatch, reversals: Sequence[Reversal]) -> None:
    entries = [
        Entry(
            each.household_id,
            each.last_number + 1,
            each.revoked.valid_from,
            ChangeKind.REVERSED,
            revokes=each.revoked.id,
        )
        for each in reversals
    ]
    add_versions(
        entries,
        actor=actor,
        batch_id=batch.id,
        recorded_at=batch.reversed_at or now(),
        reason=batch.reverse_reason,
    )
    withdraw([each.household_id for each in reversals if each.restored is None])
    put_present([_present(each) for each in reversals if each.shown_anew])


def _present(reversal: Reversal) -> Present:
    mark, content = reversal.restored, reversal.content
    if mark is None or content is None:
        raise ValueError(reversal.household_id)
    document, content_hash = content
    return present_of(reversal.household_id, mark.id, mark.valid_from, document, content_hash)
