"""Who would get which clue, and which clues cannot be assigned, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import Http404

from bangfu.cases.queries.details import standing_facts
from bangfu.cases.queries.filters import scoped_clues
from bangfu.cases.queries.people import checkers_in
from bangfu.foundation.bulk.api import fetch_by
from bangfu.kernel.problems import Problem
from bangfu.procedures.api import MoveRequest, preview_moves
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from bangfu.cases.models import Clue
    from bangfu.cases.queries.people import Assignee
    from bangfu.foundation.access.api import Actor

ASSIGN_MOVE: Final = "assign"
REASSIGN_MOVE: Final = "reassign"


@dataclass(frozen=True, slots=True)
class Preview:
    """What assigning would do now.

    Attributes:
        will: clue -> who would be asked to check it.
        will_not: clue -> why it would stay as it is.
    """

    will: Mapping[UUID, Assignee]
    will_not: Mapping[UUID, tuple[Problem, ...]]


def preview_assignment(
    actor: Actor,
    clue_ids: Collection[UUID],
    assignee_id: UUID | None = None,
    *,
    reassign: bool = False,
) -> Preview:
    """What `assign_clues` with the same words would do; shows nobody and writes nothing.

    Raises:
        Http404: when one of the clues is not there, or not for the actor to see.
        AccessRefused: when the actor may not assign where one of them lies.
    """
    clues = fetch_clues(actor, clue_ids)
    chosen, will_not = choose_checkers(actor, clues, assignee_id)
    move = REASSIGN_MOVE if reassign else ASSIGN_MOVE
    asked = [each for each in clues if each.pk not in will_not]
    requests = [assignment_request(actor, each, chosen.get(each.pk)) for each in asked]
    answers = preview_moves(actor, move, requests)
    will_not |= {each.pk: answers[each.matter_id] for each in asked if answers[each.matter_id]}
    will = {each.pk: chosen[each.pk] for each in asked if not answers[each.matter_id]}
    return Preview(will, will_not)


def fetch_clues(actor: Actor, clue_ids: Collection[UUID]) -> list[Clue]:
    """The clues with their matters, in the order asked for.

    Raises:
        Http404: when one of them is not there, or not for the actor to see.
    """
    rows = scoped_clues(actor).select_related("matter")
    found = {each.pk: each for each in fetch_by(rows, "pk", set(clue_ids))}
    if len(found) < len(set(clue_ids)):
        raise Http404
    return [found[each] for each in dict.fromkeys(clue_ids)]


def choose_checkers(
    actor: Actor, clues: Sequence[Clue], assignee_id: UUID | None
) -> tuple[dict[UUID, Assignee], dict[UUID, tuple[Problem, ...]]]:
    """Who is to check each clue; without a wish, whoever has least to do in the finest place.

    Never the actor by itself: who assigns a clue may not be the one who confirms it.
    """
    able = checkers_in({each.division for each in clues})
    chosen: dict[UUID, Assignee] = {}
    refused: dict[UUID, tuple[Problem, ...]] = {}
    given: dict[UUID, int] = {}
    for clue in clues:
        people = [each for each in able[clue.division] if _may_get(each, actor, assignee_id)]
        found = _checker(people, assignee_id, given)
        if found is not None:
            given[found.person_id] = given.get(found.person_id, 0) + 1
            chosen[clue.pk] = found
        elif assignee_id is None:
            values = {"village": division_name(clue.division)}
            refused[clue.pk] = (Problem("cases.nobody_to_check", values=values),)
    return chosen, refused


def _may_get(assignee: Assignee, actor: Actor, wished: UUID | None) -> bool:
    return wished is not None or assignee.person_id != actor.person_id


def _checker(
    people: Sequence[Assignee], wished: UUID | None, given: Mapping[UUID, int]
) -> Assignee | None:
    if wished is not None:
        return next((each for each in people if each.person_id == wished), None)
    return min(people, key=lambda each: _burden(each, given), default=None)


def _burden(assignee: Assignee, given: Mapping[UUID, int]) -> tuple[int, int, str]:
    busy = assignee.open_clues + given.get(assignee.person_id, 0)
    return -len(assignee.division), busy, str(assignee.person_id)


def assignment_request(
    actor: Actor,
    clue: Clue,
    assignee: Assignee | None,
    note: str = "",
    seen: int | None = None,
) -> MoveRequest:
    """The move that gives a clue to somebody, with what the procedure's guards ask about it."""
    facts = standing_facts(actor, clue) | {
        "assignee_can_check": assignee is not None,
        "assignee_changes": assignee is not None and assignee.person_id != clue.assigned_to_id,
    }
    if assignee is not None:
        facts["assignee"] = str(assignee.person_id)
    return MoveRequest(clue.matter_id, facts, note=note, seen=seen)
