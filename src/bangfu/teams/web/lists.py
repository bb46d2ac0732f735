"""The lists: duties, villages without, pairings, households without, people, organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import filters_in_words, list_workbook, workbook_answer
from bangfu.foundation.ui.api import Choice, TableView, present, read_state
from bangfu.registry.api import Page
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries import duties, organisations, pairings, people
from bangfu.teams.queries.pages import bounds, check_export, reach_of
from bangfu.teams.web import tables
from bangfu.teams.web.places import day_choices, day_in, place_choices, place_in, whose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState, Table

Row = TypeVar("Row")


def _state_of(state: ListState) -> str:
    """The state a list is narrowed to: the present unless asked otherwise."""
    asked = state.one("state") or "current"
    return "" if asked == "all" else asked


def _view(
    request: ActingRequest,
    table: Table[Row],
    state: ListState,
    page: Page[Row],
    choices: dict[str, list[Choice]] | None = None,
) -> TableView:
    places = place_choices(request.actor, place_in(state.one("division")))
    given = {"division": places, **(choices or {})}
    return present(table, state, page.rows, total=page.total, key=str, choices=given)


def _answer(
    request: ActingRequest, template: str, view: TableView, here: str, **more: Any
) -> HttpResponse:
    asked = place_in(view.state.one("division"))
    context = {
        "table": view,
        "here": here,
        "place": whose(request.actor, asked),
        "narrowed": bool(view.chips),
        "may_manage": request.actor.holds(MANAGE),
        "export_allowed": request.actor.holds(MANAGE),
        **more,
    }
    return render(request, template, context)


def _workbook(
    actor: Actor,
    table: Table[Row],
    state: ListState,
    rows: Sequence[Row],
    view: TableView,
    title: str,
) -> HttpResponse:
    words = filters_in_words(view)
    return workbook_answer(
        title, list_workbook(actor, table, state, rows, title=title, filters=words)
    )


def _cut(rows: Sequence[Row], state: ListState) -> Page[Row]:
    """One page of rows that are all there."""
    return Page(
        list(rows[bounds(state.page, state.page_size)]), state.page, state.page_size, len(rows)
    )


def _named(pairs: Sequence[tuple[str, Any]]) -> list[Choice]:
    return [Choice(code, words) for code, words in pairs]


def _listed(
    request: ActingRequest,
    table: Table[Row],
    state: ListState,
    choices: dict[str, list[Choice]],
    ways: tuple[Callable[[], Page[Row]], Callable[[], Sequence[Row]]],
    title: str,
) -> TableView | HttpResponse:
    """One page as a view, or everything as a workbook when the address asks for it."""
    page, everything = ways
    if not state.export:
        return _view(request, table, state, page(), choices)
    rows = everything()
    empty: Page[Row] = Page([], 1, 1, len(rows))
    view = _view(request, table, state, empty, choices)
    return _workbook(request.actor, table, state, rows, view, title)


@requires(READ)
@require_safe
def list_duties(request: ActingRequest) -> HttpResponse:
    """Who serves where."""
    actor, state = request.actor, read_state(tables.DUTIES, request.GET)
    filters = duties.DutyFilters(
        roles=state.chosen("role"),
        division=place_in(state.one("division")),
        state=_state_of(state),
        on=day_in(state.one("on")),
        words=state.words,
    )
    choices = {
        "state": _named(tables.DUTY_STATES),
        "role": tables.code_choices("duty_role"),
        "on": day_choices(state),
    }
    ways = (
        lambda: duties.list_duties(
            actor, filters, sort=state.sort, page=state.page, size=state.page_size
        ),
        lambda: duties.export_duties(actor, filters, sort=state.sort),
    )
    found = _listed(request, tables.DUTIES, state, choices, ways, _("任职"))
    if not isinstance(found, TableView):
        return found
    gaps = [
        (tables.label("duty_role", role),
         duties.count_gaps(actor, role, filters.division, filters.on))
        for role in duties.expected_roles()
    ]  # fmt: skip
    left = duties.count_duties(
        actor, duties.DutyFilters(division=filters.division, state="left_open", on=filters.on)
    )
    return _answer(
        request, "teams/duties.html", found, "duties", day=filters.day,
        is_today=filters.day == today(),
        gaps=[(role, number) for role, number in gaps if number], left=left,
        left_url=state.with_filter("state", ["left_open"]).address(),
    )  # fmt: skip


@requires(READ)
@require_safe
def list_gaps(request: ActingRequest) -> HttpResponse:
    """Villages with households in which nobody holds a role that should be held."""
    actor, state = request.actor, read_state(tables.GAPS, request.GET)
    rows = duties.list_gaps(actor, duties.GapFilters(place_in(state.one("division"))))
    if state.export:
        check_export(actor, place_in(state.one("division")))
    found = _listed(
        request, tables.GAPS, state, {}, (lambda: _cut(rows, state), lambda: rows), _("缺口")
    )
    if not isinstance(found, TableView):
        return found
    return _answer(request, "teams/gaps.html", found, "gaps", villages=len(rows))


@requires(READ)
@require_safe
def list_pairings(request: ActingRequest) -> HttpResponse:
    """Who helps whom."""
    actor, state = request.actor, read_state(tables.PAIRINGS, request.GET)
    filters = pairings.PairingFilters(
        division=place_in(state.one("division")),
        state=_state_of(state),
        main={"yes": True, "no": False}.get(state.one("main")),
        on=day_in(state.one("on")),
        words=state.words,
    )
    choices = {
        "state": _named(tables.PAIRING_STATES),
        "main": [Choice("yes", _("主要")), Choice("no", _("协助"))],
        "on": day_choices(state),
    }
    ways = (
        lambda: pairings.list_pairings(
            actor, filters, sort=state.sort, page=state.page, size=state.page_size
        ),
        lambda: pairings.export_pairings(actor, filters, sort=state.sort),
    )
    found = _listed(request, tables.PAIRINGS, state, choices, ways, _("结对帮扶"))
    if not isinstance(found, TableView):
        return found
    unhelped = pairings.count_unhelped(actor, filters.division, filters.on)
    return _answer(
        request, "teams/pairings.html", found, "pairings", unhelped=unhelped, day=filters.day,
        is_today=filters.day == today(),
    )  # fmt: skip


@requires(READ)
@require_safe
def list_unhelped(request: ActingRequest) -> HttpResponse:
    """Households that should have a helper and have none."""
    actor, state = request.actor, read_state(tables.UNHELPED, request.GET)
    division = place_in(state.one("division"))
    ways = (
        lambda: pairings.list_unhelped(
            actor, division, sort=state.sort, page=state.page, size=state.page_size
        ),
        lambda: pairings.export_unhelped(actor, division, sort=state.sort),
    )
    found = _listed(request, tables.UNHELPED, state, {}, ways, _("没有帮扶责任人的户"))
    if not isinstance(found, TableView):
        return found
    return _answer(request, "teams/unhelped.html", found, "unhelped")


@requires(READ)
@require_safe
def list_people(request: ActingRequest) -> HttpResponse:
    """Everybody who serves or helps, with how many households each helps."""
    actor, state = request.actor, read_state(tables.PEOPLE, request.GET)
    division = place_in(state.one("division"))
    limit = people.household_limit(division or reach_of(actor, READ))
    over = limit if state.one("over") == "over" else None
    filters = people.PeopleFilters(division, over, state.words)
    choices = {"over": [Choice("over", _("超过上限"))] if limit is not None else []}
    ways = (
        lambda: people.list_people(
            actor, filters, sort=state.sort, page=state.page, size=state.page_size
        ),
        lambda: people.export_people(actor, filters, sort=state.sort),
    )
    found = _listed(request, tables.PEOPLE, state, choices, ways, _("人员"))
    if not isinstance(found, TableView):
        return found
    busy = None
    if limit is not None:
        busy = people.count_people(actor, people.PeopleFilters(division, limit))
    return _answer(
        request, "teams/people.html", found, "people", limit=limit, busy=busy,
        over_url=state.with_filter("over", ["over"]).address(),
    )  # fmt: skip


@requires(READ)
@require_safe
def list_organisations(request: ActingRequest) -> HttpResponse:
    """The organisations of the reader's places."""
    actor, state = request.actor, read_state(tables.ORGANISATIONS, request.GET)
    filters = organisations.OrganisationFilters(
        division=place_in(state.one("division")),
        kinds=state.chosen("kind"),
        on=None if state.one("state") == "all" else today(),
        words=state.words,
    )
    choices = {
        "kind": tables.code_choices("organisation_type"),
        "state": _named(tables.ORGANISATION_STATES),
    }
    ways = (
        lambda: organisations.list_organisations(
            actor, filters, sort=state.sort, page=state.page, size=state.page_size
        ),
        lambda: organisations.export_organisations(actor, filters, sort=state.sort),
    )
    if state.export:
        check_export(actor, filters.division)
    found = _listed(request, tables.ORGANISATIONS, state, choices, ways, _("单位"))
    if not isinstance(found, TableView):
        return found
    return _answer(request, "teams/organisations.html", found, "organisations")
