"""Opening matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.procedures.domain.table import OPENING
from bangfu.procedures.models import Matter, ProcedureVersion
from bangfu.procedures.queries.dues import Dues
from bangfu.procedures.queries.judging import MoveRequest
from bangfu.procedures.queries.tables import load_procedure
from bangfu.procedures.services.notices import post_notices
from bangfu.procedures.services.rows import (
    announce_moves,
    record_matters,
    write_moves,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.domain.table import Procedure

_MATTER_COLUMNS: Final = (
    "id",
    "procedure",
    "version_id",
    "state",
    "subject_type",
    "subject_id",
    "division",
    "due_on",
    "due_provisional",
    "opened_at",
    "entered_at",
    "closed_at",
    "lock_version",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a matter is about, and where; what a notice shows that hangs from the first day."""

    division: str
    kind: str = ""
    id: UUID | None = None
    shown: Mapping[str, Any] = field(default_factory=dict, compare=False)


def open_matter(*, actor: Actor, procedure: str, subject: Subject) -> Matter:
    """Open one matter under the table in force today.

    Raises:
        AccessRefused: when the actor may not open it there.
        Refused: `procedures.unknown_procedure`.
    """
    return open_matters(actor=actor, procedure=procedure, subjects=[subject])[0]


@transaction.atomic
def open_matters(*, actor: Actor, procedure: str, subjects: Sequence[Subject]) -> list[Matter]:
    """Open many matters of one procedure, set by set, in the order of `subjects`.

    Raises:
        AccessRefused: when the actor may not open one of them where it lies; none is opened.
        Refused: `procedures.unknown_procedure`.
    """
    if not subjects:
        return []
    table = load_procedure(procedure, today())
    for division in {each.division for each in subjects}:
        actor.check(table.opening.capability, division)
    _pin(table)
    matters = _new_matters(table, subjects)
    rows = [tuple(getattr(each, name) for name in _MATTER_COLUMNS) for each in matters]
    insert_rows(Matter, _MATTER_COLUMNS, rows)
    write_moves(actor, [(each, OPENING, "", None, MoveRequest(each.pk)) for each in matters])
    entered = [(matter, each.shown) for matter, each in zip(matters, subjects, strict=True)]
    post_notices(table, table.states[table.opening.state], entered)
    record_matters(actor, f"{table.name}.{OPENING}", matters)
    announce_moves(table.opening.announces, matters)
    return matters


def _pin(table: Procedure) -> None:
    defaults = {
        "name": table.name,
        "version": table.version,
        "document": table.document,
        "recorded_at": now(),
    }
    ProcedureVersion.objects.get_or_create(hash=table.hash, defaults=defaults)


def _new_matters(table: Procedure, subjects: Sequence[Subject]) -> list[Matter]:
    moment = now()
    state = table.opening.state
    final = table.states[state].final
    dues = Dues(table, state)
    matters = []
    for subject in subjects:
        due = dues.of(opened=moment, entered=moment, division=subject.division)
        matters.append(
            Matter(
                id=new_id(),
                procedure=table.name,
                version_id=table.hash,
                state=state,
                subject_type=subject.kind,
                subject_id=subject.id,
                division=subject.division,
                due_on=due.day if due else None,
                due_provisional=due.provisional if due else False,
                opened_at=moment,
                entered_at=moment,
                closed_at=moment if final else None,
            )
        )
    return matters
