"""Work of policy that takes longer than a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bangfu.foundation.jobs.api import job_kind
from bangfu.policy.services import check_proposal

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

CHECK_PROPOSAL: Final = "policy.check_proposal"


@job_kind(CHECK_PROPOSAL)
def run_check_proposal(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Run the cases of the proposal `{"proposal": id}`."""
    context.progress(0, 0, "cases")
    proposal = check_proposal(actor=context.actor, proposal_id=UUID(payload["proposal"]))
    return {
        "proposal": str(proposal.pk),
        "cases": proposal.cases,
        "failed": len(proposal.problems),
    }
