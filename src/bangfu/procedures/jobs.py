"""Due days counted again, once a year's working days are announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.jobs.api import job_kind
from bangfu.procedures.services import recount_due_days

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

RECOUNT: Final = "procedures.recount_due_days"


@job_kind(RECOUNT, in_transaction=True, every_seconds=24 * 60 * 60)
def recount(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Count provisional due days again."""
    return {"changed": recount_due_days(actor=context.actor)}
