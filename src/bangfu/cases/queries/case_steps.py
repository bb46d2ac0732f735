"""The way of a case through its procedure, and how much of its time has gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.clock import CHINA
from bangfu.policy.api import active_pack
from bangfu.procedures.api import pinned_procedure, working_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bangfu.procedures.api import Matter, Passed, Procedure, State


@dataclass(frozen=True, slots=True)
class Step:
    """One state on the main way.

    Attributes:
        day: when the case came there; None for what lies ahead.
        who: who brought it there; empty for the system and for what lies ahead.
        limit: the most days it may last there, as the pack says today, None when nothing says so.
        working: whether they are working days.
        whole: whether the limit counts from the case's opening: then it is no limit of this step.
    """

    state: str
    label: str
    done: bool
    current: bool
    day: date | None
    who: str
    limit: int | None
    working: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The time allowed for what a case is waiting for.

    Attributes:
        whole: whether it counts from the case's opening, not from the present step's beginning.
        total, used: days of the limit, and how many have gone with today; more than the total
            when overdue.
    """

    whole: bool
    working: bool
    total: int
    used: int
    due_on: date
    provisional: bool


def main_way(procedure: Procedure) -> list[str]:
    """The states from the opening on, each by the first move of the table that leads further."""
    way = [procedure.opening.state]
    while True:
        onward = (move.target for move in procedure.moves_from(way[-1]))
        found = next((each for each in onward if each not in way), None)
        if found is None:
            return way
        way.append(found)


def steps_of_case(matter: Matter, history: Sequence[Passed]) -> list[Step]:
    """The main way of a matter, and where it is; a state aside from the way stands at its end."""
    procedure = pinned_procedure(matter.version_id)
    way = main_way(procedure)
    here = matter.state
    if here not in way:
        reached = [each for each in way if any(step.to_state == each for step in history)]
        way = [*reached, here] if matter.closed_at else [*way[: len(reached)], here]
    at = way.index(here)
    came = {step.to_state: step for step in history}
    return [
        _step(procedure.states[name], place, at, came.get(name), matter)
        for place, name in enumerate(way)
    ]


def _step(state: State, place: int, at: int, came: Passed | None, matter: Matter) -> Step:
    behind = place < at or (place == at and matter.closed_at is not None)
    reached = came if place <= at else None
    limit = (state.notice.limit if state.notice else None) or state.limit
    days = active_pack(today()).parameters_on(today(), matter.division) if limit else {}
    return Step(
        state=state.name,
        label=state.label.text(reader_language()),
        done=behind,
        current=place == at and not behind,
        day=reached.at.astimezone(CHINA).date() if reached else None,
        who=reached.by_name if reached and reached.by_id else "",
        limit=days.get(limit.parameter) if limit else None,
        working=limit is not None and limit.kind == "working_days",
        whole=limit is not None and limit.counted_from == "opened",
    )


def span_of(matter: Matter) -> Span | None:
    """How much of the time allowed has gone; None when nothing limits the present state."""
    state = pinned_procedure(matter.version_id).states[matter.state]
    if matter.due_on is None or matter.closed_at is not None or state.limit is None:
        return None
    whole = state.limit.counted_from == "opened"
    working = state.limit.kind == "working_days"
    begun = (matter.opened_at if whole else matter.entered_at).astimezone(CHINA).date()
    if working:
        calendar = working_calendar()
        total, used = calendar.between(begun, matter.due_on), calendar.between(begun, today())
    else:
        total, used = (matter.due_on - begun).days, (today() - begun).days
    return Span(whole, working, total, used, matter.due_on, matter.due_provisional)
