"""Being there: signed in by the person, or told by a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.attendance.models import SignIn
from bangfu.attendance.permissions import MANAGE, SIGN
from bangfu.attendance.queries.duties import SUBJECT, own_duties, serving
from bangfu.attendance.queries.notes import NOTE_PLACE
from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now, today
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

LONGEST_NOTE: Final = 500


@transaction.atomic
def sign_in(*, actor: Actor, division: str, note: str = "") -> SignIn:
    """Sign in today in a village of one's duty; a second time only the note is written anew.

    Raises:
        AccessRefused: without `attendance.sign` in the village.
        Refused: `attendance.not_resident`, `attendance.note_too_long`.
    """
    actor.check(SIGN, division)
    if len(note) > LONGEST_NOTE:
        raise Refused(Problem("attendance.note_too_long", values={"most": str(LONGEST_NOTE)}))
    duty = next((each for each in own_duties(actor) if each.division == division), None)
    if duty is None:
        raise Refused(Problem("attendance.not_resident"))
    row, made = SignIn.objects.get_or_create(
        cadre_id=duty.cadre_id,
        division=division,
        day=today(),
        source=SignIn.SIGNED,
        defaults={"at": now(), "recorded_by": actor.name},
    )
    if note.strip():
        row.note_sealed = seal(*NOTE_PLACE, row.pk, note.strip())
        row.save(update_fields=["note_sealed"])
    if made or note.strip():
        _keep(actor, "signed_in", division, [duty.cadre_id])
    return row


@transaction.atomic
def record_presence(
    *,
    actor: Actor,
    division: str,
    day: date,
    cadre_ids: Collection[UUID] = (),
    person_ids: Collection[UUID] = (),
    source: str = SignIn.VISIT,
) -> int:
    """Tell that people were in a village on a day; told again, nothing changes.

    Only resident officials of the village are kept; of others nothing is written.

    Args:
        actor: needs `attendance.sign` or `attendance.manage` in the village.
        division: the village.
        day: today or before.
        cadre_ids, person_ids: who, as people of teams or as users.
        source: what tells it.

    Returns:
        How many people are newly known to have been there by this source.

    Raises:
        AccessRefused: without either right in the village.
        Refused: `attendance.day_to_come`.
    """
    if not actor.may(MANAGE, division) and not actor.may(SIGN, division):
        raise AccessRefused(SIGN, division)
    if day > today():
        raise Refused(Problem("attendance.day_to_come", values={"day": day.isoformat()}))
    wanted = serving(division, day, cadre_ids, person_ids)
    known = SignIn.objects.filter(
        cadre__in=wanted, division=division, day=day, source=source
    ).values_list("cadre_id", flat=True)
    new = sorted(wanted - set(known))
    moment = now()
    SignIn.objects.bulk_create(
        [
            SignIn(
                cadre_id=each, division=division, day=day, source=source, at=moment,
                recorded_by=actor.name,
            )
            for each in new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if new:
        _keep(actor, "presence_recorded", division, new)
    return len(new)


def _keep(actor: Actor, action: str, division: str, cadres: Iterable[UUID]) -> None:
    ids = list(cadres)
    record(
        actor=actor,
        action=f"attendance.{action}",
        kind="changed",
        subject_type=SUBJECT,
        subject_ids=ids,
        division=division,
        count=len(ids),
    )
