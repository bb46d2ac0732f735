"""Whether the village's meeting passed an elimination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.cases.queries.monitoring_visits import moment_of
from bangfu.kernel.clock import civil_day
from bangfu.meetings.api import decided_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.cases.queries.monitoring_visits import Moves


def meetings_passed(cases: Sequence[Case], moves: Mapping[UUID, Moves]) -> dict[UUID, bool]:
    """What the latest meeting since the visit decided about each case; none is left out.

    A meeting that was not quorate decided nothing.
    """
    decided = decided_on([each.matter_id for each in cases])
    found: dict[UUID, bool] = {}
    for case in cases:
        result = decided.get(case.matter_id)
        checked = moment_of(moves[case.matter_id], ("check",))
        if result is None or checked is None or not result.quorate:
            continue
        if result.held_on >= civil_day(checked):
            found[case.pk] = result.passed
    return found
