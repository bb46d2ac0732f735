"""The minutes of a meeting, and photographs and scans that go with them."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.foundation.clock.api import now
from bangfu.foundation.documents.api import PaperKind, issue_paper, register_paper
from bangfu.foundation.files.api import Purpose, register_purpose, store
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.models import MeetingPaper
from bangfu.meetings.permissions import HOLD, READ
from bangfu.meetings.queries.details import minutes_data
from bangfu.meetings.queries.filters import SUBJECT, find_scoped_meeting
from bangfu.meetings.queries.results import MINUTES
from bangfu.meetings.services.holding import keep
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.documents.api import IssuedPaper

PAPERS: Final = ("signatures", "photo", "minutes")

PURPOSE: Final = Purpose(
    "meetings.paper", read=READ, write=HOLD, zh="会议照片和签名", en="Photographs and signatures"
)
register_purpose(PURPOSE)
register_paper(
    PaperKind(
        MINUTES,
        zh="民主评议会议记录",
        en="Minutes of the village meeting",
        template="meetings/papers/minutes.typ",
        read=READ,
        issue=HOLD,
    )
)


def issue_minutes(*, actor: Actor, meeting_id: UUID) -> IssuedPaper:
    """The minutes of a closed meeting as a paper; asked for twice, it is the same one.

    Raises:
        Http404: when the actor sees no such meeting.
        AccessRefused: without `meetings.hold` in the village.
        Refused: `meetings.not_closed`; what stands against setting the paper.
    """
    meeting = find_scoped_meeting(actor, meeting_id)
    actor.check(HOLD, meeting.division)
    if meeting.quorate is None:
        raise Refused(Problem("meetings.not_closed"))
    return issue_paper(
        actor=actor,
        kind=MINUTES,
        subject_type=SUBJECT,
        subject_id=meeting.pk,
        division=meeting.division,
        data=minutes_data(meeting),
        place=division_name(meeting.division),
        day=meeting.held_on,
    )


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
