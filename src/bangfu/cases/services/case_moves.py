"""Moving cases: facts gathered, the engine asked, and what follows done in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.case_facts import standing_facts_of
from bangfu.cases.queries.cases import find_scoped_cases
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import MoveRequest, lock_matters, make_moves

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One case to move.

    Attributes:
        answers: what the form asked for; the effects and the guards of asked facts read it.
        papers: names of papers with the ids of their files.
        note: the written reason. seen: the lock version of the page that asks.
    """

    case_id: UUID
    answers: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class CasesMoved:
    """What became of several cases: those moved, and why others were not."""

    moved: tuple[Case, ...]
    refused: Mapping[UUID, tuple[Problem, ...]]


if TYPE_CHECKING:
    Effect = Callable[[Actor, Case, CaseMove], None]
    Showing = Callable[[Actor, Case, CaseMove], Mapping[str, Any]]

_effects: dict[tuple[CaseKind, str], list[Effect]] = {}
_showings: dict[tuple[CaseKind, str], Showing] = {}


def register_effect(kind: CaseKind, move: str, effect: Effect) -> None:
    """Let `effect` happen with every move of this name, in its transaction."""
    effects = _effects.setdefault((kind, move), [])
    if effect not in effects:
        effects.append(effect)


def register_showing(kind: CaseKind, move: str, showing: Showing) -> None:
    """Let `showing` say what the public notice shows that this move puts up."""
    _showings[kind, move] = showing


def move_case(
    *,
    actor: Actor,
    case_id: UUID,
    move: str,
    answers: Mapping[str, Any] = _NOTHING,
    papers: Mapping[str, Sequence[str]] = _NOTHING,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """Move one case on; see `move_cases`.

    Raises:
        Http404: no such case, or none the actor may see.
        AccessRefused: when the actor does not hold the move's capability there.
        Refused: with every reason of the table, or of what would have followed.
    """
    request = CaseMove(case_id, answers, papers, note, seen)
    done = move_cases(actor=actor, move=move, requests=[request])
    if done.refused:
        raise Refused(*done.refused[case_id])
    return done.moved[0]


@transaction.atomic
def move_cases(*, actor: Actor, move: str, requests: Sequence[CaseMove]) -> CasesMoved:
    """Make one move in many cases: those that may are moved, the others get their reasons.

    Raises:
        Http404: when one of the cases is not there, or not for the actor to see.
        AccessRefused: when the actor does not hold the move's capability where one of them lies.
        Refused: when what follows from a move is refused; then nothing is moved.
    """
    wanted = {each.case_id: each for each in requests}
    lock_matters([each.matter_id for each in find_scoped_cases(actor, wanted).values()])
    # Read again under the lock: what was read before it may be older than the last move.
    cases = find_scoped_cases(actor, wanted)
    facts = standing_facts_of(actor, list(cases.values()))
    asked = [
        MoveRequest(
            cases[case_id].matter_id,
            {**each.answers, **facts[case_id]},
            each.papers,
            each.note,
            each.seen,
            _shown(actor, cases[case_id], move, each),
        )
        for case_id, each in wanted.items()
    ]
    outcome = make_moves(actor=actor, move=move, requests=asked)
    by_matter = {each.matter_id: each for each in cases.values()}
    moved = []
    for matter in outcome.moved:
        case = by_matter[matter.pk]
        case.matter = matter
        _settle(actor, case, move, wanted[case.pk])
        moved.append(case)
    refused = {by_matter[key].pk: problems for key, problems in outcome.refused.items()}
    return CasesMoved(tuple(moved), refused)


def _shown(actor: Actor, case: Case, move: str, request: CaseMove) -> Mapping[str, Any]:
    showing = _showings.get((CaseKind(case.kind), move))
    return showing(actor, case, request) if showing else _NOTHING


def _settle(actor: Actor, case: Case, move: str, request: CaseMove) -> None:
    """What follows from a move: the case's own marks, then what its kind brings."""
    still_open = case.matter.closed_at is None
    if case.open != still_open:
        case.open = still_open
        case.save(update_fields=["open"])
    for effect in _effects.get((CaseKind(case.kind), move), ()):
        effect(actor, case, request)
