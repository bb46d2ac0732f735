"""Who came last time: the list that the next meeting begins with."""

from __future__ import annotations

from bangfu.meetings.models import Meeting


def last_meeting(division: str, kind: str) -> Meeting | None:
    """The latest closed meeting of a kind in a village; names nobody, for services."""
    closed = Meeting.objects.filter(division=division, kind=kind, quorate__isnull=False)
    return closed.order_by("-held_on", "-matter__closed_at").first()
