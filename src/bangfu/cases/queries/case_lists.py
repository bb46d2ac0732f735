"""Lists of cases: pages, choices with their counts, due days, export. Scoped and audited.

The choices of a list come from one grouped statement over the small dimensions (kind, step,
township, due group) and two for handlers and risks, however many cases there are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Case as Switch
from django.db.models import CharField, Count, Value, When
from django.db.models.functions import Substr

from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.models import Case
from bangfu.cases.permissions import EXPORT, READ
from bangfu.cases.queries.case_filters import (
    MINE,
    NOBODY,
    CaseFilters,
    case_condition,
    case_due,
    case_order,
    turns_of,
)
from bangfu.cases.queries.case_rows import case_rows, joined_cases
from bangfu.cases.queries.filters import current_horizon
from bangfu.foundation.access.api import record_households
from bangfu.foundation.audit.api import hidden_text
from bangfu.kernel.division import Level
from bangfu.registry.api import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from bangfu.cases.domain.dues import Horizon
    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.foundation.access.api import Actor

PAGE_SIZE: Final = 50


def readable_cases(actor: Actor, capability: str = READ) -> QuerySet[Case]:
    """Every case where the actor holds a capability; not audited, nothing joined."""
    return Case.objects.filter(actor.scope(capability).q("division"))


@transaction.atomic
def list_cases(
    actor: Actor,
    filters: CaseFilters,
    *,
    total: int,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[CaseRow]:
    """One page of the cases in the actor's scope.

    Args:
        actor: who looks.
        filters: what the list is narrowed to.
        total: how many the filters leave, as `case_counts` counted them.
        sort: a name of `SORTS`, with `-` before it for the other way round.
        page: which page, from 1.
        size: cases a page.
    """
    found = readable_cases(actor).filter(case_condition(actor, filters, current_horizon()))
    first = (max(page, 1) - 1) * size
    # The ids first: the sort then carries no household along.
    ids = list(found.order_by(*case_order(sort)).values_list("pk", flat=True)[first : first + size])
    by_id = {row.id: row for row in case_rows(joined_cases(Case.objects.filter(pk__in=ids)))}
    rows = [by_id[each] for each in ids if each in by_id]
    asked = {**filters.as_document(), "sort": sort, "page": page}
    record_households(actor, "case.listed", rows, asked, READ)
    return Page(rows, max(page, 1), size, total)


@transaction.atomic
def export_cases(actor: Actor, filters: CaseFilters, *, sort: str = "due") -> list[CaseRow]:
    """Every case of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    found = readable_cases(actor, EXPORT).filter(case_condition(actor, filters, current_horizon()))
    rows = case_rows(joined_cases(found).order_by(*case_order(sort)))
    asked = {**filters.as_document(), "sort": sort, "export": True}
    record_households(actor, "case.exported", rows, asked, EXPORT)
    return rows


_SMALL: Final = ("kinds", "states", "divisions", "dues")
"""The dimensions of the grouped statement, in the order of its columns."""


@dataclass(frozen=True, slots=True)
class CaseCounts:
    """How many cases each choice of a filter would leave, counted under all the others.

    Figures only, of cases in the actor's scope: nobody is named, so nothing is audited.

    Attributes:
        total: how many all filters together leave.
        everything, mine: all open cases, and those whose turn is the actor's, by due group,
            whatever the filters.
    """

    total: int
    small: Mapping[str, Counter[str]]
    handlers: Counter[str]
    risks: Counter[str]
    everything: Counter[str]
    mine: Counter[str]


def case_counts(actor: Actor, filters: CaseFilters) -> CaseCounts:
    """The counts of a list's filters, in three statements; four where groups are too coarse."""
    horizon = current_horizon()
    # A place finer than the groups is asked of the database.
    fine = any(len(each) > int(Level.TOWNSHIP) for each in filters.divisions)
    grouped = [name for name in _SMALL if not (fine and name == "divisions")]
    asked = filters.without(*grouped)
    cube = list(_cube(actor, asked, horizon))
    whole = cube if asked == CaseFilters() else list(_cube(actor, CaseFilters(), horizon))
    left = [_left_by(name, cube, filters) for name in _SMALL]
    return CaseCounts(
        total=sum(n for key, n in cube if _fits(key, filters)),
        small=dict(zip(_SMALL, left, strict=True)),
        handlers=_handlers(actor, filters.without("handlers"), horizon),
        risks=_risks(actor, filters.without("risks"), horizon),
        everything=_left_by("dues", whole, CaseFilters()),
        mine=_mine(actor, whole),
    )


