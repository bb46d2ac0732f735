"""What a household's measures amount to: the numbers that guards and lists ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bangfu.plans.domain.catalogue import Catalogue

STARTED: Final = "started"
DONE: Final = "done"
PLANNED: Final = "planned"
AGREED: Final = "agreed"
OPEN: Final = frozenset({PLANNED, AGREED, STARTED})
"""States in which something is still to be done."""
CARRIED: Final = frozenset({STARTED, DONE})
"""States that count as carried out: under way or done, not broken off."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A measure as far as it counts.

    Attributes:
        state: the state of its matter.
        started_on, ended_on, due_on: see the model.
    """

    family: str
    risk: str
    state: str
    started_on: date | None = None
    ended_on: date | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What is known of a household's measures.

    Attributes:
        started: measures carried out, under way or done. done: of these, the done ones.
        developmental_started: of those carried out, the developmental ones.
        matched_done: the risks that a done measure answers.
        first_started_on: the day the first of them began.
        open: measures still to be done or under way. overdue: of these, past their due day.
    """

    started: int = 0
    done: int = 0
    developmental_started: int = 0
    matched_done: frozenset[str] = field(default_factory=frozenset)
    first_started_on: date | None = None
    open: int = 0
    overdue: int = 0


def is_overdue(mark: Mark, day: date) -> bool:
    """Whether a measure should have been finished before `day`."""
    return mark.state in OPEN and mark.due_on is not None and mark.due_on < day


def facts_of(
    marks: Iterable[Mark], catalogue: Catalogue, day: date, since: date | None = None
) -> MeasureFacts:
    """The facts of one household's measures.

    Args:
        marks: its measures. catalogue: what answers what.
        day: the day they are asked about.
        since: what ended before this day is left out: help from before a household was recognised
            again says nothing about the risk it has now.
    """
    found = [each for each in marks if since is None or (each.ended_on or day) >= since]
    carried = [each for each in found if each.state in CARRIED]
    done = [each for each in found if each.state == DONE]
    risks = {*catalogue.risks, *(each.risk for each in done if each.risk)}
    still_open = [each for each in found if each.state in OPEN]
    days = [each.started_on for each in carried if each.started_on is not None]
    return MeasureFacts(
        started=len(carried),
        done=len(done),
        developmental_started=sum(each.family in catalogue.developmental for each in carried),
        matched_done=catalogue.answered(((each.family, each.risk) for each in done), risks),
        first_started_on=min(days, default=None),
        open=len(still_open),
        overdue=sum(is_overdue(each, day) for each in still_open),
    )


def labour_of(codes: Iterable[str | None], with_labour: frozenset[str]) -> bool | None:
    """Whether a household has labour, by its members' codes; None when one that is not known
    decides."""
    known = list(codes)
    if any(each in with_labour for each in known):
        return True
    return None if any(not each for each in known) else False
