"""What the queue has done by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.foundation.jobs.kinds import job_kind
from bangfu.foundation.jobs.services import forget_old

if TYPE_CHECKING:
    from bangfu.foundation.jobs.context import JobContext


@job_kind("jobs.forget_old", every_seconds=24 * 60 * 60)
def forget_old_rows(_: JobContext, __: dict[str, Any]) -> dict[str, Any]:
    """Delete jobs and events that ended long ago."""
    return {"deleted": forget_old()}
