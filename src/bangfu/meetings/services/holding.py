"""One meeting at a time: seen, held for the transaction, and still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.audit.api import record
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.filters import SUBJECT, find_scoped_meeting
from bangfu.procedures.api import lock_matters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.models import Meeting


def hold_meeting(actor: Actor, meeting_id: UUID, matters: Iterable[UUID] = ()) -> Meeting:
    """A meeting that may still be written to, held with `matters` until the transaction ends.

    Raises:
        Http404: when the actor sees no such meeting.
        AccessRefused: when they may not hold meetings there.
        Refused: `meetings.over` when it is closed or called off.
    """
    lock_matters([find_scoped_meeting(actor, meeting_id).matter_id, *matters])
    meeting = find_scoped_meeting(actor, meeting_id)
    actor.check(HOLD, meeting.division)
    if meeting.matter.closed_at is not None:
        raise Refused(Problem("meetings.over", values={"day": meeting.held_on.isoformat()}))
    return meeting


def keep(actor: Actor, action: str, meeting: Meeting, count: int) -> None:
    """The audit's row of a change of a meeting."""
    record(
        actor=actor,
        action=f"meeting.{action}",
        kind="changed",
        subject_type=SUBJECT,
        subject_ids=(meeting.pk,),
        division=meeting.division,
        count=count,
    )
