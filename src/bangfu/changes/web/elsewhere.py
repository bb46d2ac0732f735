"""What other pages show of changes: the household page's blocks, the navigation's count, work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.urls import reverse
from django.utils.translation import gettext as _

from bangfu.changes.permissions import DECIDE, READ, REQUEST
from bangfu.changes.queries.lists import count_waiting, list_waiting, requests_of
from bangfu.foundation.ui.api import Work, WorkItem
from bangfu.foundation.ui.panels import Panel
from bangfu.registry.api import list_offspring, list_origins

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.changes.queries.rows import RequestRow
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household

_MOST: Final = 20


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """The household's changes and the way to ask for one; None for who may not see them."""
    actor = cast("ActingRequest", request).actor
    if not actor.may(READ, household.village_code):
        return None
    context = {
        "changes": requests_of(actor, household.pk),
        "household": household,
        "may_ask": household.active and actor.may(REQUEST, household.village_code),
    }
    return Panel("changes/household_changes.html", context, "side")


def relatives_panel(request: HttpRequest, household: Household) -> Panel | None:
    """Where the household came from, what came of it, and whether it has left the rolls."""
    actor = cast("ActingRequest", request).actor
    origins = list_origins(actor, household.pk)
    offspring = list_offspring(actor, household.pk)
    if not (origins or offspring or household.left_on):
        return None
    context = {"household": household, "origins": origins, "offspring": offspring}
    return Panel("changes/household_relatives.html", context, "top")


def waiting_count(request: HttpRequest) -> int | None:
    """How many requests wait for the reader's decision; None when there is nothing to tell."""
    actor = cast("ActingRequest", request).actor
    return count_waiting(actor) or None if actor.holds(DECIDE) else None


def change_work(request: HttpRequest) -> Work:
    """Requests to decide about, the most urgent first."""
    actor = cast("ActingRequest", request).actor
    if not actor.holds(DECIDE):
        return Work()
    rows, by_day = list_waiting(actor, size=_MOST)
    return Work(items=[_item(row) for row in rows], by_day=by_day, more_url=reverse("changes:desk"))


def _item(row: RequestRow) -> WorkItem:
    return WorkItem(
        kind=_("审核变更"),
        subject=_("%(name)s 户") % {"name": row.head_name},
        note=f"{row.township} {row.village}",
        task=row.what,
        why=_("%(who)s提出") % {"who": row.asked_by},
        url=reverse("changes:request", args=[row.id]),
        action=_("审核"),
        due=row.due_on,
        days_left=row.days_left,
    )
