"""Monitoring as work of the queue: what events bring forward or call for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.cases.services.monitoring_upkeep import hasten_look_backs
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.jobs.api import subscribe

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext


@subscribe("screening.findings_found", name="cases.hasten_look_backs", in_transaction=True)
def hasten_look_backs_for(_: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """A rule fired on eliminated households of `{"run", "findings"}`: look back at them soon."""
    # In the system's own name: whoever had the register judged need not be one who looks back.
    actor = system_actor("cases")
    return {"hastened": hasten_look_backs(actor=actor, finding_ids=payload["findings"])}
