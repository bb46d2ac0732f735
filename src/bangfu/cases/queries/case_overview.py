"""A place at a glance: its open cases by step and age, by township, and what is overdue."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Substr

from bangfu.cases.domain.ages import AgeBand, band_of, opened_within
from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.models import Case
from bangfu.cases.permissions import READ
from bangfu.cases.queries.case_rows import case_rows, joined_cases
from bangfu.foundation.access.api import record_households
from bangfu.foundation.audit.api import record_counted
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.clock import CHINA
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import (
    list_escalations,
    load_procedure,
    tiers_text,
)
from bangfu.registry.api import list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.foundation.access.api import Actor
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a procedure: how many open cases stand there, by age, and how many overdue."""

    kind: str
    state: str
    label: str
    ages: tuple[tuple[str, int], ...]
    total: int
    overdue: int


@dataclass(frozen=True, slots=True)
class KindTable:
    """The steps of one kind of case, with the sums below."""

    kind: str
    label: str
    steps: tuple[StepLine, ...]
    ages: tuple[tuple[str, int], ...]
    total: int
    overdue: int


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A township with its open cases: all, by kind, overdue."""

    code: str
    name: str
    total: int
    kinds: tuple[tuple[str, int], ...]
    overdue: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a supervisor sees first."""

    total: int
    overdue: int
    oldest_days: int
    kinds: tuple[KindTable, ...]
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class ToldCase:
    """An overdue case that a higher tier was told of; the longest overdue stand first."""

    row: CaseRow
    due_on: date
    told_on: date
    tier: str


@transaction.atomic
def told_cases(actor: Actor, most: int) -> list[ToldCase]:
    """The overdue cases that were told to a higher tier and are still where they were.

    One audit row names the households shown.
    """
    kinds = [each.value for each in CaseKind]
    told = list(list_escalations(actor).filter(procedure__in=kinds)[:most])
    found = joined_cases(Case.objects.filter(actor.scope(READ).q("division")))
    rows = {
        row.matter_id: row
        for row in case_rows(found.filter(matter__in=[t.matter_id for t in told]))
    }
    record_households(actor, "case.escalations_listed", list(rows.values()), {}, READ)
    return [
        ToldCase(
            rows[each.matter_id],
            each.due_on,
            each.told_at.astimezone(CHINA).date(),
            tiers_text([Level(each.tier)]),
        )
        for each in told
        if each.matter_id in rows
    ]


def age_condition(bands: Iterable[AgeBand], field: str = "opened_on") -> Q:
    """Cases of one of the bands, by the day of their opening."""
    found = Q(pk__in=())
    for band in bands:
        days = opened_within(band, today())
        wanted = Q(**{f"{field}__lte": days.last})
        found |= wanted if days.first is None else wanted & Q(**{f"{field}__gte": days.first})
    return found


def get_overview(actor: Actor) -> Overview:
    """The open cases where the actor may read them, in three statements whatever their number.

    Nobody is named: the audit keeps one row of a count.
    """
    found = Case.objects.filter(actor.scope(READ).q("division"), open=True)
    late = Count("pk", filter=Q(matter__due_on__lt=today()))
    steps = list(_counted(found, late, "kind", "matter__state", "opened_on"))
    places = list(_counted(found.annotate(place=_township()), late, "place", "kind"))
    record_counted(actor, "case", {"by": "step"}, actor.scope(READ).common)
    oldest = min((opened for (_kind, _state, opened), _n, _late in steps), default=None)
    return Overview(
        total=sum(n for _key, n, _late in steps),
        overdue=sum(number for _key, _n, number in steps),
        oldest_days=(today() - oldest).days + 1 if oldest else 0,
        kinds=tuple(_kind_tables(steps, reader_language())),
        places=tuple(_place_lines(places)),
    )


def _township() -> Substr:
    return Substr("division", 1, int(Level.TOWNSHIP))


def _counted(
    found: QuerySet[Case], late: Count, *by: str
) -> Iterable[tuple[tuple[Any, ...], int, int]]:
    rows = found.values_list(*by).annotate(n=Count("pk"), late=late).order_by()
    return ((row[:-2], row[-2], row[-1]) for row in rows)


def _kind_tables(
    rows: Sequence[tuple[tuple[Any, ...], int, int]], language: Language
) -> Iterable[KindTable]:
    for kind in CaseKind:
        mine = [(state, opened, n, late) for (one, state, opened), n, late in rows if one == kind]
        if mine:
            yield _kind_table(kind, mine, language)


def _kind_table(kind: CaseKind, rows: list[tuple[Any, ...]], language: Language) -> KindTable:
    ages: dict[str, Counter[str]] = defaultdict(Counter)
    overdue: Counter[str] = Counter()
    for state, opened, number, late in rows:
        ages[state][band_of(opened, today()).value] += number
        overdue[state] += late
    label, names = _words(kind, ages, language)
    steps = tuple(
        StepLine(kind.value, state, name, _banded(ages[state]), ages[state].total(), overdue[state])
        for state, name in names.items()
        if state in ages
    )
    whole: Counter[str] = Counter()
    for each in ages.values():
        whole.update(each)
    return KindTable(kind.value, label, steps, _banded(whole), whole.total(), overdue.total())


def _banded(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((band.value, counts[band.value]) for band in AgeBand)


def _words(kind: CaseKind, states: Iterable[str], language: Language) -> tuple[str, dict[str, str]]:
    """The kind's name and its steps in the table's order; steps of older tables come last."""
    try:
        table = load_procedure(kind.value)
    except Refused:
        # No table of this kind is in force: older cases still run under theirs.
        return kind.value, {state: state for state in states}
    names = {state.name: state.label.text(language) for state in table.states.values()}
    return table.label.text(language), names | {
        state: state for state in states if state not in names
    }


def _place_lines(rows: Sequence[tuple[tuple[Any, ...], int, int]]) -> Iterable[PlaceLine]:
    by_place: dict[str, Counter[str]] = defaultdict(Counter)
    overdue: Counter[str] = Counter()
    for (place, kind), number, late in rows:
        by_place[place][kind] += number
        overdue[place] += late
    names = {each.code: each.name for each in list_divisions(set(by_place), today())}
    lines = (
        PlaceLine(
            code,
            names.get(code, code),
            counts.total(),
            tuple((kind.value, counts[kind.value]) for kind in CaseKind),
            overdue[code],
        )
        for code, counts in by_place.items()
    )
    return sorted(lines, key=lambda each: (-each.overdue, -each.total, each.code))
