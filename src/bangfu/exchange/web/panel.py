"""What the household's page shows of departments' lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bangfu.exchange.permissions import READ
from bangfu.exchange.queries.feeds import trigger_label
from bangfu.exchange.queries.reports import list_reports
from bangfu.exchange.queries.rows import count_waiting
from bangfu.exchange.web.tables import feed_words
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.panels import Panel
from bangfu.registry.api import code_label

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """What offices reported of the household; None for who may not see it there."""
    actor = cast("ActingRequest", request).actor
    if not actor.may(READ, household.village_code):
        return None
    language = reader_language()
    reports = [
        {
            "report": each,
            "trigger": trigger_label(each.trigger, language),
            "feed": feed_words(each.feed),
            "product": code_label("product", each.product, language) if each.product else "",
        }
        for each in list_reports(actor, household)
    ]
    return Panel("exchange/household_reports.html", {"reports": reports})


def waiting_count(request: HttpRequest) -> int | None:
    """How many rows wait, for the navigation; None when none does."""
    return count_waiting(cast("ActingRequest", request).actor) or None
