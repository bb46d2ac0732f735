"""Calling somebody back from a village."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.attendance.models import Recall
from bangfu.attendance.permissions import MANAGE
from bangfu.attendance.queries.duties import find_duty
from bangfu.attendance.queries.recalls import SEALED
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.jobs.api import announce
from bangfu.foundation.secrets.api import seal
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.teams.api import end_duty

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

REASON: Final = "recalled"
WITHIN: Final = "recall_replace_days"
LONGEST_WORDS: Final = 200


@transaction.atomic
def recall_official(*, actor: Actor, duty_id: UUID, day: date, words: str) -> Recall:
    """End a resident duty from a day on because the person is called back; somebody is to follow.

    Raises:
        Http404: when the actor sees no such duty.
        AccessRefused: without `attendance.manage` and `teams.manage` in the village.
        Refused: `attendance.words_missing`, `attendance.day_to_come`; as for ending a duty.
    """
    duty = find_duty(actor, duty_id)
    actor.check(MANAGE, duty.division)
    if not 0 < len(words.strip()) <= LONGEST_WORDS:
        raise Refused(Problem("attendance.words_missing", values={"most": str(LONGEST_WORDS)}))
    if day > today():
        raise Refused(Problem("attendance.day_to_come", values={"day": day.isoformat()}))
    end_duty(actor=actor, duty_id=duty_id, day=day, reason=REASON)
    within = active_pack(day).parameters_on(day, duty.division).get(WITHIN)
    row_id = new_id()
    recall = Recall.objects.create(
        id=row_id,
        duty=duty,
        division=duty.division,
        role=duty.role,
        day=day,
        replace_by=None if within is None else day + timedelta(days=within),
        sealed=seal(*SEALED, row_id, words.strip()),
        recorded_at=now(),
        recorded_by=actor.name,
    )
    announce("attendance.official_recalled", {"duty": str(duty.pk), "division": duty.division})
    return recall
