"""Leaves: those of a person, those to decide about, a list of all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, F, Q
from django.http import Http404

from bangfu.attendance.models import Leave
from bangfu.attendance.permissions import MANAGE, READ
from bangfu.attendance.queries.duties import SUBJECT
from bangfu.foundation.audit.api import record_listed, record_opened
from bangfu.foundation.clock.api import today
from bangfu.foundation.secrets.api import unseal_many
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import DivisionCode, Level
from bangfu.procedures.api import (
    list_history,
    list_moves,
    load_procedure,
    pinned_procedure,
    working_calendar,
)
from bangfu.registry.api import EXPORT, Page, list_divisions
from bangfu.teams.api import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.attendance.domain.months import Month
    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Offer, Passed, WorkingCalendar

PROCEDURE: Final = "leave"
SEALED: Final = (Leave._meta.db_table, "sealed")
"""Table and column that leaves are sealed for."""
STANDING: Final = ("granted", "returned")
"""States of a leave whose days are away."""
OPEN: Final = ("asked", "granted")
SORTS: Final = {
    "first": ("first_day", "division", "id"),
    "name": ("duty__cadre__sort_key", "first_day", "id"),
    "place": ("division", "first_day", "id"),
    "due": ("matter__due_on", "first_day", "id"),
    "state": ("matter__state", "first_day", "id"),
}


@dataclass(frozen=True, slots=True)
class LeaveFilters:
    """What a list of leaves is narrowed to; an empty filter narrows nothing."""

    states: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    text: str = ""

    def q(self) -> Q:
        """The filters as a condition."""
        wanted = Q(matter__state__in=self.states) if self.states else Q()
        if self.divisions:
            places = Q(pk__in=())
            for code in map(DivisionCode, self.divisions):
                places |= Q(division__gte=code, division__lt=code.ceiling)
            wanted &= places
        typed = self.text.strip()
        return wanted & Q(duty__cadre__name__startswith=typed) if typed else wanted


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A leave as a line, in the reader's language.

    Attributes:
        days: calendar days, both ends included.
        kind_label, words: why, opened.
        days_left: working days until it has to be decided; None when nothing is due.
        own: whether the reader asked for it.
    """

    id: UUID
    duty_id: UUID
    name: str
    role_label: str
    division: str
    township: str
    village: str
    first_day: date
    last_day: date
    days: int
    kind_label: str
    words: str
    state: str
    state_label: str
    asked_at: datetime
    due_on: date | None
    days_left: int | None
    seen: int
    own: bool


@dataclass(frozen=True, slots=True)
class LeaveDetail:
    """A leave's page."""

    row: LeaveRow
    offers: list[Offer]
    history: list[Passed]


def scoped_leaves(actor: Actor, capability: str = READ) -> QuerySet[Leave]:
    """Leaves in places in which the actor holds a capability; not audited."""
    return Leave.objects.filter(actor.scope(capability).q("division"))


def find_scoped_leave(actor: Actor, leave_id: UUID) -> Leave:
    """One leave in the actor's scope; not audited, for services.

    Raises:
        Http404: when there is none.
    """
    joined = scoped_leaves(actor).select_related("matter", "duty__cadre")
    leave = joined.filter(pk=leave_id).first()
    if leave is None:
        raise Http404
    return leave


def leave_days(leave: Leave) -> int:
    """How many calendar days a leave lasts."""
    return (leave.last_day - leave.first_day).days + 1


def guard_facts(actor: Actor, leave: Leave) -> dict[str, object]:
    """What the procedure's guards may know of a leave."""
    return {
        "mover_is_asker": leave.asked_by_id is not None and leave.asked_by_id == actor.person_id,
        "has_begun": leave.first_day <= today(),
        "days": leave_days(leave),
    }


def spans_of(duties: Collection[UUID], month: Month) -> dict[UUID, list[tuple[date, date]]]:
    """The days away of duties in a month, by duty, as first and last days; unscoped."""
    rows = Leave.objects.filter(
        duty__in=duties, matter__state__in=STANDING,
        first_day__lt=month.end, last_day__gte=month.first,
    )  # fmt: skip
    found: dict[UUID, list[tuple[date, date]]] = {}
    for duty, first, last in rows.values_list("duty_id", "first_day", "last_day"):
        found.setdefault(duty, []).append((first, last))
    return found


def overlapping(duty_id: UUID, first: date, last: date) -> bool:
    """Whether another leave that was not refused or cancelled touches these days."""
    rows = Leave.objects.filter(duty=duty_id, first_day__lte=last, last_day__gte=first)
    return rows.filter(matter__state__in=(*OPEN, "returned")).exists()


