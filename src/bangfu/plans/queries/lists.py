"""Lists of plans and of measures: pages, choices with their counts, export. Scoped and audited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Substr

from bangfu.foundation.access.api import record_households
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import FacetChoice, facet_choices, reader_language
from bangfu.kernel.division import Level
from bangfu.plans.models import Origin
from bangfu.plans.permissions import READ
from bangfu.plans.queries.catalogue import catalogue_on, risk_label
from bangfu.plans.queries.facts import scoped_measures
from bangfu.plans.queries.filters import (
    MEASURE_SORTS,
    NOT_BEGUN,
    OVERDUE,
    PLAN_SORTS,
    MeasureFilters,
    PlanFilters,
    late_measures,
    marked,
    order_of,
)
from bangfu.plans.queries.plans import MEASURE, PLAN, scoped_plans
from bangfu.plans.queries.rows import measure_rows, plan_rows
from bangfu.policy.api import active_pack
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import EXPORT, Page, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.models import Measure, Plan
    from bangfu.plans.queries.rows import MeasureRow, PlanRow

PAGE_SIZE: Final = 50
_TOWNSHIP: Final = int(Level.TOWNSHIP)


def with_people(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Measures with all that a line shows, in one query."""
    return measures.select_related("organisation", "responsible")


def with_risks(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Plans with all that a line shows."""
    return plans.prefetch_related("risks")


def _check_export(actor: Actor) -> None:
    actor.check_anywhere(EXPORT)


@transaction.atomic
def list_plans(
    actor: Actor,
    filters: PlanFilters | None = None,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[PlanRow]:
    """One page of the plans in the actor's scope; `sort` is a name of `PLAN_SORTS`."""
    wanted = filters or PlanFilters()
    found = scoped_plans(actor).filter(wanted.q())
    first = (max(page, 1) - 1) * size
    ordered = with_risks(found).order_by(*order_of(PLAN_SORTS, sort))
    rows = plan_rows(ordered[first : first + size])
    asked = {**wanted.as_document(), "sort": sort, "page": page}
    record_households(actor, "plan.listed", rows, asked, READ)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_plans(
    actor: Actor, filters: PlanFilters | None = None, *, sort: str = "due"
) -> list[PlanRow]:
    """Every plan of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    _check_export(actor)
    wanted = filters or PlanFilters()
    found = scoped_plans(actor).filter(actor.scope(EXPORT).q("division"), wanted.q())
    rows = plan_rows(with_risks(found).order_by(*order_of(PLAN_SORTS, sort)))
    asked = {**wanted.as_document(), "sort": sort, "export": True}
    record_households(actor, "plan.exported", rows, asked, READ)
    return rows


@transaction.atomic
def list_measures(
    actor: Actor,
    filters: MeasureFilters | None = None,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[MeasureRow]:
    """One page of the measures in the actor's scope; `sort` is a name of `MEASURE_SORTS`."""
    wanted = filters or MeasureFilters()
    found = scoped_measures(actor).filter(wanted.q())
    first = (max(page, 1) - 1) * size
    ordered = with_people(found).order_by(*order_of(MEASURE_SORTS, sort))
    rows = measure_rows(ordered[first : first + size])
    asked = {**wanted.as_document(), "sort": sort, "page": page}
    record_households(actor, "measure.listed", rows, asked, READ)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_measures(
    actor: Actor, filters: MeasureFilters | None = None, *, sort: str = "due"
) -> list[MeasureRow]:
    """Every measure of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    _check_export(actor)
    wanted = filters or MeasureFilters()
    found = scoped_measures(actor).filter(actor.scope(EXPORT).q("division"), wanted.q())
    rows = measure_rows(with_people(found).order_by(*order_of(MEASURE_SORTS, sort)))
    document = {**wanted.as_document(), "sort": sort, "export": True}
    record_households(actor, "measure.exported", rows, document, READ)
    return rows


_PLAN_COLUMNS: Final = {"states": "matter__state", "origins": "origin", "divisions": "place"}
_MEASURE_COLUMNS: Final = {
    "states": "matter__state",
    "families": "family",
    "risks": "risk",
    "divisions": "place",
}


def plan_facets(actor: Actor, filters: PlanFilters | None = None) -> dict[str, list[FacetChoice]]:
    """The choices of every filter, each counted under all the other filters; nobody is named."""
    wanted = filters or PlanFilters()
    found = {}
    for name, column in _PLAN_COLUMNS.items():
        rows = scoped_plans(actor).filter(wanted.without(name).q())
        found[name] = _choices(rows, PLAN, name, column, getattr(wanted, name))
    rest = scoped_plans(actor).filter(wanted.without("marks").q())
    counts = {mark: rest.filter(marked(mark)).count() for mark in (OVERDUE, NOT_BEGUN)}
    found["marks"] = [
        FacetChoice(mark, mark, count, mark in wanted.marks)
        for mark, count in counts.items()
        if count or mark in wanted.marks
    ]
    return found


def measure_facets(
    actor: Actor, filters: MeasureFilters | None = None
) -> dict[str, list[FacetChoice]]:
    """The same for measures."""
    wanted = filters or MeasureFilters()
    found = {}
    for name, column in _MEASURE_COLUMNS.items():
        rows = scoped_measures(actor).filter(wanted.without(name).q())
        found[name] = _choices(rows, MEASURE, name, column, getattr(wanted, name))
    late = scoped_measures(actor).filter(wanted.without("late").q(), late_measures()).count()
    chosen = OVERDUE in wanted.late
    found["late"] = [FacetChoice(OVERDUE, OVERDUE, late, chosen)] if late or chosen else []
    return found


def _choices(
    rows: QuerySet[Any], procedure: str, name: str, column: str, chosen: Sequence[str]
) -> list[FacetChoice]:
    placed = rows.annotate(place=Substr("division", 1, _TOWNSHIP)).order_by()
    counts = dict(placed.values_list(column).annotate(n=Count("pk")).order_by(column))
    labels = _labels(procedure, name, {*counts, *chosen})
    return facet_choices(counts, labels, chosen)


def _labels(procedure: str, name: str, values: Iterable[str]) -> dict[str, str]:
    language = reader_language()
    if name == "divisions":
        return {each.code: each.name for each in list_divisions(list(values))}
    if name == "origins":
        return {each.value: str(each.label) for each in Origin}
    if name == "families":
        return {each.code: each.text.of(language) for each in catalogue_on().choosable}
    if name == "risks":
        pack = active_pack(today())
        return {each: risk_label(pack, each, language) for each in catalogue_on().risks}
    states = load_procedure(procedure).states.values()
    return {each.name: each.label.text(language) for each in states}


def count_overdue(actor: Actor) -> int:
    """How many measures are past their due day where the actor reads; nobody is named."""
    return scoped_measures(actor).filter(late_measures()).count()
