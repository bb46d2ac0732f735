"""What is done on a meeting's page; what is refused comes back with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.kernel.problems import Refused
from bangfu.meetings.permissions import HOLD
from bangfu.meetings.queries.tallies import tally_of
from bangfu.meetings.services.agenda import add_agenda, remove_agenda
from bangfu.meetings.services.closing import carry_out, close_meeting
from bangfu.meetings.services.papers import issue_minutes
from bangfu.meetings.services.planning import call_off
from bangfu.meetings.services.recording import record_attendance, record_votes
from bangfu.meetings.web.detail import meeting_page
from bangfu.meetings.web.reading import (
    ids_of,
    number_of,
    people_of,
    ticked_of,
    typed_votes,
    votes_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest

_FRAGMENTS: Final = {"attendance": "#present", "votes": "#items", "agenda": "#items"}
"""Where on the page each act stands."""


def _done(
    request: ActingRequest, meeting_id: UUID, act: Callable[[], object], words: str, place: str = ""
) -> HttpResponse:
    """Do something and go back to the page; what is refused is shown on it."""
    try:
        act()
    except AccessRefused:
        # No reason of the meeting's: answered, and kept in the audit, like every such attempt.
        raise
    except Refused as refused:
        return meeting_page(request, meeting_id, refused.problems, request.POST.dict())
    messages.success(request, words)
    answer = redirect("meetings:meeting", meeting_id)
    answer["Location"] += _FRAGMENTS.get(place, "")
    return answer


@requires(HOLD)
@require_POST
def add_items(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Put what was picked on the agenda."""
    picked = ids_of(request.POST.getlist("pick"))

    def act() -> object:
        return add_agenda(actor=request.actor, meeting_id=meeting_id, matter_ids=picked)

    return _done(request, meeting_id, act, _("已列进议程。"), "agenda")


@requires(HOLD)
@require_POST
def remove_item(request: ActingRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Take an item off the agenda."""

    def act() -> object:
        return remove_agenda(actor=request.actor, meeting_id=meeting_id, item_id=item_id)

    return _done(request, meeting_id, act, _("已从议程里拿掉，还可以再加。"), "agenda")


@requires(HOLD)
@require_POST
def write_attendance(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Write the list as it was ticked, with those added and without those taken off."""

    def act() -> object:
        return record_attendance(
            actor=request.actor,
            meeting_id=meeting_id,
            rows=people_of(request.POST),
            counted=number_of(request.POST.get("counted", "")),
            eligible=number_of(request.POST.get("eligible", "")),
        )

    return _done(request, meeting_id, act, _("到会情况已保存。"), "attendance")


@requires(HOLD)
@require_POST
def write_votes(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Write down the votes that were typed; an emptied item is taken back."""

    def act() -> object:
        given = votes_of(request.actor, meeting_id, request.POST)
        return record_votes(actor=request.actor, meeting_id=meeting_id, votes=given)

    return _done(request, meeting_id, act, _("票数已保存。"), "votes")


@requires(HOLD)
@require_POST
def tally(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """The sums of what is being typed; nothing is written."""
    shown = tally_of(
        request.actor,
        meeting_id,
        present=ticked_of(request.POST),
        counted=number_of(request.POST.get("counted", "")),
        votes=typed_votes(request.POST),
    )
    return render(request, "meetings/tally.html", {"tally": shown})


@requires(HOLD)
@require_POST
def close(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Close the meeting and issue its minutes."""
    seen = number_of(request.POST.get("seen", ""))

    def act() -> None:
        close_meeting(actor=request.actor, meeting_id=meeting_id, seen=seen)
        issue_minutes(actor=request.actor, meeting_id=meeting_id)

    return _done(request, meeting_id, act, _("会议已结束，会议记录可以打印。"))


@requires(HOLD)
@require_POST
def call_off_meeting(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Call the meeting off, with a reason."""
    note = request.POST.get("note", "").strip()

    def act() -> object:
        return call_off(actor=request.actor, meeting_id=meeting_id, note=note)

    return _done(request, meeting_id, act, _("会议已取消，议程里的件重新等评议。"))


@requires(HOLD)
@require_POST
def hand_on(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Let the results take effect where they belong; what could not be done is told."""
    try:
        found = carry_out(actor=request.actor, meeting_id=meeting_id)
    except AccessRefused:
        raise
    except Refused as refused:
        return meeting_page(request, meeting_id, refused.problems)
    left = [each for each in found if each.problems]
    if left:
        return meeting_page(
            request, meeting_id, [problem for each in left for problem in each.problems]
        )
    words = ngettext("%(n)s 件的结果已经转出。", "%(n)s 件的结果已经转出。", len(found))
    messages.success(request, words % {"n": len(found)})
    return redirect("meetings:meeting", meeting_id)
