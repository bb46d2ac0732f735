"""Rows that wait for a person: the desk, one row with a search for its household, the decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bangfu.exchange.models import RowOutcome, Settled
from bangfu.exchange.permissions import MATCH
from bangfu.exchange.queries.feeds import trigger_label
from bangfu.exchange.queries.rows import (
    RowFilters,
    count_facets,
    count_waiting,
    get_row,
    list_waiting,
)
from bangfu.exchange.services.matching import match_row, settle_row, undo_row
from bangfu.exchange.web.desk import tabs_for
from bangfu.exchange.web.pages import line_words
from bangfu.exchange.web.tables import WAITING, choices_of, feed_words
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.pages.api import (
    answer_workbook,
    tell_problems,
)
from bangfu.foundation.ui.api import present, read_state, reader_language
from bangfu.kernel.problems import Refused
from bangfu.registry.api import division_name, list_members, search_households

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from bangfu.exchange.queries.rows import ShownRow
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState
    from bangfu.registry.api import Household, Member

_EVERY: Final = 100_000
_LONGEST: Final = 64
_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that was searched for, with its members to choose from."""

    household: Household
    place: str
    members: list[Member]


def _filters(state: ListState) -> RowFilters:
    outcomes = tuple(each for each in state.chosen("state") if each in RowOutcome.values)
    return RowFilters(
        outcomes=outcomes,
        feeds=state.chosen("feed"),
        doubts=state.chosen("doubt"),
        decisions=state.chosen("decision"),
    )


@requires(MATCH)
@require_safe
def show_waiting(request: ActingRequest) -> HttpResponse:
    """The rows that wait, and those that somebody decided about."""
    actor = request.actor
    state = read_state(WAITING, request.GET)
    size, number = (_EVERY, 1) if state.export else (state.page_size, state.page)
    page = list_waiting(actor, _filters(state), sort=state.sort, page=number, size=size)
    choices = choices_of(count_facets(actor))
    if state.export:
        return answer_workbook(actor, WAITING, state, page.rows, title=_("待匹配"), choices=choices)
    view = present(
        WAITING, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
    )
    context = {
        "table": view,
        "open": count_waiting(actor),
        "export_allowed": True,
        **tabs_for(actor),
    }
    return render(request, "exchange/waiting.html", context)


@requires(MATCH)
@require_safe
def show_row(request: ActingRequest, row_id: UUID) -> HttpResponse:
    """One row, with a search for the household it means."""
    row = get_row(request.actor, row_id)
    asked = request.GET.get("q", "").strip()[:_LONGEST]
    context = {
        "row": row,
        "words": line_words(row),
        "feed": feed_words(row.list.feed),
        "trigger": trigger_label(row.list.trigger, reader_language()),
        "place": division_name(row.list.division),
        "waits": row.outcome == RowOutcome.UNMATCHED,
        "decisions": [(each.value, each.label) for each in Settled],
        "asked": asked or (row.name if "q" not in request.GET else ""),
        "candidates": _candidates(request.actor, row, asked),
        "searched": bool(asked),
    }
    return render(request, "exchange/row.html", context)


def _candidates(actor: Actor, row: ShownRow, asked: str) -> list[Candidate]:
    if not asked or row.outcome != RowOutcome.UNMATCHED:
        return []
    found = search_households(actor, asked, limit=_MOST)
    return [
        Candidate(each, division_name(each.village_code), list_members(actor, each))
        for each in found
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _done(
    request: ActingRequest, row_id: UUID, act: Callable[[], object], words: str
) -> HttpResponse:
    """Do it and say so, or say why not, on the row's page."""
    try:
        act()
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
    else:
        messages.success(request, words)
    return redirect("exchange:row", row_id)


@requires(MATCH)
@require_POST
def match(request: ActingRequest, row_id: UUID) -> HttpResponse:
    """Say whom the row means."""
    get_row(request.actor, row_id)
    household_id = _uuid(request.POST.get("household", ""))
    if household_id is None:
        messages.error(request, _("没有选农户，什么也没有改。"))
        return redirect("exchange:row", row_id)
    member_id = _uuid(request.POST.get("member", ""))
    return _done(
        request,
        row_id,
        lambda: match_row(
            actor=request.actor, row_id=row_id, household_id=household_id, member_id=member_id
        ),
        _("已匹配，部门推送的事项记到这一户。"),
    )


@requires(MATCH)
@require_POST
def settle(request: ActingRequest, row_id: UUID) -> HttpResponse:
    """Say why the row means no household here."""
    get_row(request.actor, row_id)
    decision = request.POST.get("decision", "")
    return _done(
        request,
        row_id,
        lambda: settle_row(actor=request.actor, row_id=row_id, decision=decision),
        _("已记下，不再等匹配。"),
    )


@requires(MATCH)
@require_POST
def undo(request: ActingRequest, row_id: UUID) -> HttpResponse:
    """Take back what was decided about the row."""
    get_row(request.actor, row_id)
    return _done(
        request,
        row_id,
        lambda: undo_row(actor=request.actor, row_id=row_id),
        _("已撤销，这一行又等匹配。"),
    )
