"""What other pages show of attendance: the village's block, work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from bangfu.attendance.domain.months import month_of
from bangfu.attendance.permissions import MANAGE, READ, SIGN
from bangfu.attendance.queries.duties import own_duties
from bangfu.attendance.queries.leaves import list_undecided, own_leaves
from bangfu.attendance.queries.lists import MonthFilters, here_on, list_months
from bangfu.attendance.queries.recalls import list_open_recalls
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import Work, WorkItem
from bangfu.foundation.ui.panels import Panel
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from bangfu.attendance.queries.leaves import LeaveRow
    from bangfu.attendance.queries.recalls import OpenRecall
    from bangfu.foundation.access.api import ActingRequest, Actor

_SHOWN: Final = 20


def village_panel(request: HttpRequest, village: Any) -> Panel | None:
    """The village's resident officials and their month; None for who may not see them."""
    actor = cast("ActingRequest", request).actor
    code = str(getattr(village, "code", village))
    if not actor.may(READ, code):
        return None
    page = list_months(actor, month_of(today()), MonthFilters(divisions=(code,)), size=_SHOWN)
    return Panel("attendance/village_attendance.html", {"code": code, "rows": page.rows}, "side")


def attendance_work(request: HttpRequest) -> Work:
    """To sign in, to report back, leaves to decide about, places to fill after a recall."""
    actor = cast("ActingRequest", request).actor
    items: list[WorkItem] = []
    if actor.holds(SIGN):
        items += _own_work(actor)
    if actor.holds(MANAGE):
        items += [_leave_item(each) for each in list_undecided(actor)]
        items += [_recall_item(each) for each in list_open_recalls(actor)]
    by_day: dict[Any, int] = {}
    for each in items:
        by_day[each.due] = by_day.get(each.due, 0) + 1
    return Work(items=items, by_day=by_day, more_url=reverse("attendance:desk"))


def _own_work(actor: Actor) -> Iterator[WorkItem]:
    duties = own_duties(actor)
    here = here_on(duties, today())
    leaves = own_leaves(actor) if duties else []
    granted = [each for each in leaves if each.state == "granted"]
    away = {each.division for each in granted if each.first_day <= today() <= each.last_day}
    for duty in duties:
        if duty.pk not in here and duty.division not in away:
            name = division_name(duty.division)
            yield WorkItem(
                kind=_("驻村签到"), subject=name, note="", task=_("今天还没有签到"),
                why=_("到村签到，当月天数自动累计"), url=reverse("attendance:own"),
                action=_("签到"),
            )  # fmt: skip
    for leave in granted:
        if leave.last_day < today():
            yield WorkItem(
                kind=_("销假"), subject=leave.village, note="",
                task=_("请假到 %(day)s，还没有销假") % {"day": f"{leave.last_day:%m-%d}"},
                why=leave.kind_label, url=reverse("attendance:leave", args=[leave.id]),
                action=_("销假"),
            )  # fmt: skip


def _leave_item(row: LeaveRow) -> WorkItem:
    values = {"first": f"{row.first_day:%m-%d}", "last": f"{row.last_day:%m-%d}", "n": row.days}
    return WorkItem(
        kind=_("批准请假"),
        subject=row.name,
        note=f"{row.township} {row.village}",
        task=_("%(first)s 至 %(last)s，%(n)s 天") % values,
        why=row.kind_label,
        url=reverse("attendance:leave", args=[row.id]),
        action=_("办理"),
        due=row.due_on,
        days_left=row.days_left,
    )


def _recall_item(each: OpenRecall) -> WorkItem:
    return WorkItem(
        kind=_("补派"),
        subject=each.village,
        note=each.role_label,
        task=_("%(day)s 召回，还没有补派") % {"day": f"{each.day:%m-%d}"},
        why=each.role_label,
        url=f"{reverse('teams:duty_new')}?division={each.division}",
        action=_("补派"),
        due=each.replace_by,
        days_left=each.days_left,
    )
