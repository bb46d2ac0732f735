"""The whole record as lines for a verifier, and the verification in place."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.audit.checkpoints import list_checkpoint_lines
from bangfu.foundation.audit.domain.events import Checked, Kind
from bangfu.foundation.audit.models import AuditBatch, AuditEvent
from bangfu.foundation.audit.records import batch_record, event_record, moment_text
from bangfu.foundation.audit.sealing import BATCH_ROWS
from bangfu.foundation.audit.services import record
from bangfu.foundation.audit.verify_audit import FORMAT, Report
from bangfu.foundation.audit.verify_audit import verify as verify_records
from bangfu.foundation.clock.api import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

READ: Final = "audit.read"
"""Declared by access, which lies above."""
_UNREADABLE: Final = (ValueError, TypeError, AttributeError)
"""What Django raises for a column that holds no value of its type."""


def verify() -> Report:
    """Check the record in the database against the checkpoints.

    The checkpoints are read first: what is sealed meanwhile is then newer than they are.
    """
    lines = list_checkpoint_lines()
    return verify_records(list_records(), lines, newer_allowed=False)


def export_audit(*, actor: Checked, stream: IO[str]) -> int:
    """Write the record as JSON lines for `verify_audit.py`; answer the number of lines.

    Args:
        actor: needs `audit.read` in the whole country; the export is audited itself.
        stream: takes UTF-8 text.

    Raises:
        AccessRefused: without `audit.read`.
    """
    actor.check(READ, "")
    lines = 0
    for each in list_records():
        stream.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n")
        lines += 1
    with transaction.atomic():
        record(actor=actor, action="audit.exported", kind=Kind.LISTED, count=lines)
    return lines


def list_records() -> Iterator[dict[str, Any]]:
    """Header, batches each with its rows, rows not sealed yet, and an end with the counts.

    A row or batch whose columns cannot even be read (SQLite keeps any text anywhere) comes as a
    record without them, so that the verifier names it.
    """
    exported_at = moment_text(now())
    yield {"type": "export", "format": FORMAT, "exported_at": exported_at}
    batches = events = 0
    for number in list(AuditBatch.objects.order_by("number").values_list("number", flat=True)):
        yield _read_batch(number)
        batches += 1
        for each in _read_events(number):
            yield each
            events += 1
    for each in _read_events(None):
        yield each
        events += 1
    yield {"type": "end", "batches": batches, "events": events}


def _read_batch(number: int) -> dict[str, Any]:
    try:
        return batch_record(AuditBatch.objects.get(number=number))
    except _UNREADABLE:
        return {"type": "batch", "number": number}


def _read_events(batch: int | None) -> Iterator[dict[str, Any]]:
    """The rows of a batch in the order of ids; for None those not sealed yet."""
    rows = AuditEvent.objects.filter(batch=batch).order_by("id")
    ids = list(rows.values_list("id", flat=True)[:BATCH_ROWS])
    while ids:
        yield from _read_chunk(rows.filter(id__range=(ids[0], ids[-1])), ids, batch)
        ids = list(rows.filter(id__gt=ids[-1]).values_list("id", flat=True)[:BATCH_ROWS])


def _read_chunk(
    rows: QuerySet[AuditEvent], ids: list[UUID], batch: int | None
) -> list[dict[str, Any]]:
    try:
        return [event_record(event) for event in rows]
    except _UNREADABLE:
        return [_read_event(event_id, batch) for event_id in ids]


def _read_event(event_id: UUID, batch: int | None) -> dict[str, Any]:
    try:
        return event_record(AuditEvent.objects.get(pk=event_id))
    except _UNREADABLE:
        return {"type": "event", "batch": batch, "id": str(event_id), "at": ""}
