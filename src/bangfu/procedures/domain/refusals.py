"""Why a move is refused: the table asked, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bangfu.procedures.domain.guards import judge_condition
from bangfu.procedures.domain.table import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bangfu.procedures.domain.notices import Hanging
    from bangfu.procedures.domain.table import Guard, Move, Procedure

_DAYS: Final = {False: Label("天", "days"), True: Label("个工作日", "working days")}


Words = Label | tuple[Label, ...] | date | int | str
"""What a sentence is filled with: words in both languages, a day, a number, plain text."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a refusal may look at; the service builds it, so nothing here queries.

    Attributes:
        facts: what is known, by fact name; what is not known is left out.
        mover: who wants to move, as an id.
        movers: who made each move before, by move name.
        papers: the papers at hand.
        note: the written reason.
        today: the day of the move.
        hanging: the notice put up with the present state; None when there is none.
        valueless: parameters of the pack that nobody set for this day and place.
        personal: parts of what the next notice would show that may hold a personal number.
    """

    facts: Mapping[str, object] = field(default_factory=dict)
    mover: str = ""
    movers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()
    note: str = ""
    today: date = date.min
    hanging: Hanging | None = None
    valueless: frozenset[str] = frozenset()
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A code with the words its sentence needs, in both languages."""

    code: str
    words: Mapping[str, Words] = field(default_factory=dict)
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
            yield _missing(procedure, guard, situation.facts, rule.law)
    missing = [procedure.papers[name].label for name in rule.papers if name not in situation.papers]
    if missing:
        yield Refusal("procedures.paper_missing", {"papers": tuple(missing)}, rule.law)
    if rule.note_required and not situation.note.strip():
        yield Refusal("procedures.note_missing", {"move": rule.label}, rule.law)
    if situation.personal and procedure.states[rule.target].notice is not None:
        yield Refusal("procedures.notice_personal", {"parts": "、".join(situation.personal)})


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
    yield from _notice_refusals(procedure, state, rule, situation)
    for guard in _guards(procedure, rule):
        judged = judge_condition(guard.condition, situation.facts)
        if judged is False:
            yield Refusal("procedures.guard", {"reason": guard.reason}, guard.law or rule.law)
        elif judged is None and not _waits_for_asked(procedure, guard, situation.facts):
            yield _missing(procedure, guard, situation.facts, rule.law)
    for earlier in rule.not_after:
        if situation.mover in situation.movers.get(earlier, frozenset()):
            words: dict[str, Words] = {
                "earlier": procedure.label_of(earlier),
                "move": rule.label,
            }
            yield Refusal("procedures.four_eyes", words, rule.law)


def _notice_refusals(
    procedure: Procedure, state: str, rule: Move, situation: Situation
) -> Iterator[Refusal]:
    """A notice hangs all its days, and none goes up that would never end."""
    notice, next_notice = procedure.states[state].notice, procedure.states[rule.target].notice
    if notice is not None and not rule.during_notice:
        hanging = situation.hanging
        if hanging is None:
            yield Refusal("procedures.notice_missing", {"notice": notice.label}, rule.law)
        elif situation.today <= hanging.until:
            words: dict[str, Words] = {
                "notice": notice.label,
                "days": hanging.days,
                "unit": _DAYS[hanging.working],
                "from": hanging.until + timedelta(days=1),
            }
            yield Refusal("procedures.notice_short", words, rule.law)
    if next_notice is not None and next_notice.limit.parameter in situation.valueless:
        yield Refusal("procedures.notice_without_days", {"notice": next_notice.label}, rule.law)


def _guards(procedure: Procedure, rule: Move) -> Iterator[Guard]:
    return (procedure.guards[name] for name in rule.guards)


def _wrong_state(procedure: Procedure, state: str, rule: Move) -> Refusal:
    words: dict[str, Words] = {
        "move": rule.label,
        "state": procedure.states[state].label,
        "sources": tuple(procedure.states[name].label for name in rule.sources),
    }
    return Refusal("procedures.wrong_state", words, rule.law)


def _absent(procedure: Procedure, guard: Guard, facts: Mapping[str, object]) -> list[str]:
    return [name for name in procedure.facts if name not in facts and name in guard.condition.names]


def _waits_for_asked(procedure: Procedure, guard: Guard, facts: Mapping[str, object]) -> bool:
    """Whether the guard is undecided, and a fact that the form asks for may decide it."""
    absent = _absent(procedure, guard, facts)
    asked = any(procedure.facts[name].asked for name in absent)
    return asked and judge_condition(guard.condition, facts) is None


def _missing(procedure: Procedure, guard: Guard, facts: Mapping[str, object], law: str) -> Refusal:
    absent = tuple(procedure.facts[name].label for name in _absent(procedure, guard, facts))
    words: dict[str, Words] = {"facts": absent, "reason": guard.reason}
    return Refusal("procedures.fact_missing", words, guard.law or law)
