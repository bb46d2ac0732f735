"""Whether a move that somebody asks for may be made, and every reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime

from bangfu.foundation.bulk.api import fetch_by
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.domain.refusals import Situation, refusals
from bangfu.procedures.models import Matter
from bangfu.procedures.permissions import can_see, check_mover
from bangfu.procedures.queries.situations import Situations
from bangfu.procedures.queries.tables import pinned_procedure
from bangfu.procedures.wording import problem_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.domain.table import Procedure
    from bangfu.procedures.models import MatterMove


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """One matter to move.

    Attributes:
        facts: what the guards may look at; what is not known is left out.
        papers: names of papers with the ids of their files.
        note: the written reason.
        seen: the lock version of the page that asks; None when no page was seen.
        shown: what a public notice shows of the matter, when the move puts one up; masked.
    """

    matter_id: UUID
    facts: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str = ""
    seen: int | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)


def preview_moves(
    actor: Actor, move: str, requests: Sequence[MoveRequest]
) -> dict[UUID, tuple[Problem, ...]]:
    """What `make_moves` would answer now: the reasons against each request, none if it may be.

    Raises:
        Http404: when one of the matters is not there, or not for the actor to see.
        AccessRefused: when the actor does not hold the move's capability where one of them lies.
    """
    wanted = {each.matter_id: each for each in requests}
    matters = {each.pk: each for each in fetch_by(Matter.objects.all(), "pk", set(wanted))}
    for matter_id in wanted:
        check_access(actor, matters.get(matter_id), move)
    situations = Situations(matters.values())
    found: dict[UUID, tuple[Problem, ...]] = {}
    for matter_id, request in wanted.items():
        found[matter_id], _ = judge_request(actor, matters[matter_id], move, request, situations)
    return found


def check_access(actor: Actor, matter: Matter | None, move: str) -> Matter:
    """The matter, when the actor may see it and holds the move's capability there.

    Raises:
        Http404: when it is not there, or not for the actor to see.
        AccessRefused: when they do not hold the capability.
    """
    if matter is None:
        raise Http404
    procedure = pinned_procedure(matter.version_id)
    if not can_see(actor, procedure, matter.division):
        raise Http404
    if move in procedure.moves:
        actor.check(procedure.moves[move].capability, matter.division)
    return matter


def judge_request(
    actor: Actor,
    matter: Matter,
    move: str,
    request: MoveRequest,
    situations: Situations,
) -> tuple[tuple[Problem, ...], Situation]:
    """Every reason against the move, and what was looked at."""
    procedure = pinned_procedure(matter.version_id)
    rule = procedure.moves.get(move)
    if rule is None:
        return (Problem("procedures.unknown_move", values={"move": move}),), Situation()
    try:
        check_mover(actor, rule, matter.division)
    except Refused as refused:
        return refused.problems, Situation()
    papers = frozenset(name for name, files in request.papers.items() if files)
    situation = situations.of(
        actor, matter, rule, request.facts, shown=request.shown, papers=papers, note=request.note
    )
    stale = request.seen is not None and request.seen != matter.lock_version
    if stale or matter.state not in rule.sources:
        last = matter.moves.order_by("-number").first()
        # A matter that nobody has moved since it was opened was not snatched from anyone.
        if last is not None and last.number and last.by_id != actor.person_id:
            return (_overtaken(procedure, matter, last),), situation
    found = tuple(problem_of(each) for each in refusals(procedure, matter.state, move, situation))
    if not found and stale:
        return (_stale(procedure, matter),), situation
    return found, situation


def _overtaken(procedure: Procedure, matter: Matter, last: MatterMove) -> Problem:
    values = {
        "by": last.by_name,
        "at": date_format(localtime(last.at), "Y-m-d H:i"),
        "move": text_of(procedure.moves[last.move].label),
        "state": text_of(procedure.states[matter.state].label),
    }
    return Problem("procedures.overtaken", values=values)


def _stale(procedure: Procedure, matter: Matter) -> Problem:
    values = {"state": text_of(procedure.states[matter.state].label)}
    return Problem("procedures.stale_page", values=values)
