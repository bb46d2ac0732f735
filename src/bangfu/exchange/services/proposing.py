"""What a list asks the register to change: it proposes, a person decides.

A mapping file may say that whoever is on its list left their household, and why (a reported
death). Each such report becomes a request for a change, once however often it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bangfu.changes.api import propose_change
from bangfu.exchange.models import Report
from bangfu.exchange.services.standing import feed_of
from bangfu.kernel.problems import Refused
from bangfu.registry.api import Leave

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.foundation.access.api import Actor

_SOURCE = "department"


def propose_leaving(
    *, actor: Actor, list_id: UUID | None = None, report_id: UUID | None = None
) -> int:
    """Ask for the changes that reports of a list, or one report, propose; answer how many.

    Who has left the household already is left alone. A request that cannot be made leaves the
    others standing; the report is on the household's page in any case.
    """
    found = Report.objects.filter(
        undone_at__isnull=True,
        list__withdrawn_at__isnull=True,
        member__active=True,
        household__active=True,
    ).select_related("list", "member", "household")
    wanted = found.filter(list=list_id) if list_id else found.filter(id__in=[report_id])
    feeds: dict[UUID, Feed] = {}
    asked = 0
    for each in wanted:
        feed = feeds.setdefault(each.list_id, feed_of(each.list))
        if feed.proposes and each.member is not None:
            asked += _ask(actor, feed, each)
    return asked


def _ask(actor: Actor, feed: Feed, each: Report) -> bool:
    if each.member is None:
        return False
    values = {"feed": feed.label.zh, "office": each.list.organisation, "day": each.day.isoformat()}
    change = Leave(each.household.household_number, each.member.person_number, feed.proposes)
    try:
        propose_change(
            actor=actor,
            change=change,
            day=each.day,
            note=_("%(office)s“%(feed)s”名单报告，%(day)s。") % values,
            source=_SOURCE,
        )
    except Refused:
        return False
    return True
