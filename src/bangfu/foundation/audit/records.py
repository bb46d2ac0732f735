"""Rows and batches as the records that are hashed, exported and verified."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.audit.models import AuditBatch, AuditEvent


def moment_text(moment: datetime) -> str:
    """A moment in UTC with six decimals, `2026-11-20T01:02:03.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _id_text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def event_record(event: AuditEvent) -> dict[str, Any]:
    """A row as a record; the same whichever database it came from."""
    return {
        "type": "event",
        "batch": event.batch_id,
        "id": str(event.id),
        "at": moment_text(event.at),
        "person": _id_text(event.person_id),
        "posting": _id_text(event.posting_id),
        "system": event.system,
        "action": event.action,
        "kind": event.kind,
        "subject_type": event.subject_type,
        "subject_ids": event.subject_ids,
        "division": event.division,
        "purpose": event.purpose,
        "count": event.count,
        "filters": event.filters,
    }


def header_of(batch: AuditBatch) -> dict[str, Any]:
    """The header and chain of a batch, as its checkpoint holds them."""
    return {
        "number": batch.number,
        "sealed_at": moment_text(batch.sealed_at),
        "count": batch.count,
        "root": batch.root,
        "previous": batch.previous,
        "chain": batch.chain,
    }


def batch_record(batch: AuditBatch) -> dict[str, Any]:
    """A batch as a record."""
    members = base64.b64encode(bytes(batch.members)).decode()
    return {"type": "batch", **header_of(batch), "members": members}
