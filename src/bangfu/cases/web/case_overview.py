"""The overview: open cases by step and age, by township, and what was told to a higher tier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bangfu.cases.domain.ages import AgeBand
from bangfu.cases.permissions import READ
from bangfu.cases.queries.case_overview import get_overview, told_cases
from bangfu.foundation.access.api import requires
from bangfu.foundation.ui.panels import panels_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from bangfu.cases.queries.case_overview import KindTable, PlaceLine, StepLine
    from bangfu.foundation.access.api import ActingRequest

AGE_NAMES: Final = {
    AgeBand.WEEK: _("7 天内"),
    AgeBand.FORTNIGHT: _("8–15 天"),
    AgeBand.MONTH: _("16–30 天"),
    AgeBand.HALF_YEAR: _("半年内"),
    AgeBand.YEAR: _("一年内"),
    AgeBand.TWO_YEARS: _("两年内"),
    AgeBand.LONGER: _("两年以上"),
}
MOST_TOLD: Final = 20
"""Escalations shown, the longest overdue first; the numbers of the table count them all."""
_STRONG: Final = ((3, 2), (10, 1))
"""From a third of the greatest number a cell is strong, from a tenth it is plain."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of cases with the list of them and how strong its tint is."""

    n: int
    url: str
    tint: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table."""

    label: str
    cells: list[Cell]
    total: int
    url: str
    overdue: int
    late_url: str
    sum: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A township with the lists behind its numbers."""

    name: str
    total: int
    url: str
    overdue: int
    late_url: str


def desk_address(**filters: str) -> str:
    """The desk narrowed to what a number counts: open cases only, as the overview does."""
    return reverse("case:desk") + "?" + urlencode(filters)


@requires(READ)
@require_safe
def show_overview(request: ActingRequest) -> HttpResponse:
    """The overview of the reader's places."""
    overview = get_overview(request.actor)
    panels = panels_for("case.overview", request, request.actor)
    context = {
        "overview": overview,
        "bands": [{"name": each.value, "label": AGE_NAMES[each]} for each in AgeBand],
        "kinds": [
            {"kind": each.kind, "label": each.label, "total": each.total, "lines": _lines(each)}
            for each in overview.kinds
        ],
        "places": [_place(each) for each in overview.places],
        "widest": max((each.total for each in overview.places), default=1),
        "told": told_cases(request.actor, MOST_TOLD),
        "main_panels": panels,
    }
    return render(request, "cases/case_overview.html", context)


def _lines(table: KindTable) -> list[Line]:
    most = max(n for step in table.steps for _band, n in step.ages)
    return [_line(step, most) for step in table.steps] + list(_sum(table))


def _line(step: StepLine, most: int) -> Line:
    here = {"kind": step.kind, "step": step.state}
    return Line(
        label=step.label,
        cells=[Cell(n, desk_address(**here, age=band), _tint(n, most)) for band, n in step.ages],
        total=step.total,
        url=desk_address(**here),
        overdue=step.overdue,
        late_url=desk_address(**here, due="overdue"),
    )


def _sum(table: KindTable) -> Iterator[Line]:
    yield Line(
        label=_now("合计"),
        cells=[Cell(n, desk_address(kind=table.kind, age=band), "") for band, n in table.ages],
        total=table.total,
        url=desk_address(kind=table.kind),
        overdue=table.overdue,
        late_url=desk_address(kind=table.kind, due="overdue"),
        sum=True,
    )


def _tint(number: int, most: int) -> str:
    if not number:
        return ""
    return next((f"h{strength + 1}" for part, strength in _STRONG if number * part >= most), "h1")


def _place(place: PlaceLine) -> Place:
    return Place(
        name=place.name,
        total=place.total,
        url=desk_address(place=place.code),
        overdue=place.overdue,
        late_url=desk_address(place=place.code, due="overdue"),
    )
