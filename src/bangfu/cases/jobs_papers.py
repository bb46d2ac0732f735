"""A village's cards as work of the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.services.papers import issue_village_cards
from bangfu.foundation.jobs.api import job_kind

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

PRINT_CARDS: Final = "cases.print_cards"


@job_kind(PRINT_CARDS)
def print_cards(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Print the cards of the village `{"division"}`; the result names the papers."""
    papers = issue_village_cards(
        actor=context.actor,
        village=payload["division"],
        report=lambda done, total: context.progress(done, total, "read"),
    )
    return {"papers": [str(each.pk) for each in papers]}
