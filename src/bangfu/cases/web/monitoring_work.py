"""What other pages show of monitoring: work without a due day, the story, the way to figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bangfu.cases.permissions import CHECK, REVIEW
from bangfu.cases.queries.monitoring_timeline import timeline_of
from bangfu.cases.queries.monitoring_work import Waiting, list_ceased, list_long_standing
from bangfu.cases.queries.quality_lists import count_doubts
from bangfu.foundation.ui.api import Work, WorkItem
from bangfu.foundation.ui.panels import Panel
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.registry.api import Household

MOST: Final = 10


def monitoring_work(request: HttpRequest) -> Work:
    """Households that ceased, special reviews that are due, and doubtful data."""
    actor = cast("ActingRequest", request).actor
    items = [*_reviews(actor), *_doubts(actor)]
    return Work(items=items, by_day={None: len(items)} if items else {})


def _reviews(actor: Actor) -> Sequence[WorkItem]:
    if not actor.holds(REVIEW):
        return []
    try:
        with transaction.atomic():
            ceased = list_ceased(actor, MOST)
            long_standing = list_long_standing(actor, MOST)
    except Refused:
        # No policy is in force yet: nobody is monitored, and the home page stays usable.
        return []
    return [*map(_ceased, ceased), *map(_long_standing, long_standing)]


def _ceased(waiting: Waiting) -> WorkItem:
    return WorkItem(
        kind=_("自然减少"),
        subject=_("%(name)s 户") % {"name": waiting.case.household.head_name},
        note=waiting.place,
        task=_("登记库里已经销户，请核实以后办自然减少"),
        why=waiting.case.number,
        url=reverse("case:case", args=[waiting.case.pk]),
        action=_("办理"),
    )


def _long_standing(waiting: Waiting) -> WorkItem:
    months = ngettext("监测满 %(n)d 个月", "监测满 %(n)d 个月", waiting.months)
    return WorkItem(
        kind=_("专项复核"),
        subject=_("%(name)s 户") % {"name": waiting.case.household.head_name},
        note=waiting.place,
        task=_("长期没有消除，复核帮扶是否对路"),
        why=months % {"n": waiting.months},
        url=reverse("case:case", args=[waiting.case.pk]),
        action=_("复核"),
    )


def _doubts(actor: Actor) -> Sequence[WorkItem]:
    if not actor.holds(CHECK):
        return []
    doubts, homes = count_doubts(actor)
    if not doubts:
        return []
    return [
        WorkItem(
            kind=_("疑点数据"),
            subject=ngettext("%(n)d 条疑点", "%(n)d 条疑点", doubts) % {"n": doubts},
            note=ngettext("涉及 %(n)d 户", "涉及 %(n)d 户", homes) % {"n": homes},
            task=_("核实后更正登记或补办手续"),
            why=_("每天检查一次，更正以后自动销号"),
            url=reverse("case:quality"),
            action=_("核实"),
        )
    ]


def timeline_panel(request: HttpRequest, household: Household) -> Panel:
    """The household's story across the phases of the policy."""
    actor = cast("ActingRequest", request).actor
    return Panel("cases/household_timeline.html", {"bands": timeline_of(actor, household)})


def overview_panel(request: HttpRequest, subject: object) -> Panel:
    """The way from the overview to doubtful data and to durations."""
    actor = cast("ActingRequest", request).actor
    doubts, homes = count_doubts(actor)
    return Panel("cases/quality_links.html", {"doubts": doubts, "homes": homes})
