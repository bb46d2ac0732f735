"""What every move leaves behind: a row of history, an audit record, an event, a due day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.jobs.api import announce
from bangfu.foundation.secrets.api import seal_many
from bangfu.kernel.division import common_division
from bangfu.procedures.models import MatterMove
from bangfu.procedures.queries.matters import NOTE_PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.models import Matter
    from bangfu.procedures.queries.judging import MoveRequest

_MOVE_COLUMNS: Final = (
    "id",
    "matter_id",
    "number",
    "move",
    "from_state",
    "to_state",
    "at",
    "by_id",
    "by_name",
    "by_title",
    "was_due_on",
    "note_sealed",
    "papers",
    "facts",
)


def write_moves(
    actor: Actor, made: Sequence[tuple[Matter, str, str, date | None, MoveRequest]]
) -> None:
    """One row of history for each: matter, move, state left, its due day, what was asked."""
    moment = now()
    ids = [new_id() for _ in made]
    noted = [
        (row, request.note)
        for row, (_, _, _, _, request) in zip(ids, made, strict=True)
        if request.note
    ]
    notes = dict(zip((row for row, _ in noted), seal_many(*NOTE_PLACE, noted), strict=True))
    rows = [
        (
            row,
            matter.pk,
            matter.lock_version,
            move,
            left,
            matter.state,
            moment,
            actor.person_id,
            actor.name,
            actor.title,
            due,
            notes.get(row),
            json.dumps({name: list(files) for name, files in request.papers.items()}),
            json.dumps(dict(request.facts), ensure_ascii=False),
        )
        for row, (matter, move, left, due, request) in zip(ids, made, strict=True)
    ]
    insert_rows(MatterMove, _MOVE_COLUMNS, rows)


def record_matters(actor: Actor, action: str, matters: Sequence[Matter]) -> None:
    subjects = [matter.subject_id or matter.pk for matter in matters]
    record(
        actor=actor,
        action=action,
        kind="changed",
        subject_type=matters[0].subject_type or "matter",
        subject_ids=subjects,
        division=common_division(matter.division for matter in matters),
        count=len(matters),
    )


def announce_moves(event: str, matters: Sequence[Matter]) -> None:
    if not event:
        return
    for matter in matters:
        announce(event, {"matter": str(matter.pk), "subject": str(matter.subject_id or "")})
