"""What files have done by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.foundation.files.services import remove_orphans
from bangfu.foundation.jobs.api import job_kind

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext


@job_kind("files.remove_orphans", every_seconds=24 * 60 * 60)
def remove_orphan_files(_: JobContext, __: dict[str, Any]) -> dict[str, Any]:
    """Take away bytes that no row names."""
    return {"removed": remove_orphans()}
