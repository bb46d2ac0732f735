"""Monitoring as work of the queue: what events bring forward or call for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.cases.queries.quality_facts import list_counties
from bangfu.cases.services.monitoring_upkeep import hasten_look_backs
from bangfu.cases.services.quality import look_through
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.jobs.api import job_kind, list_waiting, subscribe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.foundation.jobs.api import JobContext

LOOK_THROUGH: Final = "cases.look_through"


@subscribe("screening.findings_found", name="cases.hasten_look_backs", in_transaction=True)
def hasten_look_backs_for(_: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """A rule fired on eliminated households of `{"run", "findings"}`: look back at them soon."""
    # In the system's own name: whoever had the register judged need not be one who looks back.
    actor = system_actor("cases")
    return {"hastened": hasten_look_backs(actor=actor, finding_ids=payload["findings"])}


_CHANGED: Final = {
    "registry.batch_committed": "cases.look_through_batch",
    "registry.batch_reversed": "cases.look_through_reversal",
    "registry.households_changed": "cases.look_through_change",
}
"""Events after which counties are looked through again, and the kind of job each makes."""


@job_kind(LOOK_THROUGH, every_seconds=24 * 60 * 60)
def look_through_all(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Look for doubtful data in every county that has households."""
    return _look_through(context, list_counties())


def _look_again(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Look through the counties of `{"counties"}`; one that a waiting job names is left to that."""
    waiting = list_waiting(tuple(_CHANGED.values()))
    later = {county for each in waiting for county in each.get("counties", ())}
    return _look_through(context, sorted(set(payload.get("counties", ())) - later))


def _look_through(context: JobContext, counties: Sequence[str]) -> dict[str, Any]:
    found = cleared = 0
    for done, county in enumerate(counties):
        context.progress(done, len(counties), county)
        looked = look_through(actor=system_actor("cases"), county=county)
        found, cleared = found + looked.found, cleared + looked.cleared
    return {"counties": len(counties), "found": found, "cleared": cleared}


for _event, _name in _CHANGED.items():
    subscribe(_event, name=_name)(_look_again)
