"""Making audit rows, and saying that all of them are sealed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bangfu.foundation.audit.api import AuditEvent, record_opened
from bangfu.foundation.audit.models import AuditBatch
from bangfu.foundation.audit.verify_audit import MEMBER_BYTES
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor

MOMENT = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)


def add(actor: Actor, rows: int = 1, *, at: datetime = MOMENT) -> None:
    """Open `rows` households h0, h1, ... at a moment."""
    with using_clock(FixedClock(at)):
        for row in range(rows):
            record_opened(actor, "household", f"h{row}", "511921")


def sealed_ids() -> list[bytes]:
    """The ids in all batches, in their order."""
    found = []
    for batch in AuditBatch.objects.order_by("number"):
        members = bytes(batch.members)
        found += [members[at : at + 16] for at in range(0, len(members), MEMBER_BYTES)]
    return found


def assert_each_row_is_sealed_once() -> None:
    """Every row is in exactly one batch, and every member of a batch is a row."""
    ids = sealed_ids()
    assert len(ids) == len(set(ids))
    assert set(ids) == {row.bytes for row in AuditEvent.objects.values_list("id", flat=True)}
    assert not AuditEvent.objects.filter(batch=None).exists()
