"""Work whose person has gone: open cases and clues of people who hold no right there any more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, F, Max, Q

from bangfu.cases.models import Case, Clue
from bangfu.cases.permissions import ASSIGN, CHECK, COMPARE, DECIDE, EXPORT, READ, REVIEW, VERIFY
from bangfu.cases.queries.filters import OPEN as OPEN_CLUE
from bangfu.cases.queries.rows import reader_for
from bangfu.foundation.access.api import Posting, load_roles, record_households
from bangfu.foundation.accounts.api import names_of
from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode, Level
from bangfu.procedures.api import pinned_procedure
from bangfu.registry.api import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.cases.queries.rows import Reader
    from bangfu.foundation.access.api import Actor

CASE, CLUE = "case", "clue"
PAGE_SIZE: Final = 50
HANDLING: Final = frozenset({str(each) for each in (CHECK, COMPARE, REVIEW, DECIDE)})
"""Whoever holds one of these in a place can look after a case there."""

_OPEN_CASE: Final = Q(open=True, handler__isnull=False)
_GIVEN_CLUE: Final = OPEN_CLUE & Q(assigned_to__isnull=False)


@dataclass(frozen=True, slots=True)
class LeftFilters:
    """What the list of left work is narrowed to; empty narrows nothing."""

    things: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()

    def takes(self, each: LeftKey) -> bool:
        """Whether a piece of work is in the list."""
        return (
            (not self.things or each.thing in self.things)
            and (not self.people or str(each.person) in self.people)
            and (not self.divisions or each.division.startswith(self.divisions))
        )


@dataclass(frozen=True, slots=True)
class LeftKey:
    """A piece of left work before anything of it is read: what, whose, where, when due."""

    thing: str
    id: UUID
    person: UUID
    division: str
    due_on: date | None

    @property
    def key(self) -> str:
        """What a tick box sends: `case:` or `clue:` and the id."""
        return f"{self.thing}:{self.id}"


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A line of the list.

    Attributes:
        number: the case's number; of a clue empty.
        ended_on: the last day of the person's latest posting; None when they hold one, but not
            for this place.
    """

    key: str
    thing: str
    id: UUID
    number: str
    head_name: str
    household_id: UUID | None
    division: str
    township: str
    village: str
    state_label: str
    person_id: UUID
    person: str
    ended_on: date | None
    due_on: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may take work over: what they hold reaches all of the places asked about."""

    person_id: UUID
    name: str
    title: str
    organisation: str
    division: str


def left_keys(actor: Actor) -> list[LeftKey]:
    """Every open case and given clue where the actor may hand over and its person has gone.

    A person has gone from a place when they hold no capability there today that the work needs.
    Statements do not grow with the work: two ask which people work where, two more for the ids.
    """
    found: list[LeftKey] = []
    for thing, rows, person, able in _sources(actor):
        where = defaultdict(list)
        pairs = rows.values_list(person, "division").annotate(n=Count("pk")).order_by()
        for who, division, _n in pairs:
            where[who].append(division)
        gone = _gone(where, able)
        if gone:
            wanted = Q(pk__in=())
            for who, divisions in gone.items():
                wanted |= Q(**{person: who, "division__in": divisions})
            columns = ("pk", person, "division", "matter__due_on")
            found += [LeftKey(thing, *each) for each in rows.filter(wanted).values_list(*columns)]
    return found


def _sources(actor: Actor) -> Iterable[tuple[str, Any, str, frozenset[str]]]:
    reach = actor.scope(ASSIGN).q("division") & actor.scope(READ).q("division")
    yield CASE, Case.objects.filter(reach, _OPEN_CASE), "handler", HANDLING
    yield CLUE, Clue.objects.filter(reach, _GIVEN_CLUE), "assigned_to", frozenset({VERIFY})


def _gone(where: Mapping[UUID, Collection[str]], able: frozenset[str]) -> dict[UUID, list[str]]:
    """The places of each person where no grant of theirs holds such a capability today."""
    held = _held_by(where, able)
    gone: dict[UUID, list[str]] = {}
    for who, divisions in where.items():
        places = held.get(who, ())
        missing = [each for each in divisions if not any(one.contains(each) for one in places)]
        if missing:
            gone[who] = missing
    return gone


def _held_by(people: Iterable[UUID], able: frozenset[str]) -> dict[UUID, list[DivisionCode]]:
    """Where people hold one of the capabilities today."""
    found: dict[UUID, list[DivisionCode]] = defaultdict(list)
    for chunk in fetch_by(_grants_today(able), "person", set(people)):
        found[chunk.person_id].append(DivisionCode(chunk.place))
    return found


def _grants_today(able: frozenset[str]) -> Any:
    """Postings that hold today and bring one of the capabilities, once a granted place."""
    day = today()
    holds = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    granted = Q(granted__valid_from__lte=day) & (
        Q(granted__valid_to=None) | Q(granted__valid_to__gt=day)
    )
    roles = [role.name for role in load_roles().values() if able & role.capabilities]
    rows = Posting.objects.filter(holds, granted, role__in=roles, person__is_active=True)
    return rows.annotate(place=F("granted__division_code")).select_related("person")


def may_handle(person: UUID, divisions: Collection[str], thing: str) -> frozenset[str]:
    """Those of the places where a person may take over such work today."""
    able = HANDLING if thing == CASE else frozenset({VERIFY})
    places = _held_by([person], able).get(person, [])
    return frozenset(each for each in divisions if any(one.contains(each) for one in places))


def count_left(actor: Actor) -> int:
    """How many open cases and clues wait to be handed over."""
    return len(left_keys(actor)) if actor.holds(ASSIGN) else 0


SORTS: Final[Mapping[str, Callable[[LeftKey], Any]]] = {
    "due": lambda each: (each.due_on is None, each.due_on, each.division),
    "place": lambda each: each.division,
    "person": lambda each: str(each.person),
    "thing": lambda each: each.thing,
}


def _ordered(keys: Iterable[LeftKey], sort: str) -> list[LeftKey]:
    by = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    rows = sorted(keys, key=lambda each: str(each.id))
    return sorted(rows, key=by, reverse=sort.startswith("-"))


@transaction.atomic
def list_left(
    actor: Actor,
    keys: Collection[LeftKey],
    filters: LeftFilters,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[LeftRow]:
    """One page of left work, read from keys of `left_keys`; one audit row names the households."""
    wanted = _ordered((each for each in keys if filters.takes(each)), sort)
    first = (max(page, 1) - 1) * size
    rows = _rows(wanted[first : first + size])
    record_households(actor, "case.left_listed", rows, {}, ASSIGN)
    return Page(rows, max(page, 1), size, len(wanted))


@transaction.atomic
def export_left(
    actor: Actor, keys: Collection[LeftKey], filters: LeftFilters, *, sort: str = "due"
) -> list[LeftRow]:
    """All left work of a list, for a file.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    reach = actor.scope(EXPORT)
    wanted = [each for each in keys if filters.takes(each) and reach.contains(each.division)]
    rows = _rows(_ordered(wanted, sort))
    record_households(actor, "case.left_exported", rows, {}, EXPORT)
    return rows


