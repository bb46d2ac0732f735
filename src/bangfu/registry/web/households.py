"""The list of households: filtered, sorted, with chosen columns, and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import filters_in_words, list_workbook, workbook_answer
from bangfu.foundation.ui.api import Choice, Found, Hit, link_to, present, read_state
from bangfu.kernel.division import NATION, DivisionCode, DivisionCodeInvalid
from bangfu.registry.permissions import EXPORT, READ
from bangfu.registry.queries.divisions import division_name
from bangfu.registry.queries.households import (
    HouseholdFilters,
    actor_sees,
    export_households,
    list_households,
    reach_of,
    search_households,
)
from bangfu.registry.queries.subjects import count_places, sum_households
from bangfu.registry.web.households_table import (
    FLAG_VALUES,
    TABLE,
    choices,
    hit_words,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState, TableView
    from bangfu.registry.models import Household

_MOST_FOUND: Final = 20


def place_in(text: str) -> DivisionCode:
    """The division of a filter; a text that is no code stands for everywhere."""
    try:
        return DivisionCode(text)
    except DivisionCodeInvalid:
        return NATION


def filters_of(state: ListState) -> HouseholdFilters:
    """What the address narrows the list to."""
    return HouseholdFilters(
        division=place_in(state.one("division")),
        household_type=state.one("household_type"),
        monitoring_category=state.one("monitoring_category"),
        housing_grade=state.one("housing_grade"),
        relocated=FLAG_VALUES.get(state.one("relocated")),
        safety_net_household=FLAG_VALUES.get(state.one("safety_net_household")),
        water_safe=FLAG_VALUES.get(state.one("water_safe")),
        words=state.words,
    )


def _places(actor: Actor, asked: DivisionCode) -> list[Choice]:
    """The division asked for, and those right below it or below all that the reader reaches."""
    below = count_places(actor, asked or reach_of(actor))
    own = [Choice(asked, division_name(asked))] if asked else []
    return [*own, *(Choice(each.code, each.name, each.households) for each in below)]


def _whose(actor: Actor, asked: DivisionCode) -> str:
    """The place the list is of: the one asked for, the reader's own, or all of theirs."""
    own = actor.scope(READ).divisions
    if asked and actor_sees(actor, asked):
        return division_name(asked)
    return division_name(own[0]) if len(own) == 1 else _("您的辖区")


@requires(READ)
@require_safe
def list_page(request: ActingRequest) -> HttpResponse:
    """Households in the reader's places."""
    actor, state = request.actor, read_state(TABLE, request.GET)
    filters = filters_of(state)
    if state.export:
        return _workbook(actor, state, filters)
    page = list_households(actor, filters, sort=state.sort, page=state.page, size=state.page_size)
    totals = sum_households(actor, filters)
    table = _view(actor, state, page.rows, page.total)
    context = {
        "table": table,
        "totals": totals,
        "place": _whose(actor, place_in(filters.division)),
        "narrowed": [chip for chip in table.chips if chip.filter != TABLE.filters[0].label],
        "export_allowed": actor.holds(EXPORT),
        "tree_url": link_to("division", ""),
    }
    return render(request, "registry/households.html", context)


def _view(actor: Actor, state: ListState, rows: list[Household], total: int) -> TableView:
    asked = place_in(state.one("division"))
    given = {**choices(), "division": _places(actor, asked)}
    return present(TABLE, state, rows, total=total, key=lambda row: row.id, choices=given)


def _workbook(actor: Actor, state: ListState, filters: HouseholdFilters) -> HttpResponse:
    """Every row of the list; the right to export is checked and the ids kept by the query."""
    rows = export_households(actor, filters, sort=state.sort)
    words = filters_in_words(_view(actor, state, [], len(rows)))
    title = pgettext("多个", "农户")
    workbook = list_workbook(actor, TABLE, state, rows, title=title, filters=words)
    return workbook_answer(title, workbook)


def find_households(request: HttpRequest, words: str) -> Found:
    """What the search of the frame finds here."""
    actor = cast("ActingRequest", request).actor
    rows = search_households(actor, words, limit=_MOST_FOUND)
    hits = [
        Hit(
            _("%(name)s 户") % {"name": row.head_name},
            hit_words(row),
            reverse("registry:household", args=[row.id]),
        )
        for row in rows
    ]
    full = len(rows) == _MOST_FOUND
    more = f"{reverse('registry:households')}?{urlencode({'q': words})}" if full else ""
    return Found(hits, len(rows), more)
