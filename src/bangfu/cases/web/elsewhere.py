"""What other pages show of clues: the home page's work, the household page's block."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Protocol, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from bangfu.cases.permissions import READ, RECORD
from bangfu.cases.queries.filters import ClueFilters
from bangfu.cases.queries.lists import clues_of, count_due, count_open, list_clues
from bangfu.cases.queries.work import my_work
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import Work, WorkItem
from bangfu.foundation.ui.panels import Panel

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.cases.queries.lists import DueCounts
    from bangfu.cases.queries.rows import ClueRow
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household


class Place(Protocol):
    """What a village's page hands over."""

    @property
    def code(self) -> str:
        """The village's code."""


_IN_VILLAGE: Final = 8
"""Clues shown on a village's page; the desk has the rest."""


def clue_work(request: HttpRequest) -> Work:
    """Clues to check and to assign, the most urgent first."""
    actor = cast("ActingRequest", request).actor
    if not actor.holds(READ):
        return Work()
    found = my_work(actor)
    return Work(
        items=[_item(row) for group in found.groups for row in group.rows],
        by_day=_by_day(found.counts),
        waiting=found.waiting,
        more_url=reverse("cases:clues"),
    )


def _by_day(counts: DueCounts) -> dict[date | None, int]:
    """The counts by day. What is overdue stands on the day before, what is later on no near one."""
    day = today()
    found: dict[date | None, int] = {
        day - timedelta(days=1): counts.overdue,
        day: counts.today,
        **dict(counts.days),
        date.max: counts.later,
        None: counts.none,
    }
    return {each: number for each, number in found.items() if number}


def _item(row: ClueRow) -> WorkItem:
    kind, action = _acts(row)
    places = dict.fromkeys((row.township, row.village, row.group))
    return WorkItem(
        kind=kind,
        subject=_("%(name)s 户") % {"name": row.head_name}
        if row.household_id
        else _("还没有对上农户"),
        note=" ".join(each for each in places if each),
        task=row.title,
        why=row.sentence,
        url=reverse("cases:clue", args=[row.id]),
        action=action,
        due=row.due_on,
        days_left=row.days_left,
    )


def _acts(row: ClueRow) -> tuple[str, str]:
    """What is to be done with a clue: the work's name, and the button's word."""
    if row.state == "assigned":
        return _("核实线索"), _("核实")
    if row.household_id is None:
        return _("对上农户"), _("对农户")
    return _("分派线索"), _("分派")


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """The household's clues; None for who may not see clues there."""
    actor = cast("ActingRequest", request).actor
    if not actor.may(READ, household.village_code):
        return None
    context = {
        "clues": clues_of(actor, household.pk),
        "household": household,
        "may_record": actor.may(RECORD, household.village_code),
    }
    return Panel("cases/household_clues.html", context, "side")


def village_panel(request: HttpRequest, village: Place) -> Panel | None:
    """The village's open clues, the most urgent first; None for who may not see clues there."""
    actor = cast("ActingRequest", request).actor
    code = str(village.code)
    if not actor.may(READ, code):
        return None
    filters = ClueFilters(divisions=(code,), open=True)
    due, clues = count_due(actor, filters), list_clues(actor, filters, size=_IN_VILLAGE).rows
    return Panel("cases/village_clues.html", {"village": code, "due": due, "clues": clues})


def open_clues_count(request: HttpRequest) -> int:
    """How many clues wait, for the navigation."""
    return count_open(cast("ActingRequest", request).actor)
