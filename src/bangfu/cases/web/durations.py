"""How long cases take: charts, tables and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bangfu.cases.domain.durations import draw
from bangfu.cases.permissions import EXPORT, READ
from bangfu.cases.queries.durations import (
    PERIODS,
    DurationFilters,
    measure_durations,
    place_choices,
)
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, read_state
from bangfu.kernel.division import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from bangfu.cases.domain.durations import Measured
    from bangfu.cases.queries.durations import Durations
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState

SIZES: Final = (("chart-wide", 880), ("chart-narrow", 320))
"""The class of a drawing and its width: one for desks, one for phones."""


@dataclass(frozen=True, slots=True)
class DurationRow:
    """One line of the workbook."""

    group: str
    label: str
    what: str
    limit: int | None
    measured: Measured


TIMES: Final[Table[DurationRow]] = Table(
    name="durations",
    sort="group",
    columns=(
        Column("group", _("分组"), lambda row: row.group, heading=True),
        Column("label", _("名称"), lambda row: row.label),
        Column("what", _("时长"), lambda row: row.what),
        Column("number", _("件数"), lambda row: row.measured.number or None, kind="whole"),
        Column("median", _("一半的案件不超过（工作日）"), lambda row: row.measured.median,
               kind="whole"),
        Column("slow", _("九成的案件不超过（工作日）"), lambda row: row.measured.slow,
               kind="whole"),
        Column("limit", _("规定（工作日）"), lambda row: row.limit, kind="whole"),
    ),
    filters=(
        Filter("period", _("办结时间"), single=True),
        Filter("place", _("镇村"), single=True),
        Filter("risk", _("风险"), single=True),
    ),
)  # fmt: skip


def _filters_of(state: ListState, places: list[tuple[str, str]]) -> DurationFilters:
    """What the address asks for; a place outside the reader's scope narrows nothing."""
    place = state.one("place")
    known = any(place.startswith(code) for code, _name in places) or not places
    period = state.one("period")
    return DurationFilters(
        division=place if place.isdigit() and known and len(place) in set(Level) else "",
        risk=state.one("risk"),
        period=period if period in PERIODS else "year",
    )


def _anywhere(actor: Actor) -> str:
    """A place where the actor may export; the whole nation when there is none."""
    return next(iter(actor.scope(EXPORT).divisions), "")


def _period_words() -> dict[str, str]:
    return {"half": _now("近半年"), "year": _now("近一年"), "all": _now("全部")}


@requires(READ)
@require_safe
def show_durations(request: ActingRequest) -> HttpResponse:
    """How long steps and whole cases take, or the same as a workbook."""
    state = read_state(TIMES, request.GET)
    filters = _filters_of(state, place_choices(request.actor))
    found = measure_durations(request.actor, filters)
    choices = {
        "period": [Choice(code, words) for code, words in _period_words().items()],
        "place": [Choice(each.code, each.label) for each in found.places],
        "risk": [Choice(each.code, each.label) for each in found.risks],
    }
    if state.export:
        request.actor.check(EXPORT, filters.division or _anywhere(request.actor))
        rows = list(_rows(found))
        return answer_workbook(
            request.actor, TIMES, state, rows, title=_now("办理时长"), choices=choices
        )
    context = {
        "found": found,
        "filters": filters,
        "periods": [
            (words, state.with_filter("period", (code,)).address(), code == filters.period)
            for code, words in _period_words().items()
        ],
        "places": [
            (each, state.with_filter("place", (each.code,)).address()) for each in found.places
        ],
        "risks": [
            (each, state.with_filter("risk", (each.code,)).address()) for each in found.risks
        ],
        "clear_url": state.address(filters={}),
        "narrowed": bool(filters.division or filters.risk),
        "export_url": state.address(export=True),
        "kinds": _charts(found),
        "export_allowed": request.actor.holds(EXPORT),
    }
    return render(request, "cases/durations.html", context)


def _charts(found: Durations) -> list[dict[str, object]]:
    """For each kind its steps, and the drawing of those that may be told in two sizes."""
    made: list[dict[str, object]] = []
    for kind in dict.fromkeys(each.kind for each in found.steps):
        steps = [each for each in found.steps if each.kind == kind]
        told = [
            (each.label, each.measured.median, each.measured.slow or 0, each.limit)
            for each in steps
            if each.measured.median is not None
        ]
        drawings = [(name, draw(told, width)) for name, width in SIZES] if told else []
        made.append(
            {"kind": kind, "label": steps[0].kind_label, "steps": steps, "drawings": drawings}
        )
    return made


def _rows(found: Durations) -> Iterator[DurationRow]:
    for step in found.steps:
        yield DurationRow(_now("步骤"), step.label, step.kind_label, step.limit, step.measured)
    yield DurationRow(_now("全部"), "", _now("立案到认定"), None, found.recognition)
    yield DurationRow(_now("全部"), "", _now("认定到消除"), None, found.elimination)
    for name, groups in ((_now("镇村"), found.places), (_now("风险"), found.risks)):
        for group in groups:
            yield DurationRow(name, group.label, _now("立案到认定"), None, group.recognition)
            yield DurationRow(name, group.label, _now("认定到消除"), None, group.elimination)
