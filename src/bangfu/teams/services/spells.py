"""What duties and pairings have in common when they are planned and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.bulk.api import update_rows
from bangfu.foundation.clock.api import now
from bangfu.teams.domain.catalogue import load_catalogue
from bangfu.teams.domain.settling import Outcome, settle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db import models

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.lines import Line
    from bangfu.teams.domain.settling import Standing

_END: Final = ("id", "valid_to", "end_reason", "ended_at", "ended_by")


def check_end(line: Line[Any], start: date, end: date | None, reason: str) -> None:
    """Refuse a row that ends before it begins, or gives a reason for an end it does not name."""
    if end is not None and end < start:
        values = {"start": start.isoformat(), "end": end.isoformat()}
        line.refuse("teams.ends_before_it_begins", "valid_to", **values)
    if end is None and reason:
        line.refuse("teams.reason_without_end", "end_reason")
    if reason and load_catalogue().lists["end_reason"].find(reason) is None:
        line.refuse("teams.reason_unknown", "end_reason")


def settle_lines(lines: Sequence[Line[Any]], standings: Sequence[Standing], item: str) -> None:
    """Settle the claims of the rows; what cannot be is the row's problem, in `item`."""
    claims = [line.claim for line in lines if line.claim is not None and not line.faulty]
    settle(claims, standings)
    for line in lines:
        if not line.faulty:
            line.take_problem(item)


def write_ends(model: type[models.Model], actor: Actor, lines: Sequence[Line[Any]]) -> int:
    """End what the rows end; answer how many."""
    moment = now()
    rows = [
        (claim.standing.id, claim.spell.end, claim.reason, moment, actor.name)
        for line in lines
        if not line.faulty
        and (claim := line.claim) is not None
        and claim.outcome is Outcome.CHANGED
        and claim.standing is not None
    ]
    return update_rows(model, _END, rows)


def begun(lines: Sequence[Line[Any]]) -> list[Line[Any]]:
    """The rows that bring a spell."""
    return [
        line
        for line in lines
        if not line.faulty and line.claim is not None and line.claim.outcome is Outcome.NEW
    ]


def ending_of(line: Line[Any], actor: Actor) -> tuple[Any, ...]:
    """The columns that tell of an end, for a spell that comes in ended."""
    claim = line.claim
    if claim is None or claim.spell.end is None:
        return None, "", None, ""
    return claim.spell.end, claim.reason, now(), actor.name
