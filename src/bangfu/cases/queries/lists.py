"""Lists of clues: pages, choices with their counts, due days, export. Scoped and audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Substr

from bangfu.cases.domain.dues import DueGroup, Horizon
from bangfu.cases.permissions import EXPORT, READ
from bangfu.cases.queries.filters import (
    OPEN,
    PROCEDURE,
    ClueFilters,
    condition_of,
    current_horizon,
    due_condition,
    order_of,
    scoped_clues,
)
from bangfu.cases.queries.rows import Reader, reader_for, risk_label, rows_of, rule_label
from bangfu.cases.wording import DUE_NAMES
from bangfu.foundation.access.api import record_households
from bangfu.kernel.division import Level
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.cases.models import Clue
    from bangfu.cases.queries.rows import ClueRow
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Procedure

PAGE_SIZE: Final = 50


def joined(clues: QuerySet[Clue]) -> QuerySet[Clue]:
    """Clues with all that a line shows, in one query."""
    return clues.select_related("matter", "household", "assigned_to")


@transaction.atomic
def list_clues(
    actor: Actor,
    filters: ClueFilters | None = None,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[ClueRow]:
    """One page of the clues in the actor's scope.

    Args:
        actor: who looks.
        filters: what the list is narrowed to.
        sort: a name of `SORTS`, with `-` before it for the other way round.
        page: which page, from 1.
        size: clues a page.
    """
    wanted = filters or ClueFilters()
    found = scoped_clues(actor).filter(condition_of(wanted, current_horizon()))
    first = (max(page, 1) - 1) * size
    rows = rows_of(joined(found).order_by(*order_of(sort))[first : first + size])
    asked = {**wanted.as_document(), "sort": sort, "page": page}
    record_households(actor, "clue.listed", rows, asked, READ)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_clues(
    actor: Actor, filters: ClueFilters | None = None, *, sort: str = "due"
) -> list[ClueRow]:
    """Every clue of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    wanted = filters or ClueFilters()
    found = scoped_clues(actor, EXPORT).filter(condition_of(wanted, current_horizon()))
    rows = rows_of(joined(found).order_by(*order_of(sort)))
    record_households(
        actor, "clue.exported", rows, {**wanted.as_document(), "sort": sort, "export": True}, EXPORT
    )
    return rows


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, with how many clues it would leave."""

    value: str
    label: str
    count: int
    chosen: bool


FACETS: Final = ("states", "risks", "rules", "channels", "divisions", "dues")


def list_facets(actor: Actor, filters: ClueFilters | None = None) -> dict[str, list[Choice]]:
    """The choices of every filter, each counted under all the other filters.

    Figures only, of clues in the actor's scope: nobody is named, so nothing is audited.
    """
    wanted, horizon = filters or ClueFilters(), current_horizon()
    counted = {name: _counts(actor, wanted.without(name), name, horizon) for name in FACETS}
    reader, table = reader_for(counted["divisions"]), load_procedure(PROCEDURE)
    return {
        name: _choices(name, counts, getattr(wanted, name), reader, table)
        for name, counts in counted.items()
    }


_COLUMNS: Final = {
    "states": "matter__state",
    "risks": "risk",
    "rules": "rule",
    "channels": "channel",
}


def _counts(actor: Actor, filters: ClueFilters, name: str, horizon: Horizon) -> dict[str, int]:
    found = scoped_clues(actor).filter(condition_of(filters, horizon))
    if name == "dues":
        return {each: found.filter(due_condition(each, horizon)).count() for each in DueGroup}
    if name == "divisions":
        found = found.annotate(place=Substr("division", 1, int(Level.TOWNSHIP)))
    column = _COLUMNS.get(name, "place")
    return dict(found.values_list(column).annotate(n=Count("pk")).order_by(column))


def _choices(
    name: str,
    counts: Mapping[str, int],
    chosen: tuple[str, ...],
    reader: Reader,
    table: Procedure,
) -> list[Choice]:
    labels = _labels(name, {*counts, *chosen}, reader, table)
    found = [
        Choice(value, labels[value], counts.get(value, 0), value in chosen)
        for value in labels
        if value
    ]
    ranked = name in {"risks", "rules", "divisions"}
    return sorted(found, key=lambda choice: -choice.count) if ranked else found


def _labels(name: str, values: Iterable[str], reader: Reader, table: Procedure) -> dict[str, str]:
    """Labels in the order in which the choices stand; counts may reorder them later."""
    language = reader.language
    if name == "states":
        return {each.name: each.label.text(language) for each in table.states.values()}
    if name == "channels":
        return {each.code: each.label.text(language) for each in table.lists["channel"]}
    if name == "dues":
        return {each.value: str(DUE_NAMES[each]) for each in DueGroup}
    word = {"risks": risk_label, "rules": rule_label}.get(name)
    if word is not None:
        return {value: word(value, reader) for value in sorted(values)}
    return {value: reader.place(value) for value in sorted(values)}


@dataclass(frozen=True, slots=True)
class DueCounts:
    """Open clues by due day.

    Attributes:
        days: each of the coming working days with its count; what is due on a day off between
            counts with the working day after it.
    """

    overdue: int
    today: int
    days: tuple[tuple[date, int], ...]
    later: int
    none: int

    @property
    def total(self) -> int:
        """All open clues."""
        return self.overdue + self.today + sum(n for _, n in self.days) + self.later + self.none


def count_due(actor: Actor, filters: ClueFilters | None = None) -> DueCounts:
    """How many open clues in the actor's scope are overdue, due today and on the coming days."""
    horizon = current_horizon()
    found = scoped_clues(actor).filter(condition_of(filters or ClueFilters(), horizon) & OPEN)
    return count_by_day(found, horizon)


def count_by_day(clues: QuerySet[Clue], horizon: Horizon) -> DueCounts:
    """Open clues by due day."""
    counts: dict[date | None, int] = dict(
        clues.values_list("matter__due_on").annotate(n=Count("pk")).order_by()
    )
    groups = dict.fromkeys(DueGroup, 0)
    days = dict.fromkeys(horizon.ahead, 0)
    for day, count in counts.items():
        group = horizon.group_of(day)
        groups[group] += count
        if group is DueGroup.SOON and day is not None:
            days[next(each for each in horizon.ahead if each >= day)] += count
    return DueCounts(
        groups[DueGroup.OVERDUE],
        groups[DueGroup.TODAY],
        tuple(days.items()),
        groups[DueGroup.LATER],
        groups[DueGroup.NONE],
    )


def count_open(actor: Actor) -> int:
    """How many clues in the actor's scope are not closed."""
    return scoped_clues(actor).filter(OPEN).count()


def clues_of(actor: Actor, household_id: UUID) -> list[ClueRow]:
    """The clues about a household the actor has opened, the open ones first, then the latest."""
    found = joined(scoped_clues(actor).filter(household_id=household_id))
    rows = rows_of(found.order_by("-received_at", "-id"))
    return sorted(rows, key=lambda row: row.closed)
