"""Photographs, sheets of signatures and signed minutes of a meeting."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.foundation.clock.api import now
from bangfu.foundation.files.api import Purpose, register_purpose, store
from bangfu.meetings.models import MeetingPaper
from bangfu.meetings.permissions import HOLD, READ
from bangfu.meetings.queries.filters import find_scoped_meeting
from bangfu.meetings.services.holding import keep

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

PAPERS: Final = ("signatures", "photo", "minutes")

PURPOSE: Final = Purpose(
    "meetings.paper", read=READ, write=HOLD, zh="会议照片和签名", en="Photographs and signatures"
)
register_purpose(PURPOSE)


@transaction.atomic
def add_paper(
    *, actor: Actor, meeting_id: UUID, kind: str, name: str, stream: IO[bytes]
) -> MeetingPaper:
    """Keep a photograph or scan of a meeting, sealed; also after it was closed.

    Args:
        kind: one of `PAPERS`.

    Raises:
        Http404: when the actor sees no such meeting, or for another kind.
        AccessRefused: without `meetings.hold` in the village.
        Refused: when the file is too large.
    """
    if kind not in PAPERS:
        raise Http404
    meeting = find_scoped_meeting(actor, meeting_id)
    actor.check(HOLD, meeting.division)
    stored = store(
        actor=actor, name=name, stream=stream, purpose=PURPOSE.name, division=meeting.division
    )
    paper = MeetingPaper.objects.create(
        meeting=meeting, file=stored, kind=kind, added_at=now(), added_by=actor.name
    )
    keep(actor, "paper_added", meeting, 1)
    return paper
