"""Moving cases: facts gathered, the engine asked, and what follows done in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.models import CaseBasis
from bangfu.cases.queries.case_facts import (
    answered_facts,
    rules_standing,
    standing_facts_of,
    standing_papers_of,
)
from bangfu.cases.queries.cases import find_scoped_cases
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import MoveRequest, lock_matters, make_moves, preview_moves

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


@dataclass(frozen=True, slots=True)
class _Undone(Exception):
    """What followed from one case's move was refused, so that the move is to be undone."""

    case_id: UUID
    problems: tuple[Problem, ...]


if TYPE_CHECKING:
    Effect = Callable[[Actor, Case, CaseMove], None]
    Showing = Callable[[Actor, Case, CaseMove], Mapping[str, Any]]

_effects: dict[tuple[CaseKind, str], list[Effect]] = {}
_showings: dict[tuple[CaseKind, str], Showing] = {}


def register_effect(kind: CaseKind, move: str, effect: Effect) -> None:
    """Let `effect` happen with every move of this name, in its transaction.

    Effects happen in the order in which they were registered; one that raises `Refused` has its
    case's move undone, and the case gets the reasons.
    """
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
    """
    wanted = {each.case_id: each for each in requests}
    refused: dict[UUID, tuple[Problem, ...]] = {}
    while wanted:
        try:
            with transaction.atomic():
                done = _move_all(actor, move, wanted)
        except _Undone as undone:
            # Its move is taken back with all others; they are made again without it.
            refused[undone.case_id] = undone.problems
            del wanted[undone.case_id]
        else:
            return CasesMoved(done.moved, {**refused, **done.refused})
    return CasesMoved((), refused)


def _move_all(actor: Actor, move: str, wanted: Mapping[UUID, CaseMove]) -> CasesMoved:
    lock_matters([each.matter_id for each in find_scoped_cases(actor, wanted).values()])
    # Read again under the lock: what was read before it may be older than the last move.
    cases = find_scoped_cases(actor, wanted)
    asked = requests_of(actor, move, cases, wanted)
    outcome = make_moves(actor=actor, move=move, requests=list(asked.values()))
    by_matter = {each.matter_id: each for each in cases.values()}
    moved = []
    for matter in outcome.moved:
        by_matter[matter.pk].matter = matter
        moved.append(by_matter[matter.pk])
    keep_bases(moved)
    for case in moved:
        try:
            _settle(actor, case, move, wanted[case.pk])
        except Refused as refused:
            raise _Undone(case.pk, refused.problems) from None
    return CasesMoved(
        tuple(moved), {by_matter[key].pk: problems for key, problems in outcome.refused.items()}
    )


def keep_bases(cases: Sequence[Case]) -> None:
    """Keep what register and rules said when each case made its last move."""
    rules = rules_standing({each.household_id for each in cases})
    CaseBasis.objects.bulk_create(
        CaseBasis(
            id=new_id(),
            case=each,
            number=each.matter.lock_version,
            register_version_id=each.household.version_id,
            rules=sorted(rules.get(each.household_id, ())),
        )
        for each in cases
    )


def preview_case_moves(
    actor: Actor, move: str, requests: Sequence[CaseMove]
) -> dict[UUID, tuple[Problem, ...]]:
    """What `move_cases` would answer now, by case: the reasons against it, none if it may be.

    What would follow from a move (a change of the register) is not tried.

    Raises:
        Http404: when one of the cases is not there, or not for the actor to see.
        AccessRefused: when the actor does not hold the move's capability where one of them lies.
    """
    wanted = {each.case_id: each for each in requests}
    cases = find_scoped_cases(actor, wanted)
    asked = requests_of(actor, move, cases, wanted)
    found = preview_moves(actor, move, list(asked.values()))
    return {case_id: found[request.matter_id] for case_id, request in asked.items()}


def requests_of(
    actor: Actor, move: str, cases: Mapping[UUID, Case], wanted: Mapping[UUID, CaseMove]
) -> dict[UUID, MoveRequest]:
    """What the engine is asked for each case: the facts gathered for all of them at once."""
    facts = standing_facts_of(actor, list(cases.values()))
    papers = standing_papers_of(list(cases.values()))
    return {
        case_id: MoveRequest(
            matter_id=cases[case_id].matter_id,
            facts={**answered_facts(cases[case_id], move, each.answers), **facts[case_id]},
            papers={**papers[case_id], **each.papers},
            note=each.note,
            seen=each.seen,
            shown=_shown(actor, cases[case_id], move, each),
        )
        for case_id, each in wanted.items()
    }


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
