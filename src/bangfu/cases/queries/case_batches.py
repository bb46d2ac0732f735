"""One move for many cases: which moves are offered for a list, and what each would ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.cases.queries.case_filters import tier_of_grant
from bangfu.cases.queries.case_rows import case_rows, joined_cases
from bangfu.cases.queries.cases import find_scoped_cases, scoped_cases
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.ui.api import reader_language
from bangfu.procedures.api import Offer, pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from bangfu.cases.models import Case
    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Move, Procedure


@dataclass(frozen=True, slots=True)
class BatchMove:
    """A move that can be asked for many cases at once; the kinds may call it differently."""

    name: str
    label: str


def moves_for(actor: Actor, rows: Sequence[CaseRow]) -> list[BatchMove]:
    """The moves that lead on from where some cases are and that the actor's posting makes.

    Which case may really be moved is what the preview tells.
    """
    labels: dict[str, dict[str, None]] = {}
    language = reader_language()
    for version, state, division in {(row.version, row.state, row.division) for row in rows}:
        table = pinned_procedure(version)
        for move in table.moves_from(state):
            if holds_move(actor, move, division):
                labels.setdefault(move.name, {})[move.label.text(language)] = None
    return [BatchMove(name, " / ".join(sorted(words))) for name, words in sorted(labels.items())]


def holds_move(actor: Actor, move: Move, division: str) -> bool:
    """Whether a grant of the actor holds the move's right there at one of its tiers."""
    return any(
        grant.allows(move.capability, division) and tier_of_grant(grant) in move.tiers
        for grant in actor.grants
    )


def batch_of(actor: Actor, case_ids: Collection[UUID]) -> dict[UUID, Case]:
    """The cases of a batch with what a line shows.

    Raises:
        Http404: when one of them is not there, or not for the actor to see.
    """
    find_scoped_cases(actor, case_ids)
    rows = fetch_by(joined_cases(scoped_cases(actor)), "pk", set(case_ids))
    found = {each.pk: each for each in rows}
    return {each: found[each] for each in dict.fromkeys(case_ids)}


def rows_of_batch(cases: Iterable[Case]) -> dict[UUID, CaseRow]:
    """The cases as lines, by id."""
    return {row.id: row for row in case_rows(cases)}


def offer_of_batch(cases: Iterable[Case], move: str) -> Offer | None:
    """What a move asks, as the first table that has it says; None when none has it."""
    for version in dict.fromkeys(each.matter.version_id for each in cases):
        table = pinned_procedure(version)
        if move in table.moves:
            return _offer(table, table.moves[move])
    return None


def _offer(table: Procedure, move: Move) -> Offer:
    language = reader_language()
    read = {name for guard in move.guards for name in table.guards[guard].condition.names}
    return Offer(
        move=move.name,
        label=move.label.text(language),
        target=move.target,
        target_label=table.states[move.target].label.text(language),
        problems=(),
        note_required=move.note_required,
        papers=(),
        asks=tuple(name for name in table.facts if name in read and table.facts[name].asked),
    )
