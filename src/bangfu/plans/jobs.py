"""Decisions about households become plans as soon as they are announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from bangfu.foundation.jobs.api import subscribe
from bangfu.plans.services.following import help_again, plan_after_recognition

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext


@subscribe("cases.subject_recognised", name="plans.draft_after_recognition", in_transaction=True)
def draft_for_recognised(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Draft a plan for `{"case", "household", "risks"}`; the same event again drafts nothing."""
    plan = plan_after_recognition(
        actor=context.actor,
        case_id=UUID(payload["case"]),
        household_id=UUID(payload["household"]),
        risks=payload["risks"],
    )
    return {"plan": str(plan.pk) if plan else ""}


@subscribe("cases.look_back_found", name="plans.help_again", in_transaction=True)
def help_after_look_back(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Propose help for the risks of `{"case", "household", "risks"}`."""
    plan = help_again(
        actor=context.actor,
        case_id=UUID(payload["case"]),
        household_id=UUID(payload["household"]),
        risks=payload["risks"],
    )
    return {"plan": str(plan.pk) if plan else ""}
