"""What other pages show of meetings: the village's block, the navigation's count, work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import Work, WorkItem
from bangfu.foundation.ui.panels import Panel
from bangfu.meetings.permissions import HOLD, READ
from bangfu.meetings.queries.filters import MeetingFilters
from bangfu.meetings.queries.lists import list_meetings
from bangfu.meetings.queries.waiting import waiting_villages
from bangfu.procedures.api import working_calendar

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.meetings.queries.waiting import WaitingVillage

_SHOWN: Final = 5


def village_panel(request: HttpRequest, village: Any) -> Panel | None:
    """The village's latest meetings and what waits for one; None for who may not see them."""
    actor = cast("ActingRequest", request).actor
    code = str(getattr(village, "code", village))
    if not actor.may(READ, code):
        return None
    page = list_meetings(actor, MeetingFilters(divisions=(code,)), size=_SHOWN)
    here = [each for each in waiting_villages(actor) if each.division == code]
    context = {
        "code": code,
        "rows": page.rows,
        "waiting": sum(each.count for each in here),
        "may_hold": actor.may(HOLD, code),
    }
    return Panel("meetings/village_meetings.html", context, "side")


def meeting_work(request: HttpRequest) -> Work:
    """Villages in which something waits to be judged, those due first."""
    actor = cast("ActingRequest", request).actor
    if not actor.holds(HOLD):
        return Work()
    waiting = waiting_villages(actor)
    items = [_item(each) for each in waiting]
    by_day: dict[Any, int] = {}
    for each in items:
        by_day[each.due] = by_day.get(each.due, 0) + 1
    return Work(items=items, by_day=by_day, more_url=reverse("meetings:desk"))


def _item(village: WaitingVillage) -> WorkItem:
    calendar = working_calendar(today())
    left = None if village.due is None else calendar.between(today(), village.due)
    task, url, action = _next_step(village)
    return WorkItem(
        kind=_("民主评议"),
        subject=village.name,
        note=ngettext("%(n)s 件等评议", "%(n)s 件等评议", village.count) % {"n": village.count},
        task=task,
        why=_("村民代表会议表决，结果转公示"),
        url=url,
        action=action,
        due=village.due,
        days_left=left,
    )


def _next_step(village: WaitingVillage) -> tuple[str, str, str]:
    """What is to be done next, where, and the word on the button."""
    if village.decided:
        task = _("%(n)s 件已有结果，转到下一步") % {"n": village.decided}
        return task, reverse("meetings:meeting", args=[village.decided_at]), _("转出")
    if village.meeting_id is not None and village.held_on is not None:
        task = _("%(day)s 开会，还有 %(n)s 件没有列入") if village.unplanned else _("%(day)s 开会")
        values = {"day": f"{village.held_on:%m-%d}", "n": village.unplanned}
        return task % values, reverse("meetings:meeting", args=[village.meeting_id]), _("开会")
    url = f"{reverse('meetings:plan')}?village={village.division}"
    return _("通知开会，%(n)s 件等评议") % {"n": village.count}, url, _("通知")
