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
_OF_COUNTIES: Final = (
    "screening.after_import",
    "screening.after_reversal",
    "screening.after_change",
    "screening.after_list",
    "screening.after_withdrawal",
)
"""Jobs whose payload names the counties that are to be judged again."""


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


@subscribe("registry.batch_committed", name="screening.after_import")
def screen_after_import(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties of a batch again, where something changed."""
    return _rescreen(context, payload)


@subscribe("registry.batch_reversed", name="screening.after_reversal")
def screen_after_reversal(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties of a reversed batch again, where something changed."""
    return _rescreen(context, payload)


@subscribe("registry.households_changed", name="screening.after_change")
def screen_after_change(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties of households again that a person's change touched."""
    return _rescreen(context, payload)


@subscribe("exchange.list_committed", name="screening.after_list")
def screen_after_list(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties of a department's list again, where something changed."""
    return _rescreen(context, payload)


@subscribe("exchange.list_withdrawn", name="screening.after_withdrawal")
def screen_after_withdrawal(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties of a list that was withdrawn again, where something changed."""
    return _rescreen(context, payload)


@subscribe("exchange.row_matched", name="screening.after_match")
def screen_after_match(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the county of a household again to which a person matched a row."""
    return _rescreen(context, {"households": [payload["household"]]})


@subscribe("exchange.row_undone", name="screening.after_undoing")
def screen_after_undoing(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties of households again from which a row was taken."""
    return _rescreen(context, payload)


def _rescreen(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Screen the counties named, and those of the households named.

    A county that a waiting job names too is left to that job: of a hundred lists that come in one
    after another, the last has the county judged.
    """
    touched = {UUID(each) for each in payload.get("households", ())}
    counties = {*payload.get("counties", ()), *counties_of(touched)}
    later = {county for each in list_waiting(_OF_COUNTIES) for county in each["counties"]}
    counties -= later
    runs = rescreen_changed(actor=context.actor, counties=counties, watch=context)
    return {"runs": [run_details(run) for run in runs]}


@job_kind(DROP_SNAPSHOTS, every_seconds=24 * 60 * 60)
def drop(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Delete snapshot files whose day has passed."""
    return {"dropped": drop_snapshots(actor=context.actor)}