def rows_of(actor: Actor, leaves: Iterable[Leave]) -> list[LeaveRow]:
    """Leaves as lines; they come with matter, duty and person joined."""
    shown = list(leaves)
    texts = unseal_many(*SEALED, [(each.pk, bytes(each.sealed)) for each in shown])
    places = {part for x in shown for part in (x.division, x.division[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places, today())}
    calendar = working_calendar(today())
    return [
        _row(actor, each, json.loads(text), names, calendar)
        for each, text in zip(shown, texts, strict=True)
    ]


def _row(
    actor: Actor,
    leave: Leave,
    words: Mapping[str, str],
    names: Mapping[str, str],
    calendar: WorkingCalendar,
) -> LeaveRow:
    matter, language = leave.matter, reader_language()
    table = pinned_procedure(matter.version_id)
    kind = table.choice("kind", words["kind"])
    due = matter.due_on
    township = leave.division[: int(Level.TOWNSHIP)]
    return LeaveRow(
        id=leave.pk,
        duty_id=leave.duty_id,
        name=leave.duty.cadre.name,
        role_label=load_catalogue().label("duty_role", leave.duty.role, language),
        division=leave.division,
        township=names.get(township, township),
        village=names.get(leave.division, leave.division),
        first_day=leave.first_day,
        last_day=leave.last_day,
        days=leave_days(leave),
        kind_label=kind.label.text(language) if kind else words["kind"],
        words=words["words"],
        state=matter.state,
        state_label=table.states[matter.state].label.text(language),
        asked_at=leave.asked_at,
        due_on=due,
        days_left=None if due is None else calendar.between(today(), due),
        seen=matter.lock_version,
        own=leave.asked_by_id is not None and leave.asked_by_id == actor.person_id,
    )


@transaction.atomic
def get_leave(actor: Actor, leave_id: UUID) -> LeaveDetail:
    """Open one leave.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    leave = find_scoped_leave(actor, leave_id)
    record_opened(actor, SUBJECT, leave.duty.cadre_id, leave.division)
    (row,) = rows_of(actor, [leave])
    return LeaveDetail(
        row=row,
        offers=list_moves(actor, leave.matter, guard_facts(actor, leave)),
        history=list_history(actor, leave.matter),
    )


def _ordered(rows: QuerySet[Leave], sort: str) -> QuerySet[Leave]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    order = [
        F(column).desc(nulls_last=True) if sort.startswith("-") else F(column).asc(nulls_last=True)
        for column in columns
    ]
    return rows.select_related("matter", "duty__cadre").order_by(*order)


def _record(actor: Actor, leaves: Iterable[Leave], what: dict[str, Any]) -> None:
    people = dict.fromkeys(each.duty.cadre_id for each in leaves)
    reach = actor.scope(READ).common
    record_listed(actor, SUBJECT, {"list": "leaves", **what}, people, reach)


@transaction.atomic
def list_leaves(
    actor: Actor,
    filters: LeaveFilters | None = None,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = 50,
) -> Page[LeaveRow]:
    """One page of the leaves in the actor's scope; `sort` is a name of `SORTS`."""
    found = scoped_leaves(actor).filter((filters or LeaveFilters()).q())
    first = (max(page, 1) - 1) * size
    shown = list(_ordered(found, sort)[first : first + size])
    _record(actor, shown, {"sort": sort, "page": page})
    return Page(rows_of(actor, shown), max(page, 1), size, found.count())


@transaction.atomic
def export_leaves(
    actor: Actor, filters: LeaveFilters | None = None, *, sort: str = "due"
) -> list[LeaveRow]:
    """Every leave of a list, for a file.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    found = scoped_leaves(actor).filter(actor.scope(EXPORT).q("division"))
    shown = list(_ordered(found.filter((filters or LeaveFilters()).q()), sort))
    _record(actor, shown, {"sort": sort, "export": True})
    return rows_of(actor, shown)


def count_states(actor: Actor) -> list[tuple[str, str, int]]:
    """How many leaves are in each state: code, words, number; names nobody."""
    rows = scoped_leaves(actor).values_list("matter__state").annotate(n=Count("pk")).order_by()
    counted = dict(rows)
    language = reader_language()
    return [
        (each.name, each.label.text(language), counted[each.name])
        for each in load_procedure(PROCEDURE).states.values()
        if counted.get(each.name)
    ]


@transaction.atomic
def list_undecided(actor: Actor, size: int = 20) -> list[LeaveRow]:
    """Leaves that wait for the actor's decision, those due first; one's own wait for others."""
    found = scoped_leaves(actor, MANAGE).filter(matter__state="asked")
    if actor.person_id is not None:
        found = found.exclude(asked_by_id=actor.person_id)
    shown = list(_ordered(found, "due")[:size])
    if shown:
        _record(actor, shown, {"waiting": True})
    return rows_of(actor, shown)


def own_leaves(actor: Actor, size: int = 12) -> list[LeaveRow]:
    """The leaves the actor asked for, the latest first."""
    if actor.person_id is None:
        return []
    rows = scoped_leaves(actor).filter(asked_by_id=actor.person_id)
    joined = rows.select_related("matter", "duty__cadre").order_by("-first_day", "-asked_at")
    return rows_of(actor, joined[:size])
