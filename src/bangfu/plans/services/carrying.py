"""Measures carried out: agreed to, started, finished, stopped, dropped; one or many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import Purpose, get_stored, register_purpose
from bangfu.kernel.problems import Problem, Refused
from bangfu.plans.permissions import READ, RECORD
from bangfu.plans.queries.effects import household_seen
from bangfu.plans.queries.plans import find_scoped_measures, measure_guards
from bangfu.plans.services.deciding import begin_plan
from bangfu.procedures.api import MoveRequest, lock_matters, make_moves

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Measure

START: Final = "start"
FINISH: Final = "finish"
STOP: Final = "stop"
DROP: Final = "drop"
AGREE: Final = "agree"
_DATED: Final = frozenset({START, FINISH, STOP})
_ENDING: Final = frozenset({FINISH, STOP})
_PAPER: Final = "evidence"

EVIDENCE: Final = Purpose(
    "plans.evidence", read=READ, write=RECORD, zh="帮扶措施佐证", en="Evidence of a measure"
)
register_purpose(EVIDENCE)


@dataclass(frozen=True, slots=True)
class MeasureMove:
    """One measure to move.

    Attributes:
        on: the day it really began or ended (today).
        note: why, or what it brought. evidence: ids of stored files of purpose `plans.evidence`.
        seen: the lock version of the page that asks.
    """

    measure_id: UUID
    on: date | None = None
    note: str = ""
    evidence: Sequence[UUID] = ()
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class MeasuresMoved:
    """What became of several measures: those moved, and why others were not."""

    moved: tuple[Measure, ...] = ()
    refused: Mapping[UUID, tuple[Problem, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def move_measure(*, actor: Actor, move: str, request: MeasureMove) -> Measure:
    """Move one measure; see `move_measures`.

    Raises:
        Http404: no such measure in the actor's scope.
        AccessRefused: without the move's capability there.
        Refused: with every reason against it.
    """
    done = move_measures(actor=actor, move=move, requests=[request])
    if done.refused:
        raise Refused(*done.refused[request.measure_id])
    return done.moved[0]


@transaction.atomic
def move_measures(*, actor: Actor, move: str, requests: Sequence[MeasureMove]) -> MeasuresMoved:
    """Make one move in many measures: those that may are moved, the others get their reasons.

    A measure that starts is kept with what the rules say of the household that day; one that ends
    with what they say then, so that what it brought can be read off both.

    Raises:
        Http404: when one of them is not there, or not for the actor to see.
        AccessRefused: without the move's capability where one of them lies.
    """
    wanted = {each.measure_id: each for each in requests}
    before = find_scoped_measures(actor, wanted)
    plans = {each.plan.matter_id for each in before.values()}
    lock_matters([*plans, *(each.matter_id for each in before.values())])
    measures = find_scoped_measures(actor, wanted)
    refused = {
        each: problems
        for each, request in wanted.items()
        if (problems := _day_problems(move, measures[each], request))
    }
    asked = [
        _request(actor, move, measures[each], request)
        for each, request in wanted.items()
        if each not in refused
    ]
    outcome = make_moves(actor=actor, move=move, requests=asked)
    by_matter = {each.matter_id: each for each in measures.values()}
    refused |= {by_matter[key].pk: problems for key, problems in outcome.refused.items()}
    moved = []
    for matter in outcome.moved:
        measure = by_matter[matter.pk]
        measure.matter = matter
        _settle(measure, move, wanted[measure.pk])
        moved.append(measure)
    if move == START:
        for plan in {each.plan_id: each.plan for each in moved}.values():
            begin_plan(actor, plan)
    return MeasuresMoved(tuple(moved), refused)


def _day_problems(move: str, measure: Measure, request: MeasureMove) -> tuple[Problem, ...]:
    day = request.on or today()
    if move not in _DATED:
        return ()
    if day > today():
        return (Problem("plans.day_to_come", values={"day": day.isoformat()}),)
    if move in _ENDING and measure.started_on is not None and day < measure.started_on:
        values = {"day": day.isoformat(), "start": measure.started_on.isoformat()}
        return (Problem("plans.ended_before_start", values=values),)
    return ()


def _request(actor: Actor, move: str, measure: Measure, request: MeasureMove) -> MoveRequest:
    facts: dict[str, Any] = {"late_explained": bool(request.note.strip())}
    facts |= measure_guards(measure.plan.matter.state, measure)
    files = [str(get_stored(actor, each).pk) for each in request.evidence]
    papers = {_PAPER: files} if files else {}
    return MoveRequest(measure.matter_id, facts, papers, request.note.strip(), request.seen)


def _settle(measure: Measure, move: str, request: MeasureMove) -> None:
    """The measure's own marks of what was done."""
    day = request.on or today()
    measure.evidence = [*measure.evidence, *(str(each) for each in request.evidence)]
    if move == START:
        measure.started_on = day
        measure.effect = {"before": household_seen(measure.household, day)}
    if move in _ENDING:
        measure.ended_on = day
        measure.effect = {**measure.effect, "after": household_seen(measure.household, day)}
    measure.save(update_fields=["evidence", "started_on", "ended_on", "effect"])


def start_measure(
    *, actor: Actor, measure_id: UUID, on: date | None = None, note: str = ""
) -> Measure:
    """A measure begins; its plan is in force from the first on. See `move_measures`."""
    return move_measure(actor=actor, move=START, request=MeasureMove(measure_id, on, note))


def finish_measure(
    *, actor: Actor, measure_id: UUID, note: str, evidence: Sequence[UUID], on: date | None = None
) -> Measure:
    """A measure is done: `note` says what it brought. See `move_measures`."""
    request = MeasureMove(measure_id, on, note, evidence)
    return move_measure(actor=actor, move=FINISH, request=request)


def stop_measure(*, actor: Actor, measure_id: UUID, note: str, on: date | None = None) -> Measure:
    """A measure is broken off: `note` says why. See `move_measures`."""
    return move_measure(actor=actor, move=STOP, request=MeasureMove(measure_id, on, note))


def drop_measure(*, actor: Actor, measure_id: UUID, note: str) -> Measure:
    """A measure that has not begun is taken out of its plan. See `move_measures`."""
    return move_measure(actor=actor, move=DROP, request=MeasureMove(measure_id, note=note))
