"""Work of the register that takes longer than a request."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bangfu.foundation.jobs.api import job_kind
from bangfu.registry.imports import check_kept
from bangfu.registry.models.batches import BatchState
from bangfu.registry.queries.batches import get_batch
from bangfu.registry.services.committing import commit_batch
from bangfu.registry.services.exporting import drop_registers, keep_register
from bangfu.registry.services.reversing import reverse_batch

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

COMMIT_BATCH: Final = "registry.commit_batch"
CHECK_UPLOAD: Final = "registry.check_upload"
REVERSE_BATCH: Final = "registry.reverse_batch"
WRITE_REGISTER: Final = "registry.write_register"
DROP_REGISTERS: Final = "registry.drop_registers"


@job_kind(COMMIT_BATCH)
def run_commit_batch(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Commit the batch `{"batch": id}`; done before, it writes nothing and answers the same."""
    batch = commit_batch(
        actor=context.actor, batch_id=UUID(payload["batch"]), progress=context.progress
    )
    return {
        "batch": str(batch.id),
        "new": batch.new,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
        "refused": batch.refused,
    }


@job_kind(CHECK_UPLOAD)
def run_check_upload(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Check the kept files `{"files": ids, "division": code, "data_date": day}`."""
    context.progress(0, 0, "check")
    batch = check_kept(
        actor=context.actor,
        files=[UUID(each) for each in payload["files"]],
        division=payload["division"],
        data_date=date.fromisoformat(payload["data_date"]),
    )
    return {"batch": str(batch.id)}


@job_kind(WRITE_REGISTER)
def run_write_register(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Write the registration workbook of `{"division": code, "reason": words}` and keep it."""
    context.progress(0, 0, "write")
    kept = keep_register(
        actor=context.actor, division=payload["division"], reason=payload["reason"]
    )
    return {"file": str(kept.id)}


@job_kind(DROP_REGISTERS, every_seconds=60 * 60)
def run_drop_registers(context: JobContext, _: dict[str, Any]) -> dict[str, Any]:
    """Delete the workbooks that were given out more than a day ago."""
    return {"deleted": drop_registers(actor=context.actor)}


@job_kind(REVERSE_BATCH)
def run_reverse_batch(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Take back the batch `{"batch": id, "reason": words}`; done before, it does nothing."""
    batch_id = UUID(payload["batch"])
    if get_batch(context.actor, batch_id).state is not BatchState.REVERSED:
        context.progress(0, 0, "reverse")
        reverse_batch(actor=context.actor, batch_id=batch_id, reason=payload["reason"])
    return {"batch": str(batch_id)}
