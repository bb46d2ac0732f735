"""The visits that a step of a case may rest on: only those of the present stretch count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.cases.domain.monitoring import AFTER
from bangfu.cases.models import CaseVisit
from bangfu.foundation.bulk.api import fetch_by
from bangfu.procedures.api import MatterMove

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from bangfu.cases.models import Case

ELIMINATE: Final = "eliminate"
LOOK_BACK: Final = "look_back"
"""Purposes of visits."""

Moves = list[MatterMove]


def moves_of(cases: Sequence[Case]) -> dict[UUID, Moves]:
    """Every move of each case's matter, the first first, by matter."""
    found: dict[UUID, Moves] = {each.matter_id: [] for each in cases}
    rows = MatterMove.objects.order_by("number")
    for row in fetch_by(rows, "matter_id", list(found)):
        found[row.matter_id].append(row)
    return {key: sorted(rows, key=lambda row: row.number) for key, rows in found.items()}


def last_of(moves: Moves, names: Collection[str]) -> MatterMove | None:
    """The latest move of one of these names."""
    return next((each for each in reversed(moves) if each.move in names), None)


def moment_of(moves: Moves, names: Collection[str]) -> datetime | None:
    """When the latest move of one of these names was made."""
    found = last_of(moves, names)
    return found.at if found else None


def visits_since(
    cases: Sequence[Case], purpose: str, since: Mapping[UUID, int]
) -> dict[UUID, CaseVisit]:
    """The latest visit of a purpose recorded after a move's number, by case.

    `since` gives the number of that move for each case; a case left out has none that counts.
    """
    rows = CaseVisit.objects.filter(purpose=purpose)
    found: dict[UUID, CaseVisit] = {}
    for row in fetch_by(rows, "case_id", [each.pk for each in cases if each.pk in since]):
        counts = row.findings.get(AFTER, -1) >= since[row.case_id]
        held = found.get(row.case_id)
        if counts and (held is None or (held.recorded_at, held.pk) < (row.recorded_at, row.pk)):
            found[row.case_id] = row
    return found
