"""The list of villages with their records: filtered, sorted, and as the sheet they come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.shortcuts import render
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.audit.api import record_counted
from bangfu.foundation.pages.api import filters_in_words, list_workbook, workbook_answer
from bangfu.foundation.ui.api import (
    Choice,
    Column,
    Filter,
    Table,
    present,
    read_state,
    reader_language,
)
from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.places.domain.catalogue import RECORD, load_catalogue
from bangfu.places.permissions import MANAGE, READ
from bangfu.places.queries.records import SORTS, list_records, order_of, years_of
from bangfu.registry.api import division_name, list_children, reach_of, shown
from bangfu.rules.layout import HUNDREDTHS, ItemType

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState, TableView
    from bangfu.places.models import VillageRecord
    from bangfu.rules.layout import Item

ALL: Final = "all"
_SHOWN: Final = frozenset(
    {"village_name", "record_year", "population_registered", "collective_income",
     "leading_industry", "day"}
)  # fmt: skip
_ITEMS: Final = {item.name: item for item in load_catalogue().records.items[RECORD]}
_SORTED: Final = {"village_name": "village", "record_year": "year"}


def _label(name: str) -> str:
    return _ITEMS[name].label(reader_language())


_head = lazy(_label, str)


def _value(item: Item) -> Callable[[VillageRecord], Any]:
    """The plain value: numbers and days as they are, everything else in words."""
    if item.name == "village_name":
        return lambda row: division_name(row.village_code)
    if item.type in (ItemType.COUNT, ItemType.DATE, *HUNDREDTHS):
        return lambda row: getattr(row, item.name)
    return lambda row: shown(item, getattr(row, item.name), reader_language()) or None


def _column(item: Item) -> Column[VillageRecord]:
    kinds: dict[ItemType, Any] = {
        ItemType.COUNT: "whole",
        ItemType.DATE: "day",
        **dict.fromkeys(HUNDREDTHS, "hundredths"),
    }
    year = item.name == "record_year"
    return Column(
        item.name,
        _head(item.name),
        _value(item),
        kind=kinds.get(item.type, "text"),
        template={"village_name": "places/cell_village.html"}.get(item.name, "")
        or ("places/cell_year.html" if year else ""),
        sortable=item.name in SORTS or item.name in _SORTED,
        chosen=item.name in _SHOWN,
        heading=item.name == "village_name",
    )


VILLAGES: Final[Table[VillageRecord]] = Table(
    name="villages",
    sort="village_name",
    columns=tuple(map(_column, _ITEMS.values())),
    filters=(
        Filter("division", gettext_lazy("在哪里"), single=True),
        Filter("year", gettext_lazy("年度"), single=True),
    ),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The place, and the year: None is each village's latest, `all` every year."""

    division: DivisionCode
    year: str


def _asked(state: ListState) -> _Asked:
    try:
        return _Asked(DivisionCode(state.one("division")), state.one("year"))
    except DivisionCodeInvalid:
        return _Asked(DivisionCode(""), state.one("year"))


@requires(READ)
@require_safe
@transaction.atomic
def list_page(request: ActingRequest) -> HttpResponse:
    """The villages of the reader's places; figures of places, so the audit holds no ids."""
    actor, state = request.actor, read_state(VILLAGES, request.GET)
    asked = _asked(state)
    year = int(asked.year) if asked.year.isascii() and asked.year.isdigit() else None
    found = list_records(actor, asked.division, year, every=asked.year == ALL)
    rows = found.order_by(*order_of(_sort(state)))
    filters = {"year": asked.year, "export": state.export}
    record_counted(actor, "village", filters, asked.division or reach_of(actor, READ))
    if state.export:
        return _workbook(actor, state, list(rows))
    page = list(rows[state.offset : state.offset + state.limit])
    total = found.count()
    context = {
        "table": _view(actor, state, page, total),
        "total": total,
        "place": division_name(asked.division or reach_of(actor, READ)),
        "may_manage": actor.holds(MANAGE),
        "export_allowed": True,
    }
    return render(request, "places/villages.html", context)


def _sort(state: ListState) -> str:
    sign = "-" if state.descending else ""
    return sign + _SORTED.get(state.sort_column, state.sort_column)


def _view(actor: Actor, state: ListState, rows: list[VillageRecord], total: int) -> TableView:
    own = _asked(state).division or reach_of(actor, READ)
    places = [(own, division_name(own)), *((x.code, x.name) for x in list_children(own))]
    years = [Choice(str(each), str(each)) for each in years_of(actor)]
    choices = {
        "division": [Choice(code, name) for code, name in places if code],
        "year": [*years, Choice(ALL, gettext_lazy("各年度"))],
    }
    return present(VILLAGES, state, rows, total=total, key=lambda row: row.id, choices=choices)


def _workbook(actor: Actor, state: ListState, rows: list[VillageRecord]) -> HttpResponse:
    """Every item, under the headers of the sheet: it can be corrected and imported again."""
    words = filters_in_words(_view(actor, state, [], len(rows)))
    whole = replace(state, columns=tuple(_ITEMS))
    title = load_catalogue().records.sheets[RECORD]["zh" if reader_language() == "zh" else "en"]
    workbook = list_workbook(actor, VILLAGES, whole, rows, title=title, filters=words)
    return workbook_answer(title, workbook)
