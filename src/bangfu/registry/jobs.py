"""Work of the register that takes longer than a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bangfu.foundation.jobs.api import job_kind
from bangfu.registry.services.committing import commit_batch

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

COMMIT_BATCH: Final = "registry.commit_batch"


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
