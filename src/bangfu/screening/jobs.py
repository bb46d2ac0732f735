"""Screening as work of the queue, and after the register has changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from bangfu.foundation.jobs.api import job_kind, list_waiting, subscribe
from bangfu.screening.queries.homes import counties_of
from bangfu.screening.services import drop_snapshots, rescreen_changed, run_screening
from bangfu.screening.services.runs import run_details

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

RUN_SCREENING: Final = "screening.run"
DROP_SNAPSHOTS: Final = "screening.drop_snapshots"
_AFTER: Final = {
    "registry.batch_committed": "screening.after_import",
    "registry.batch_reversed": "screening.after_reversal",
    "registry.households_changed": "screening.after_change",
    "exchange.list_committed": "screening.after_list",
    "exchange.list_withdrawn": "screening.after_withdrawal",
    "exchange.row_matched": "screening.after_match",
    "exchange.row_undone": "screening.after_undoing",
}
"""Events after which counties are judged again, and the kind of job each makes."""


@job_kind(RUN_SCREENING)
def screen(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Run `{"division", "as_of", "engine", "overrides"}`; all but the division may be left out."""
    day = payload.get("as_of")
    run = run_screening(
        actor=context.actor,
        division=payload["division"],
        as_of=date.fromisoformat(day) if day else None,
        engine=payload.get("engine", "embedded"),
        overrides=payload.get("overrides"),
        watch=context,
    )
    return run_details(run)


def _rescreen(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties again that an event names, and those of the households it names.

    A county that a waiting job names too is left to that job: of a hundred lists that come in one
    after another, the last has the county judged.
    """
    named = [*payload.get("households", ()), *filter(None, [payload.get("household")])]
    touched = {UUID(each) for each in named}
    counties = {*payload.get("counties", ()), *counties_of(touched)}
    waiting = list_waiting(tuple(_AFTER.values()))
    counties -= {county for each in waiting for county in each.get("counties", ())}
    runs = rescreen_changed(actor=context.actor, counties=counties, watch=context)
    return {"runs": [run_details(run) for run in runs]}


for _event, _name in _AFTER.items():
    subscribe(_event, name=_name)(_rescreen)


@job_kind(DROP_SNAPSHOTS, every_seconds=24 * 60 * 60)
def drop(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Delete snapshot files whose day has passed."""
    return {"dropped": drop_snapshots(actor=context.actor)}
