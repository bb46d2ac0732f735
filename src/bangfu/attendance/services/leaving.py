"""Asking for leave, and what is decided about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.attendance.models import Leave
from bangfu.attendance.permissions import SIGN
from bangfu.attendance.queries.duties import SUBJECT, own_duties
from bangfu.attendance.queries.leaves import (
    PROCEDURE,
    SEALED,
    find_scoped_leave,
    guard_facts,
    overlapping,
)
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import Subject, load_procedure, lock_matters, make_move, open_matter

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

LONGEST_WORDS: Final = 200
LONGEST_DAYS: Final = 366
REPORT_BACK: Final = "report_back"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for: days, both ends away, and why; `kind` is a code of the table."""

    division: str
    first_day: date
    last_day: date
    kind: str
    words: str


@transaction.atomic
def ask_leave(*, actor: Actor, asked: Asked) -> Leave:
    """Ask for leave from one's own duty; somebody else decides.

    Raises:
        AccessRefused: without `attendance.sign` in the village.
        Refused: `attendance.not_resident`, `attendance.words_missing`,
            `attendance.leave_backwards`, `attendance.leave_past`, `attendance.leave_overlaps`,
            `attendance.kind_unknown`.
    """
    actor.check(SIGN, asked.division)
    _check(asked)
    duty = next((each for each in own_duties(actor) if each.division == asked.division), None)
    if duty is None:
        raise Refused(Problem("attendance.not_resident"))
    if overlapping(duty.pk, asked.first_day, asked.last_day):
        raise Refused(Problem("attendance.leave_overlaps"))
    row_id = new_id()
    matter = open_matter(
        actor=actor, procedure=PROCEDURE, subject=Subject(asked.division, SUBJECT, duty.cadre_id)
    )
    words = json.dumps({"kind": asked.kind, "words": asked.words.strip()}, ensure_ascii=False)
    return Leave.objects.create(
        id=row_id,
        matter=matter,
        duty=duty,
        division=asked.division,
        first_day=asked.first_day,
        last_day=asked.last_day,
        sealed=seal(*SEALED, row_id, words),
        asked_at=now(),
        asked_by_id=actor.person_id,
    )


def _check(asked: Asked) -> None:
    if not 0 < len(asked.words.strip()) <= LONGEST_WORDS:
        raise Refused(Problem("attendance.words_missing", values={"most": str(LONGEST_WORDS)}))
    days = (asked.last_day - asked.first_day).days
    if not 0 <= days < LONGEST_DAYS:
        raise Refused(Problem("attendance.leave_backwards"))
    if asked.first_day < today():
        values = {"day": asked.first_day.isoformat()}
        raise Refused(Problem("attendance.leave_past", values=values))
    if load_procedure(PROCEDURE).choice("kind", asked.kind) is None:
        raise Refused(Problem("attendance.kind_unknown", values={"kind": asked.kind}))


@transaction.atomic
def move_leave(
    *, actor: Actor, leave_id: UUID, move: str, note: str = "", seen: int | None = None
) -> Leave:
    """Make one move of the procedure; who reports back earlier was away until yesterday.

    Raises:
        Http404: no such leave, or none the actor may see.
        AccessRefused: when the actor may not make the move there.
        Refused: with the procedure's reasons.
    """
    lock_matters([find_scoped_leave(actor, leave_id).matter_id])
    leave = find_scoped_leave(actor, leave_id)
    leave.matter = make_move(
        actor=actor,
        matter_id=leave.matter_id,
        move=move,
        facts=guard_facts(actor, leave),
        note=note,
        seen=seen,
    )
    if move == REPORT_BACK and leave.last_day > today():
        leave.last_day = max(today(), leave.first_day)
        leave.save(update_fields=["last_day"])
    return leave