def _rows(keys: Collection[LeftKey]) -> list[LeftRow]:
    if not keys:
        return []
    reader = reader_for({each.division for each in keys})
    people = {each.person for each in keys}
    names, ended = names_of(people), ended_days(people)
    things: dict[UUID, Case | Clue] = {}
    for thing, model in ((CASE, Case), (CLUE, Clue)):
        ids = [each.id for each in keys if each.thing == thing]
        rows: Any = model._default_manager.select_related("matter", "household")
        things |= {each.pk: each for each in fetch_by(rows, "pk", ids)}
    return [_row(each, things[each.id], reader, names, ended) for each in keys]


def _row(
    key: LeftKey,
    subject: Case | Clue,
    reader: Reader,
    names: Mapping[UUID, str],
    ended: Mapping[UUID, date],
) -> LeftRow:
    matter, household = subject.matter, subject.household
    state = pinned_procedure(matter.version_id).states[matter.state]
    due = matter.due_on
    return LeftRow(
        key=key.key,
        thing=key.thing,
        id=key.id,
        number=subject.number if isinstance(subject, Case) else "",
        head_name=household.head_name if household else "",
        household_id=household.pk if household else None,
        division=key.division,
        township=reader.place(key.division[: int(Level.TOWNSHIP)]),
        village=reader.place(key.division),
        state_label=state.label.text(reader.language),
        person_id=key.person,
        person=names.get(key.person, ""),
        ended_on=ended.get(key.person),
        due_on=due,
        days_left=None if due is None else reader.calendar.between(reader.day, due),
    )


def ended_days(people: Collection[UUID]) -> dict[UUID, date]:
    """The day the last posting of each ended, of those who hold none today."""
    day = today()
    holding = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    standing = set(
        Posting.objects.filter(holding, person__in=people).values_list("person", flat=True)
    )
    past = Posting.objects.filter(person__in=set(people) - standing, valid_to__lte=day)
    return dict(past.values_list("person").annotate(last=Max("valid_to")).order_by())


def list_holders(actor: Actor, divisions: Collection[str]) -> list[Holder]:
    """Who may take over work in the actor's places: the people there, the nearest first.

    Only those whose right reaches at least one of the places are named.
    """
    reach = actor.scope(ASSIGN)
    found: dict[UUID, Holder] = {}
    wanted = [each for each in divisions if reach.contains(each)]
    for row in _grants_today(HANDLING | {VERIFY}).order_by("granted__division_code", "pk"):
        place = DivisionCode(row.place)
        if row.person_id not in found and any(place.contains(each) for each in wanted):
            found[row.person_id] = Holder(
                row.person_id, row.person.name, row.title, row.organisation, row.place
            )
    return sorted(found.values(), key=lambda each: (-len(each.division), each.name))
