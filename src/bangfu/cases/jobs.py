"""Findings become clues as soon as they are announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from bangfu.cases import jobs_monitoring, jobs_papers
from bangfu.cases.services import identify_clue, note_settled, open_clues, open_row_clues
from bangfu.cases.services.case_following import follow_households
from bangfu.foundation.jobs.api import subscribe
from bangfu.registry.api import Household

if TYPE_CHECKING:
    from bangfu.foundation.jobs.api import JobContext

__all__ = ["jobs_monitoring", "jobs_papers"]


@subscribe("exchange.rows_unmatched", name="cases.open_row_clues", in_transaction=True)
def open_clues_of_rows(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Open clues for the rows `{"list", "rows"}` that wait for a person to match them."""
    rows = [UUID(each) for each in payload["rows"]]
    return {"opened": len(open_row_clues(actor=context.actor, row_ids=rows))}


@subscribe("exchange.row_matched", name="cases.identify_clue", in_transaction=True)
def identify_clue_of(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """The row `{"row", "household"}` was matched: its clue has a household now."""
    household = Household.objects.get(pk=payload["household"])
    clue = identify_clue(actor=context.actor, row_id=UUID(payload["row"]), household=household)
    return {"clue": str(clue.pk) if clue else ""}


@subscribe("exchange.row_undone", name="cases.forget_household", in_transaction=True)
def forget_household_of(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """The match of `{"row"}` was taken back: its clue waits without a household again."""
    clue = identify_clue(actor=context.actor, row_id=UUID(payload["row"]), household=None)
    return {"clue": str(clue.pk) if clue else ""}


@subscribe("exchange.row_settled", name="cases.note_settled", in_transaction=True)
def note_settled_row(_: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """A person said that `{"row"}` means nobody here, `{"decision"}`: its clue says so."""
    clue = note_settled(row_id=UUID(payload["row"]), decision=payload["decision"])
    return {"clue": str(clue.pk) if clue else ""}


@subscribe("screening.findings_found", name="cases.open_clues", in_transaction=True)
def open_clues_for(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Open clues for the findings `{"run", "findings"}`; the same event again opens nothing."""
    opened = open_clues(actor=context.actor, finding_ids=payload["findings"])
    return {
        "opened": len(opened.opened),
        "known": opened.known,
        "joined": opened.joined,
        "over": opened.over,
    }


@subscribe("registry.households_changed", name="cases.follow_households", in_transaction=True)
def follow_households_of(context: JobContext, payload: dict[str, Any]) -> dict[str, Any]:
    """Households `{"households"}` changed: the open cases of those that moved go with them."""
    households = [UUID(each) for each in payload["households"]]
    return {"moved": follow_households(actor=context.actor, household_ids=households)}
