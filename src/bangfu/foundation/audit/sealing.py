"""The sealer: puts committed rows into batches, each chained to the one before.

Rows are taken because they are not sealed yet, never because of their time or number, so a
transaction that commits late is sealed by the next run. The number of a batch is its primary key:
of two sealers at work at the same time the database lets one through, and the other gives up with
nothing changed. That lock is the same on every database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Count, Min

from bangfu.foundation.audit.checkpoints import append_checkpoints, last_checkpoint
from bangfu.foundation.audit.models import AuditBatch, AuditEvent
from bangfu.foundation.audit.records import event_record, header_of, moment_text
from bangfu.foundation.audit.verify_audit import GENESIS, chain_of, leaf_of, root_of
from bangfu.foundation.clock.api import now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

BATCH_ROWS: Final = 5000
"""The most rows in one batch: it bounds memory and the time SQLite's one writer is held."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a run of the sealer did."""

    batches: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class UnsealedWindow:
    """The rows that are not protected yet: how many, and since when."""

    count: int
    oldest: datetime | None


def seal_batch() -> Sealed:
    """Seal all rows that are committed now, and add the checkpoints the file lacks.

    Run it every 30 seconds, so that no row stays open for more than a minute. Two runs at once do
    no harm.

    Raises:
        OSError: when the checkpoints cannot be written; the next run makes it good.
    """
    batches = rows = 0
    sealed = BATCH_ROWS
    # A batch that is not full took every row there was; what came meanwhile waits for the next run.
    while sealed == BATCH_ROWS:
        sealed = _seal_next()
        batches += sealed > 0
        rows += sealed
    transaction.on_commit(_write_checkpoints)
    return Sealed(batches, rows)


def unsealed_window() -> UnsealedWindow:
    """How many rows the seals do not cover yet, and the time of the oldest."""
    found = AuditEvent.objects.filter(batch=None).aggregate(count=Count("pk"), oldest=Min("at"))
    return UnsealedWindow(found["count"], found["oldest"])


def _seal_next() -> int:
    """Seal one batch; answer its rows, 0 when there is nothing left or another sealer is first."""
    place = _next_place()
    try:
        with transaction.atomic():
            return _seal(*place)
    except IntegrityError:
        if AuditBatch.objects.filter(number=place[0]).exists():
            return 0
        raise


def _next_place() -> tuple[int, str]:
    """The number of the next batch and the chain it hangs on.

    When checkpoints are ahead of the database, an older copy was restored: sealing goes on after
    them, and the missing numbers tell every verifier so.
    """
    last = AuditBatch.objects.order_by("-number").values_list("number", "chain").first()
    number, chain = last or (0, GENESIS)
    point = last_checkpoint()
    if point is not None and point[0] > number:
        number, chain = point[0], point[1].chain
    return number + 1, chain


def _seal(number: int, previous: str) -> int:
    events = list(AuditEvent.objects.filter(batch=None).order_by("id")[:BATCH_ROWS])
    if not events:
        return 0
    leaves = [leaf_of(event_record(event)) for event in events]
    header: dict[str, Any] = {
        "number": number,
        "sealed_at": (sealed_at := now()),
        "count": len(events),
        "root": root_of(leaves),
        "previous": previous,
    }
    batch = AuditBatch.objects.create(
        **header,
        chain=chain_of({**header, "sealed_at": moment_text(sealed_at)}),
        members=b"".join(event.id.bytes + leaf for event, leaf in zip(events, leaves, strict=True)),
    )
    ids = [event.id for event in events]
    taken = AuditEvent.objects.filter(pk__in=ids, batch=None).update(batch=batch)
    if taken != len(events):
        raise RuntimeError(f"{len(events) - taken} rows changed while they were sealed")
    return taken


def _headers_above(number: int) -> Iterable[dict[str, Any]]:
    newer = AuditBatch.objects.filter(number__gt=number).defer("members").order_by("number")
    return (header_of(batch) for batch in newer.iterator())


def _write_checkpoints() -> None:
    append_checkpoints(_headers_above)
