"""Findings become clues as soon as they are announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.cases.services import open_clues
from bangfu.foundation.jobs.api import subscribe

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext


@subscribe("screening.findings_found", name="cases.open_clues", in_transaction=True)
def open_clues_for(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Open clues for the findings `{"run", "findings"}`; the same event again opens nothing."""
    opened = open_clues(actor=context.actor, finding_ids=payload["findings"])
    return {
        "opened": len(opened.opened),
        "known": opened.known,
        "covered": opened.covered,
        "over": opened.over,
    }
