"""Why a move is refused: the table asked, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bangfu.procedures.domain.guards import judge_condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bangfu.procedures.domain.table import Guard, Label, Move, Procedure


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a refusal may look at; the service builds it, so nothing here queries.

    Attributes:
        facts: what is known, by fact name; what is not known is left out.
        mover: who wants to move, as an id.
        movers: who made each move before, by move name.
        papers: the papers at hand.
        note: the written reason.
    """

    facts: Mapping[str, object] = field(default_factory=dict)
    mover: str = ""
    movers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A code with the words its sentence needs, in both languages."""

    code: str
    words: Mapping[str, Label | tuple[Label, ...]] = field(default_factory=dict)
    law: str = ""


def refusal(procedure: Procedure, state: str, move: str, situation: Situation) -> Refusal | None:
    """The first reason against `move` now, or None when it may go ahead."""
    return next(refusals(procedure, state, move, situation), None)


def refusals(
    procedure: Procedure, state: str, move: str, situation: Situation
) -> Iterator[Refusal]:
    """Every reason against `move` now, what was filled in with it included."""
    rule = procedure.moves[move]
    yield from standing_refusals(procedure, state, move, situation)
    if state not in rule.sources:
        return
    for guard in _guards(procedure, rule):
        if _waits_for_asked(procedure, guard, situation.facts):
            yield _missing(procedure, guard, situation.facts)
    missing = [procedure.papers[name].label for name in rule.papers if name not in situation.papers]
    if missing:
        yield Refusal("procedures.paper_missing", {"papers": tuple(missing)})
    if rule.note_required and not situation.note.strip():
        yield Refusal("procedures.note_missing", {"move": rule.label})


def standing_refusals(
    procedure: Procedure, state: str, move: str, situation: Situation
) -> Iterator[Refusal]:
    """The reasons that stand whatever the mover fills in: what a button shows.

    A guard that only lacks what the form asks for (the assignee, the reason code) is no reason.
    """
    rule = procedure.moves[move]
    if state not in rule.sources:
        yield _wrong_state(procedure, state, rule)
        return
    for guard in _guards(procedure, rule):
        judged = judge_condition(guard.condition, situation.facts)
        if judged is False:
            yield Refusal("procedures.guard", {"reason": guard.reason}, guard.law)
        elif judged is None and not _waits_for_asked(procedure, guard, situation.facts):
            yield _missing(procedure, guard, situation.facts)
    for earlier in rule.not_after:
        if situation.mover in situation.movers.get(earlier, frozenset()):
            words = {"earlier": procedure.label_of(earlier), "move": rule.label}
            yield Refusal("procedures.four_eyes", words)


def _guards(procedure: Procedure, rule: Move) -> Iterator[Guard]:
    return (procedure.guards[name] for name in rule.guards)


def _wrong_state(procedure: Procedure, state: str, rule: Move) -> Refusal:
    words: dict[str, Label | tuple[Label, ...]] = {
        "move": rule.label,
        "state": procedure.states[state].label,
        "sources": tuple(procedure.states[name].label for name in rule.sources),
    }
    return Refusal("procedures.wrong_state", words)


def _absent(procedure: Procedure, guard: Guard, facts: Mapping[str, object]) -> list[str]:
    return [name for name in procedure.facts if name not in facts and name in guard.condition.names]


def _waits_for_asked(procedure: Procedure, guard: Guard, facts: Mapping[str, object]) -> bool:
    """Whether the guard is undecided, and a fact that the form asks for may decide it."""
    absent = _absent(procedure, guard, facts)
    asked = any(procedure.facts[name].asked for name in absent)
    return asked and judge_condition(guard.condition, facts) is None


def _missing(procedure: Procedure, guard: Guard, facts: Mapping[str, object]) -> Refusal:
    absent = tuple(procedure.facts[name].label for name in _absent(procedure, guard, facts))
    return Refusal("procedures.fact_missing", {"facts": absent, "reason": guard.reason}, guard.law)