def _mine(actor: Actor, whole: Iterable[tuple[tuple[str, ...], int]]) -> Counter[str]:
    """The actor's turn by due group; where the groups are too coarse, the database is asked."""
    turns = turns_of(actor)
    if any(len(each) > int(Level.TOWNSHIP) for places in turns.values() for each in places):
        return due_counts(actor, CaseFilters(turn=MINE))
    counts = Counter[str]()
    for (kind, state, place, due), number in whole:
        if any(each.contains(place) for each in turns.get((kind, state), ())):
            counts[due] += number
    return counts


def _cube(
    actor: Actor, filters: CaseFilters, horizon: Horizon
) -> Iterable[tuple[tuple[str, ...], int]]:
    found = readable_cases(actor).filter(case_condition(actor, filters, horizon))
    rows = found.annotate(
        place=Substr("division", 1, int(Level.TOWNSHIP)),
        due=Switch(
            *(When(case_due(each, horizon), then=Value(each.value)) for each in DueGroup),
            default=Value(DueGroup.NONE.value),
            output_field=CharField(),
        ),
    ).values_list("kind", "matter__state", "place", "due")
    return ((row[:-1], row[-1]) for row in rows.annotate(n=Count("pk")).order_by())


def _fits(key: tuple[str, ...], filters: CaseFilters, but: str = "") -> bool:
    """Whether a group of the cube is left by the filters, one of them apart."""
    for name, value in zip(_SMALL, key, strict=True):
        chosen = getattr(filters, name)
        if name != but and chosen and not _chosen(name, value, chosen):
            return False
    return True


def _chosen(name: str, value: str, chosen: tuple[str, ...]) -> bool:
    if name != "divisions":
        return value in chosen
    return any(value.startswith(each) or each.startswith(value) for each in chosen)


def _left_by(
    name: str, cube: Iterable[tuple[tuple[str, ...], int]], filters: CaseFilters
) -> Counter[str]:
    place, counts = _SMALL.index(name), Counter[str]()
    for key, number in cube:
        if _fits(key, filters, but=name):
            counts[key[place]] += number
    return counts


def _handlers(actor: Actor, filters: CaseFilters, horizon: Horizon) -> Counter[str]:
    found = readable_cases(actor).filter(case_condition(actor, filters, horizon))
    rows = found.values_list("handler").annotate(n=Count("pk")).order_by()
    return Counter({str(who) if who else NOBODY: n for who, n in rows})


def _risks(actor: Actor, filters: CaseFilters, horizon: Horizon) -> Counter[str]:
    found = readable_cases(actor).filter(case_condition(actor, filters, horizon))
    counts = Counter[str]()
    for risks, number in found.values_list("risks").annotate(n=Count("pk")).order_by():
        counts.update(dict.fromkeys(set(risks), number))
    return counts


def due_counts(actor: Actor, filters: CaseFilters) -> Counter[str]:
    """Open cases by due group."""
    horizon = current_horizon()
    found = readable_cases(actor).filter(case_condition(actor, filters, horizon))
    counts = Counter[str]()
    for due, number in found.values_list("matter__due_on").annotate(n=Count("pk")).order_by():
        counts[horizon.group_of(due).value] += number
    return counts


@transaction.atomic
def find_cases(actor: Actor, words: str, *, most: int) -> tuple[list[CaseRow], int]:
    """The first cases, open or not, whose number begins with these words, and how many there are.

    One audit row names the households shown; the words are kept by their length alone.
    """
    typed = words.strip().upper()
    if not typed:
        return [], 0
    found = readable_cases(actor).filter(number__startswith=typed)
    rows = case_rows(joined_cases(found).order_by("-open", "number")[:most])
    if rows:
        record_households(actor, "case.searched", rows, {"search": hidden_text(words)}, READ)
    return rows, found.count() if len(rows) == most else len(rows)
