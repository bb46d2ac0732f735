"""What happens every day by itself: notices come down, overdue matters are told of.

Due days are counted again, too, once a year's working days are announced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.jobs.api import job_kind
from bangfu.procedures.services import (
    escalate_overdue,
    recount_due_days,
    take_down_ended_notices,
)

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

RECOUNT: Final = "procedures.recount_due_days"
TAKE_DOWN: Final = "procedures.take_down_ended_notices"
ESCALATE: Final = "procedures.escalate_overdue"
_DAY: Final = 24 * 60 * 60


@job_kind(RECOUNT, in_transaction=True, every_seconds=_DAY)
def recount(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Count provisional due days again."""
    return {"changed": recount_due_days(actor=context.actor)}


@job_kind(TAKE_DOWN, in_transaction=True, every_seconds=_DAY)
def take_down(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Take down the notices whose last day is over."""
    return {"taken_down": take_down_ended_notices(actor=context.actor)}


@job_kind(ESCALATE, in_transaction=True, every_seconds=_DAY)
def escalate(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Tell the tiers above of what is overdue."""
    return {"told": escalate_overdue(actor=context.actor)}
