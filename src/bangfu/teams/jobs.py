"""Work on lists that takes longer than a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bangfu.foundation.jobs.api import job_kind
from bangfu.teams.imports import check_kept, commit_upload

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

CHECK_LIST: Final = "teams.check_list"
COMMIT_LIST: Final = "teams.commit_list"


@job_kind(CHECK_LIST)
def run_check_list(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Check the kept files `{"files": ids, "kind": sheet, "division": code}`."""
    context.progress(0, 0, "check")
    upload = check_kept(
        actor=context.actor,
        kind=payload["kind"],
        files=[UUID(each) for each in payload["files"]],
        division=payload["division"],
    )
    return {"upload": str(upload.id)}


@job_kind(COMMIT_LIST)
def run_commit_list(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Commit the list `{"upload": id}`; done before, it writes nothing and answers the same."""
    context.progress(0, 0, "write")
    upload = commit_upload(actor=context.actor, upload_id=UUID(payload["upload"]))
    return {"upload": str(upload.id), "new": upload.new, "changed": upload.changed}
