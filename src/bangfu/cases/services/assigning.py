"""Assigning clues, one or many: who is to go and look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.cases.models import Clue
from bangfu.cases.queries.previews import (
    ASSIGN_MOVE,
    REASSIGN_MOVE,
    assignment_request,
    choose_checkers,
    fetch_clues,
)
from bangfu.procedures.api import lock_matters, make_moves

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from bangfu.cases.queries.people import Assignee
    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of a wish to assign.

    Attributes:
        assigned: clue -> who is to check it.
        refused: clue -> why it stays as it was.
    """

    assigned: Mapping[UUID, Assignee]
    refused: Mapping[UUID, tuple[Problem, ...]]


@transaction.atomic
def assign_clues(
    *,
    actor: Actor,
    clue_ids: Collection[UUID],
    assignee_id: UUID | None = None,
    reassign: bool = False,
    note: str = "",
    seen: Mapping[UUID, int] | None = None,
) -> Assigned:
    """Assign clues: those that may be are, the others say why not.

    Args:
        actor: who assigns.
        clue_ids: which clues.
        assignee_id: who is to check them; None gives each to the nearest and least busy person.
        reassign: take clues that are being checked from who has them.
        note: a word for who is to check.
        seen: the lock version of each clue on the page that asks.

    Raises:
        Http404: when one of the clues is not there, or not for the actor to see.
        AccessRefused: when the actor may not assign where one of them lies.
    """
    clues = fetch_clues(actor, clue_ids)
    lock_matters([each.matter_id for each in clues])
    # Read again under the lock: who has a clue may have changed while we waited.
    clues = fetch_clues(actor, clue_ids)
    chosen, refused = choose_checkers(actor, clues, assignee_id)
    move = REASSIGN_MOVE if reassign else ASSIGN_MOVE
    requests = [
        assignment_request(actor, each, chosen.get(each.pk), note, (seen or {}).get(each.pk))
        for each in clues
        if each.pk not in refused
    ]
    outcome = make_moves(actor=actor, move=move, requests=requests)
    by_matter = {each.matter_id: each for each in clues}
    assigned = {by_matter[each.pk].pk: chosen[by_matter[each.pk].pk] for each in outcome.moved}
    _write(assigned)
    refused |= {by_matter[matter].pk: problems for matter, problems in outcome.refused.items()}
    return Assigned(assigned, refused)


def _write(assigned: Mapping[UUID, Assignee]) -> None:
    by_person: dict[UUID, list[UUID]] = {}
    for clue, assignee in assigned.items():
        by_person.setdefault(assignee.person_id, []).append(clue)
    for person, clues in by_person.items():
        Clue.objects.filter(pk__in=clues).update(assigned_to=person)
