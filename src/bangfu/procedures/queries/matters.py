"""Matters, what happened to them, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from bangfu.foundation.secrets.api import unseal_many
from bangfu.procedures.domain.refusals import standing_refusals
from bangfu.procedures.models import Matter, MatterMove
from bangfu.procedures.permissions import can_see, mover_tier, wrong_tier
from bangfu.procedures.queries.situations import Situations
from bangfu.procedures.queries.tables import pinned_procedure
from bangfu.procedures.wording import problem_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem
    from bangfu.procedures.domain.refusals import Situation
    from bangfu.procedures.domain.table import Move, Paper, Procedure

NOTE_PLACE = ("procedures_mattermove", "note")
"""Table and column that written reasons are sealed for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as a button: what it does, what it asks for, and why it cannot be made now.

    Attributes:
        problems: every standing reason against it; none means the button works.
        asks: the facts that are filled in with it: what is known already is not asked again.
    """

    move: str
    label: str
    target: str
    target_label: str
    problems: tuple[Problem, ...]
    note_required: bool
    papers: tuple[Paper, ...]
    asks: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether the button works."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Passed:
    """One step of a matter's history, in the reader's language."""

    number: int
    move: str
    label: str
    from_label: str
    to_state: str
    to_label: str
    at: datetime
    by_id: UUID | None
    by_name: str
    by_title: str
    was_due_on: date | None
    note: str
    papers: Mapping[str, list[str]]


def get_matter(actor: Actor, matter_id: UUID) -> Matter:
    """One matter.

    Raises:
        Http404: when there is none, or none that the actor may see.
    """
    matter = Matter.objects.filter(pk=matter_id).first()
    if matter is None or not can_see(actor, pinned_procedure(matter.version_id), matter.division):
        raise Http404
    return matter


def list_matters_of(actor: Actor, subject_type: str, subject_id: UUID) -> list[Matter]:
    """The matters about one subject that the actor may see, the newest first."""
    rows = Matter.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return [
        matter
        for matter in rows.order_by("-opened_at", "-id")
        if can_see(actor, pinned_procedure(matter.version_id), matter.division)
    ]


def list_moves(actor: Actor, matter: Matter, facts: Mapping[str, object]) -> list[Offer]:
    """The moves that lead on from where the matter is, each with every reason against it."""
    procedure = pinned_procedure(matter.version_id)
    situations = Situations([matter])
    return [
        _offer(actor, procedure, matter, move, situations.of(actor, matter, move, facts))
        for move in procedure.moves_from(matter.state)
    ]


def _offer(
    actor: Actor, procedure: Procedure, matter: Matter, move: Move, situation: Situation
) -> Offer:
    # Who may not make it at all is told who may, and no more.
    if mover_tier(actor, move, matter.division) is None:
        problems: tuple[Problem, ...] = (wrong_tier(move),)
    else:
        standing = standing_refusals(procedure, matter.state, move.name, situation)
        problems = tuple(problem_of(each) for each in standing)
    read = {name for guard in move.guards for name in procedure.guards[guard].condition.names}
    return Offer(
        move=move.name,
        label=text_of(move.label),
        target=move.target,
        target_label=text_of(procedure.states[move.target].label),
        problems=problems,
        note_required=move.note_required,
        papers=tuple(procedure.papers[name] for name in move.papers),
        asks=tuple(
            name
            for name, fact in procedure.facts.items()
            if name in read and fact.asked and name not in situation.facts
        ),
    )


def list_history(actor: Actor, matter: Matter) -> list[Passed]:
    """Every step of the matter, the first first.

    Raises:
        Http404: when the actor may not see the matter.
    """
    procedure = pinned_procedure(matter.version_id)
    if not can_see(actor, procedure, matter.division):
        raise Http404
    rows = list(matter.moves.order_by("number"))
    notes = _notes(rows)
    return [_passed(procedure, row, notes.get(row.pk, "")) for row in rows]


def _notes(rows: Iterable[MatterMove]) -> dict[UUID, str]:
    sealed = [(row.pk, bytes(row.note_sealed)) for row in rows if row.note_sealed is not None]
    texts = unseal_many(*NOTE_PLACE, sealed)
    return {row: text for (row, _), text in zip(sealed, texts, strict=True)}


def _passed(procedure: Procedure, row: MatterMove, note: str) -> Passed:
    states = procedure.states
    return Passed(
        number=row.number,
        move=row.move,
        label=text_of(procedure.label_of(row.move)),
        from_label=text_of(states[row.from_state].label) if row.from_state else "",
        to_state=row.to_state,
        to_label=text_of(states[row.to_state].label),
        at=row.at,
        by_id=row.by_id,
        by_name=row.by_name,
        by_title=row.by_title,
        was_due_on=row.was_due_on,
        note=note,
        papers=row.papers,
    )
