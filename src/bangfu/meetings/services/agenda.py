"""What a meeting is to judge: put on the agenda, taken off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.http import Http404

from bangfu.foundation.clock.api import new_id
from bangfu.kernel.clock import civil_day
from bangfu.kernel.problems import Problem, Refused
from bangfu.meetings.models import AgendaItem
from bangfu.meetings.queries.items import packed_item
from bangfu.meetings.queries.sources import list_candidates
from bangfu.meetings.services.holding import hold_meeting, keep
from bangfu.meetings.services.planning import check_day
from bangfu.procedures.api import lock_matters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.meetings.models import Meeting
    from bangfu.meetings.queries.sources import AgendaCandidate


@transaction.atomic
def add_agenda(*, actor: Actor, meeting_id: UUID, matter_ids: Sequence[UUID]) -> list[AgendaItem]:
    """Put matters on the agenda; one that stands on it already stays where it is.

    Args:
        actor: needs `meetings.hold` in the village.
        meeting_id: a meeting that is not over.
        matter_ids: what registered sources offer in the village.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting`; `meetings.not_waiting` for what no
            source offers; `meetings.on_agenda_elsewhere`; `meetings.before_matter`.
    """
    wanted = list(dict.fromkeys(matter_ids))
    meeting = hold_meeting(actor, meeting_id, wanted)
    standing = set(meeting.items.values_list("matter_id", flat=True))
    new = [each for each in wanted if each not in standing]
    offered = {each.matter_id: each for each in list_candidates(actor, meeting.division)}
    if any(each not in offered for each in new):
        raise Refused(Problem("meetings.not_waiting"))
    _check_elsewhere(meeting, new, offered)
    matters = lock_matters(new)
    for each in matters.values():
        check_day(meeting, civil_day(each.opened_at))
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    items = [
        _item(meeting, offered[matter_id], position)
        for position, matter_id in enumerate(new, start=last + 1)
    ]
    AgendaItem.objects.bulk_create(items)
    keep(actor, "agenda_added", meeting, len(items))
    return items


def _item(meeting: Meeting, offered: AgendaCandidate, position: int) -> AgendaItem:
    item = AgendaItem(id=new_id(), meeting=meeting, matter_id=offered.matter_id, position=position)
    words = {"title": offered.title, "words": offered.words, "url": offered.url, "remark": ""}
    item.sealed = packed_item(item.pk, words)
    return item


def _check_elsewhere(
    meeting: Meeting, wanted: Sequence[UUID], offered: Mapping[UUID, AgendaCandidate]
) -> None:
    """Refuse a matter that another open meeting is to judge."""
    rows = AgendaItem.objects.filter(matter__in=wanted, meeting__matter__closed_at=None)
    other = rows.exclude(meeting=meeting).select_related("meeting").first()
    if other is not None:
        day = other.meeting.held_on.isoformat()
        values = {"title": offered[other.matter_id].title, "day": day}
        raise Refused(Problem("meetings.on_agenda_elsewhere", values=values))


@transaction.atomic
def remove_agenda(*, actor: Actor, meeting_id: UUID, item_id: UUID) -> None:
    """Take an item off the agenda, with what was voted on it.

    Raises:
        Http404, AccessRefused, Refused: see `hold_meeting`; 404 also for an item of another one.
    """
    meeting = hold_meeting(actor, meeting_id)
    gone, _kinds = meeting.items.filter(pk=item_id).delete()
    if not gone:
        raise Http404
    keep(actor, "agenda_removed", meeting, gone)
