"""Resident duty as work of the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.attendance.services.freezing import freeze_month
from bangfu.foundation.jobs.api import job_kind

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

FREEZE: Final = "attendance.freeze_month"


@job_kind(FREEZE, in_transaction=True, every_seconds=24 * 60 * 60)
def freeze(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Write the records of the month that is over; a second time there is nothing to write."""
    return {"records": freeze_month(actor=context.actor)}
