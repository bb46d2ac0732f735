"""One meeting's page: who came, what is judged, what may be done now, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.ui.api import day_in_full, reader_language
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.permissions import READ
from bangfu.meetings.queries.details import get_meeting
from bangfu.meetings.queries.tallies import sum_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem
    from bangfu.meetings.queries.details import MeetingDetail
    from bangfu.meetings.queries.items import ItemView
    from bangfu.meetings.queries.tallies import TypedSum

PAPER_WORDS = {
    "signatures": gettext_lazy("签到表"),
    "photo": gettext_lazy("会议照片"),
    "minutes": gettext_lazy("签字的会议记录"),
}


@requires(READ)
@require_safe
def show_meeting(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """A meeting's page."""
    return meeting_page(request, meeting_id)


def meeting_page(
    request: ActingRequest,
    meeting_id: UUID,
    problems: Sequence[Problem] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page, with what was refused and all that was typed."""
    detail = get_meeting(request.actor, meeting_id)
    language = reader_language()
    context = {
        "detail": detail,
        "row": detail.row,
        "standing": detail.standing,
        "title": title_of(detail),
        "day": day_in_full(detail.row.held_on),
        "problems": problems,
        "typed": {"add": "", "note": "", **(typed or {})},
        "votes": [
            (each, _votes_typed(each.id, typed, each), _sum_shown(detail, each))
            for each in detail.items
        ],
        "roles": [(code, words.text(language)) for code, words in load_kinds().roles.items()],
        "papers": [(each, PAPER_WORDS[each.kind]) for each in detail.papers],
        "paper_kinds": list(PAPER_WORDS.items()),
        "close": next((each for each in detail.offers if each.move == "close"), None),
    }
    return render(request, "meetings/meeting.html", context, status=409 if problems else 200)


def _votes_typed(item_id: UUID, typed: Mapping[str, Any] | None, item: ItemView) -> dict[str, Any]:
    """The values of an item's fields: what was typed, otherwise what is written."""
    votes = item.votes
    written = {
        "for": votes.in_favour if votes else "",
        "against": votes.against if votes else "",
        "abstained": votes.abstained if votes else "",
        "remark": item.remark,
    }
    return {name: (typed or {}).get(f"{name}-{item_id}", value) for name, value in written.items()}


def _sum_shown(detail: MeetingDetail, item: ItemView) -> TypedSum | None:
    votes = item.votes
    if votes is None:
        return None
    numbers = (votes.in_favour, votes.against, votes.abstained)
    return sum_of(detail.standing, str(item.id), numbers)


def title_of(detail: MeetingDetail) -> str:
    """The answer of the page: what this meeting still needs, or what it decided."""
    row, standing = detail.row, detail.standing
    values = {
        "village": row.village,
        "kind": row.kind_label,
        "day": f"{row.held_on:%m-%d}",
        "items": row.items,
        "passed": row.passed,
        "missing": standing.missing,
        "left": row.items - row.voted,
    }
    if row.held:
        return _("%(village)s · %(kind)s：评议 %(items)s 件，通过 %(passed)s 件") % values
    if row.closed:
        return _("%(village)s · %(kind)s：%(day)s 的会议已取消") % values
    if row.days_ahead > 0:
        return _("%(village)s · %(kind)s：%(day)s 开，要议 %(items)s 件") % values
    return _needed(detail) % values


def _needed(detail: MeetingDetail) -> str:
    """What a meeting still needs on its day."""
    if detail.standing.missing:
        return _("%(village)s · %(kind)s：还差 %(missing)s 人才能表决")
    if not detail.row.items:
        return _("%(village)s · %(kind)s：人数够了，议程还是空的")
    if detail.row.items > detail.row.voted:
        return _("%(village)s · %(kind)s：还有 %(left)s 件没有表决")
    return _("%(village)s · %(kind)s：%(items)s 件都表决了，可以结束会议")
