"""The desk: every feed with when it was last updated, and the lists that came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.exchange.imports import write_feed_template
from bangfu.exchange.permissions import MATCH, READ, SUBMIT
from bangfu.exchange.queries.desk import feed_statuses
from bangfu.exchange.queries.feeds import load_feeds
from bangfu.exchange.queries.lists import ListFilters, list_lists
from bangfu.exchange.queries.rows import count_waiting
from bangfu.exchange.web.tables import FEEDS, FRESHNESS, LISTS, feed_words, freshness
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook, workbook_answer
from bangfu.foundation.ui.api import Choice, present, read_state, reader_language
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.exchange.queries.desk import FeedStatus
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState

_EVERY: Final = 100_000


@dataclass(frozen=True, slots=True)
class Overdue:
    """A feed that is due, with the days since its last list."""

    name: str
    days: int


def tabs_for(actor: Actor) -> dict[str, Any]:
    """What stands above each page of the desk: where else to look, what may be done."""
    may_match = actor.holds(MATCH)
    return {
        "may_submit": actor.holds(SUBMIT),
        "may_match": may_match,
        "waiting": count_waiting(actor) if may_match else 0,
    }


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """Every feed: fresh, overdue or never received."""
    state = read_state(FEEDS, request.GET)
    every = feed_statuses(request.actor)
    rows = [row for row in every if _wanted(row, state)]
    choices = _choices(every)
    if state.export:
        return answer_workbook(
            request.actor, FEEDS, state, rows, title=_("部门名单"), choices=choices
        )
    view = present(
        FEEDS, state, rows, total=len(rows), key=lambda row: row.feed.name, choices=choices
    )
    overdue = [Overdue(feed_words(row.feed.name), row.age or 0) for row in every if row.overdue]
    context = {
        "table": view,
        "overdue": overdue,
        "received": sum(row.last is not None for row in every),
        "feeds": len(every),
        "export_allowed": True,
        **tabs_for(request.actor),
    }
    return render(request, "exchange/desk.html", context)


def _wanted(row: FeedStatus, state: ListState) -> bool:
    fresh, offices = state.chosen("fresh"), state.chosen("office")
    return (not fresh or freshness(row) in fresh) and (not offices or row.feed.office.zh in offices)


def _choices(rows: list[FeedStatus]) -> dict[str, list[Choice]]:
    language = reader_language()
    offices = {row.feed.office.zh: row.feed.office.of(language) for row in rows}
    return {
        "fresh": [
            Choice(code, words, sum(freshness(row) == code for row in rows))
            for code, words in FRESHNESS.items()
        ],
        "office": [
            Choice(code, words, sum(row.feed.office.zh == code for row in rows))
            for code, words in offices.items()
        ],
    }


@requires(READ)
@require_safe
def show_lists(request: ActingRequest) -> HttpResponse:
    """The lists that came in, the newest first."""
    state = read_state(LISTS, request.GET)
    filters = ListFilters(state.chosen("feed"), state.chosen("state"))
    choices = {"feed": [Choice(name, feed_words(name)) for name in load_feeds()]}
    size, number = (_EVERY, 1) if state.export else (state.page_size, state.page)
    page = list_lists(request.actor, filters, sort=state.sort, page=number, size=size)
    if state.export:
        return answer_workbook(
            request.actor, LISTS, state, page.rows, title=_("收到的名单"), choices=choices
        )
    view = present(
        LISTS, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
    )
    context = {"table": view, "export_allowed": True, **tabs_for(request.actor)}
    return render(request, "exchange/lists.html", context)


@requires(SUBMIT)
@require_safe
def download_template(request: ActingRequest, feed: str) -> HttpResponse:
    """The empty workbook of a list."""
    try:
        workbook = write_feed_template(feed, reader_language())
    except Refused:
        raise Http404 from None
    return workbook_answer(feed_words(feed), workbook)
