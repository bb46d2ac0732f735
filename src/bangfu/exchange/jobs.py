"""Work on lists that takes longer than a request."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bangfu.exchange.imports import check_kept
from bangfu.exchange.services.committing import commit_list
from bangfu.exchange.services.proposing import propose_leaving
from bangfu.foundation.jobs.api import job_kind, subscribe

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

COMMIT_LIST: Final = "exchange.commit_list"
CHECK_LIST: Final = "exchange.check_list"


@job_kind(CHECK_LIST)
def run_check_list(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Check the kept file `{"file", "mapping", "division", "data_date"}`."""
    context.progress(0, 0, "check")
    each = check_kept(
        actor=context.actor,
        file_id=UUID(payload["file"]),
        mapping=payload["mapping"],
        division=payload["division"],
        data_date=date.fromisoformat(payload["data_date"]),
    )
    return {"list": str(each.id)}


@job_kind(COMMIT_LIST)
def run_commit_list(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Commit the list `{"list": id}`; done before, it changes nothing and answers the same."""
    each = commit_list(
        actor=context.actor, list_id=UUID(payload["list"]), progress=context.progress
    )
    return {"list": str(each.id), "matched": each.matched, "unmatched": each.unmatched}


@subscribe("exchange.list_committed", name="exchange.propose_for_list")
def propose_for_list(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Ask for the changes that a committed list `{"list": id}` proposes; once however often."""
    return {"asked": propose_leaving(actor=context.actor, list_id=UUID(payload["list"]))}


@subscribe("exchange.row_matched", name="exchange.propose_for_row")
def propose_for_row(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Ask for the change that a report made by hand `{"report": id}` proposes."""
    return {"asked": propose_leaving(actor=context.actor, report_id=UUID(payload["report"]))}
