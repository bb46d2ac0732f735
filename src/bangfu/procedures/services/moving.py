"""Moving matters: one at a time or many, one winner each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F

from bangfu.foundation.bulk.api import chunks_of
from bangfu.foundation.clock.api import now
from bangfu.kernel.problems import Refused
from bangfu.procedures.models import Matter
from bangfu.procedures.queries.dues import Dues
from bangfu.procedures.queries.judging import MoveRequest, check_access, judge_request
from bangfu.procedures.queries.situations import Situations
from bangfu.procedures.queries.tables import pinned_procedure
from bangfu.procedures.services.notices import post_notices, take_down
from bangfu.procedures.services.rows import (
    announce_moves,
    record_matters,
    write_moves,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem
    from bangfu.procedures.domain.refusals import Situation
    from bangfu.procedures.domain.table import Move, Procedure

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MoveOutcome:
    """What became of several requests: the matters moved, and why others were not."""

    moved: tuple[Matter, ...]
    refused: Mapping[UUID, tuple[Problem, ...]]


def lock_matters(matter_ids: Collection[UUID]) -> dict[UUID, Matter]:
    """The matters by id, held until the transaction ends, so that nobody else moves them.

    PostgreSQL locks the rows, in the order of their ids so that two callers cannot block each
    other; on SQLite the transaction holds the only write lock from its beginning.
    """
    found: dict[UUID, Matter] = {}
    for chunk in chunks_of(sorted(set(matter_ids))):
        rows = Matter.objects.select_for_update().filter(pk__in=chunk).order_by("pk")
        found.update((matter.pk, matter) for matter in rows)
    return found


def make_move(
    *,
    actor: Actor,
    matter_id: UUID,
    move: str,
    facts: Mapping[str, Any] = _NOTHING,
    papers: Mapping[str, Sequence[str]] = _NOTHING,
    note: str = "",
    seen: int | None = None,
    shown: Mapping[str, Any] = _NOTHING,
) -> Matter:
    """Move one matter on.

    Raises:
        Http404: no such matter, or none the actor may see.
        AccessRefused: when the actor does not hold the move's capability there.
        Refused: with every reason of the table; `procedures.overtaken` when someone else has moved
            the matter since the page was seen, or out of the states this move leads from.
    """
    request = MoveRequest(matter_id, facts, papers, note, seen, shown)
    outcome = make_moves(actor=actor, move=move, requests=[request])
    if outcome.refused:
        raise Refused(*outcome.refused[matter_id])
    return outcome.moved[0]


@transaction.atomic
def make_moves(*, actor: Actor, move: str, requests: Sequence[MoveRequest]) -> MoveOutcome:
    """Make one move in many matters: those that may are moved, the others get their reasons.

    Raises:
        Http404: when one of the matters is not there, or not for the actor to see.
        AccessRefused: when the actor does not hold the move's capability where one of them lies.
    """
    wanted = {each.matter_id: each for each in requests}
    matters = lock_matters(wanted)
    for matter_id in wanted:
        check_access(actor, matters.get(matter_id), move)
    situations = Situations(matters.values())
    refused: dict[UUID, tuple[Problem, ...]] = {}
    allowed: list[tuple[Matter, Situation]] = []
    for matter_id, request in wanted.items():
        matter = matters[matter_id]
        problems, situation = judge_request(actor, matter, move, request, situations)
        if problems:
            refused[matter_id] = problems
        else:
            allowed.append((matter, situation))
    moved = _carry_out(actor, move, allowed, wanted)
    return MoveOutcome(tuple(moved), refused)


def _carry_out(
    actor: Actor,
    move: str,
    allowed: Sequence[tuple[Matter, Situation]],
    requests: Mapping[UUID, MoveRequest],
) -> list[Matter]:
    """Write the new states, the rows of history, the audit and the events."""
    by_version: dict[str, list[tuple[Matter, Situation]]] = defaultdict(list)
    for matter, situation in allowed:
        by_version[matter.version_id].append((matter, situation))
    moved: list[Matter] = []
    for version, pairs in by_version.items():
        procedure = pinned_procedure(version)
        rule = procedure.moves[move]
        before = [(matter, matter.state, matter.due_on) for matter, _ in pairs]
        _set_states(procedure, rule, [matter for matter, _ in pairs])
        made = [
            (matter, move, left, due, _with_facts(requests[matter.pk], situation))
            for (matter, left, due), (_, situation) in zip(before, pairs, strict=True)
        ]
        write_moves(actor, made)
        _change_notices(procedure, rule, before, requests)
        matters = [matter for matter, _ in pairs]
        record_matters(actor, f"{procedure.name}.{move}", matters)
        announce_moves(rule.announces, matters)
        moved += matters
    return moved


def _with_facts(request: MoveRequest, situation: Situation) -> MoveRequest:
    return replace(request, facts=dict(situation.facts))


def _change_notices(
    procedure: Procedure,
    rule: Move,
    before: Sequence[tuple[Matter, str, date | None]],
    requests: Mapping[UUID, MoveRequest],
) -> None:
    """Take down what hung with the states left, and put up what hangs with the one entered."""
    moved = [(matter, left) for matter, left, _ in before if left != rule.target]
    take_down([matter.pk for matter, left in moved if procedure.states[left].notice is not None])
    entered = [(matter, requests[matter.pk].shown) for matter, _ in moved]
    post_notices(procedure, procedure.states[rule.target], entered)


def _set_states(procedure: Procedure, rule: Move, matters: Sequence[Matter]) -> None:
    moment = now()
    closed = moment if procedure.states[rule.target].final else None
    dues = Dues(procedure, rule.target)
    groups: dict[tuple[date | None, bool, datetime], list[UUID]] = defaultdict(list)
    for matter in matters:
        if not rule.keeps_due:
            due = dues.of(opened=matter.opened_at, entered=moment, division=matter.division)
            matter.due_on = due.day if due else None
            matter.due_provisional = due.provisional if due else False
            matter.entered_at = moment
        matter.state = rule.target
        matter.closed_at = closed
        matter.lock_version += 1
        groups[matter.due_on, matter.due_provisional, matter.entered_at].append(matter.pk)
    for (due_on, provisional, entered_at), ids in groups.items():
        for chunk in chunks_of(ids):
            Matter.objects.filter(pk__in=chunk).update(
                state=rule.target,
                due_on=due_on,
                due_provisional=provisional,
                entered_at=entered_at,
                closed_at=closed,
                lock_version=F("lock_version") + 1,
            )
