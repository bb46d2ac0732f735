"""Appeals in the actor's scope: lists, one with everything its page shows, what waits."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Substr
from django.http import Http404

from bangfu.cases.models import Appeal
from bangfu.cases.permissions import ANSWER, EXPORT, READ_APPEALS
from bangfu.cases.queries.appeal_codes import APPEAL, list_choices
from bangfu.cases.queries.appeal_facts import mover_facts
from bangfu.cases.queries.people import Assignee, checkers_in
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import today
from bangfu.foundation.secrets.api import unseal
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import DivisionCode, Level
from bangfu.procedures.api import (
    list_history,
    list_moves,
    load_procedure,
    pinned_procedure,
    working_calendar,
)
from bangfu.registry.api import Page, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import OrderBy, QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Offer, Passed

_TABLE: Final = Appeal._meta.db_table
WORDS: Final = (_TABLE, "words_sealed")
CONTACT: Final = (_TABLE, "contact_sealed")
SUBJECT: Final = (_TABLE, "subject_sealed")
REPLY: Final = (_TABLE, "reply_sealed")
"""Table and column that each is sealed for."""
OPEN: Final = Q(matter__closed_at=None)
PAGE_SIZE: Final = 50
SORTS: Final = {
    "due": ("matter__due_on", "received_at", "id"),
    "received": ("received_at", "id"),
    "kind": ("kind", "received_at", "id"),
    "state": ("matter__state", "received_at", "id"),
    "place": ("division", "received_at", "id"),
}
"""Orders of the list by name; a leading `-` turns one round. No due day stands last either way."""
_COLUMNS: Final = {"kinds": "kind", "states": "matter__state", "channels": "channel"}


@dataclass(frozen=True, slots=True)
class AppealFilters:
    """What a list is narrowed to; an empty filter narrows nothing."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    open: bool = False

    def without(self, facet: str) -> AppealFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        names = (*_COLUMNS, "divisions")
        found: dict[str, Any] = {
            name: list(getattr(self, name)) for name in names if getattr(self, name)
        }
        return {**found, "open": True} if self.open else found

    def q(self) -> Q:
        """The filters as a condition on appeals."""
        chosen = {f"{column}__in": getattr(self, name) for name, column in _COLUMNS.items()}
        wanted = Q(**{column: values for column, values in chosen.items() if values})
        if self.divisions:
            places = Q(pk__in=())
            for code in map(DivisionCode, self.divisions):
                places |= Q(division__gte=code, division__lt=code.ceiling)
            wanted &= places
        return wanted & OPEN if self.open else wanted


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One line, in the reader's language; nothing of what was said is in it.

    Attributes:
        case_number: of the case it is about. head_name: whose record it is about, if known.
        days_left: working days until the due day; None without one, or when it is closed.
        seen: the version to hand back with a move, so that a stale page is told.
    """

    id: UUID
    kind: str
    kind_label: str
    channel_label: str
    state: str
    state_label: str
    closed: bool
    township: str
    village: str
    case_id: UUID | None
    case_number: str
    household_id: UUID | None
    head_name: str
    anonymous: bool
    received_at: datetime
    due_on: date | None
    days_left: int | None
    seen: int


@dataclass(frozen=True, slots=True)
class AppealDetail:
    """An appeal's page.

    Attributes:
        wish: of a request to put something right: `name`, `item`, `value`.
        investigators: names. people: who may be asked to look into it.
    """

    row: AppealRow
    words: str
    contact: str
    wish: dict[str, str]
    reply: str
    investigators: list[str]
    people: list[Assignee]
    offers: list[Offer]
    history: list[Passed]
    change_id: UUID | None
    division: str
    notice_id: UUID | None


def scoped_appeals(actor: Actor, capability: str = READ_APPEALS) -> QuerySet[Appeal]:
    """Every appeal in which the actor holds a capability; not audited."""
    rows = Appeal.objects.select_related("matter", "household", "case", "case__matter")
    return rows.filter(actor.scope(capability).q("division"))


def find_scoped_appeal(actor: Actor, appeal_id: UUID) -> Appeal:
    """One appeal in the actor's scope; not audited, for services.

    Raises:
        Http404: when there is none.
    """
    row = scoped_appeals(actor).filter(pk=appeal_id).first()
    if row is None:
        raise Http404
    return row


def _record(
    actor: Actor, action: str, rows: Sequence[AppealRow], filters: Mapping[str, Any]
) -> None:
    record(
        actor=actor,
        action=action,
        kind="listed",
        subject_type="appeal",
        subject_ids=[row.id for row in rows],
        division=actor.scope(READ_APPEALS).common,
        count=len(rows),
        filters=filters,
    )


def _order(sort: str) -> list[OrderBy]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    back = sort.startswith("-")
    return [
        F(each).desc(nulls_last=True) if back else F(each).asc(nulls_last=True) for each in columns
    ]


@transaction.atomic
def list_appeals(
    actor: Actor,
    filters: AppealFilters | None = None,
    *,
    sort: str = "due",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[AppealRow]:
    """One page of the appeals in the actor's scope; `sort` is a name of `SORTS`."""
    wanted = filters or AppealFilters()
    found = scoped_appeals(actor).filter(wanted.q())
    first = (max(page, 1) - 1) * size
    rows = rows_of(found.order_by(*_order(sort))[first : first + size])
    _record(actor, "appeal.listed", rows, {**wanted.as_document(), "sort": sort, "page": page})
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_appeals(
    actor: Actor, filters: AppealFilters | None = None, *, sort: str = "due"
) -> list[AppealRow]:
    """Every appeal of a list, for a file.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    wanted = filters or AppealFilters()
    found = scoped_appeals(actor).filter(actor.scope(EXPORT).q("division"), wanted.q())
    rows = rows_of(found.order_by(*_order(sort)))
    _record(actor, "appeal.exported", rows, {**wanted.as_document(), "export": True})
    return rows


@dataclass(frozen=True, slots=True)
class AppealChoice:
    """One value of a filter, with how many appeals it would leave."""

    value: str
    label: str
    count: int


def list_appeal_facets(
    actor: Actor, filters: AppealFilters | None = None
) -> dict[str, list[AppealChoice]]:
    """The choices of every filter, each counted under all the other filters; nobody is named."""
    wanted = filters or AppealFilters()
    found = {}
    for name in (*_COLUMNS, "divisions"):
        rows = scoped_appeals(actor).filter(wanted.without(name).q())
        placed = rows.annotate(place=Substr("division", 1, int(Level.TOWNSHIP)))
        column = _COLUMNS.get(name, "place")
        counts = dict(placed.values_list(column).annotate(n=Count("pk")).order_by(column))
        labels = _labels(name, {*counts, *getattr(wanted, name)})
        found[name] = [
            AppealChoice(value, label, counts.get(value, 0)) for value, label in labels.items()
        ]
    return found


def _labels(name: str, values: Iterable[str]) -> dict[str, str]:
    if name == "divisions":
        known = {each.code: each.name for each in list_divisions(list(values))}
    elif name == "states":
        language = reader_language()
        states = load_procedure(APPEAL).states.values()
        known = {each.name: each.label.text(language) for each in states}
    else:
        known = dict(list_choices(name.removesuffix("s")))
    return {code: label for code, label in known.items() if code in set(values)}


def rows_of(appeals: Iterable[Appeal]) -> list[AppealRow]:
    """Appeals as lines; they come with matter, household and case joined."""
    shown = list(appeals)
    if not shown:
        return []
    places = {part for x in shown for part in (x.division, x.division[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places)}
    return [_row(each, names) for each in shown]


def _row(appeal: Appeal, names: Mapping[str, str]) -> AppealRow:
    matter, language = appeal.matter, reader_language()
    table = pinned_procedure(matter.version_id)
    labels = {
        name: (found.label.text(language) if (found := table.choice(name, code)) else code)
        for name, code in (("kind", appeal.kind), ("channel", appeal.channel))
    }
    closed = matter.closed_at is not None
    due = None if closed else matter.due_on
    day = today()
    township = appeal.division[: int(Level.TOWNSHIP)]
    return AppealRow(
        id=appeal.pk,
        kind=appeal.kind,
        kind_label=labels["kind"],
        channel_label=labels["channel"],
        state=matter.state,
        state_label=table.states[matter.state].label.text(language),
        closed=closed,
        township=names.get(township, township),
        village=names.get(appeal.division, "") if appeal.division != township else "",
        case_id=appeal.case_id,
        case_number=appeal.case.number if appeal.case else "",
        household_id=appeal.household_id,
        head_name=appeal.household.head_name if appeal.household else "",
        anonymous=appeal.anonymous,
        received_at=appeal.received_at,
        due_on=due,
        days_left=None if due is None else working_calendar(day).between(day, due),
        seen=matter.lock_version,
    )


def _opened(place: tuple[str, str], appeal: Appeal, sealed: bytes | memoryview | None) -> str:
    return unseal(*place, appeal.pk, bytes(sealed)) if sealed else ""


@transaction.atomic
def get_appeal(actor: Actor, appeal_id: UUID) -> AppealDetail:
    """Open one appeal.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    appeal = find_scoped_appeal(actor, appeal_id)
    record(
        actor=actor, action="appeal.opened", kind="opened", subject_type="appeal",
        subject_ids=(appeal.pk,), division=appeal.division, count=1,
    )  # fmt: skip
    (row,) = rows_of([appeal])
    may = actor.may(ANSWER, appeal.division)
    wish = _opened(SUBJECT, appeal, appeal.subject_sealed)
    return AppealDetail(
        row=row,
        words=_opened(WORDS, appeal, appeal.words_sealed),
        contact=_opened(CONTACT, appeal, appeal.contact_sealed),
        wish=json.loads(wish) if wish else {},
        reply=_opened(REPLY, appeal, appeal.reply_sealed),
        investigators=[each["name"] for each in appeal.investigators],
        people=checkers_in([appeal.division])[appeal.division] if may else [],
        offers=list_moves(actor, appeal.matter, mover_facts(actor, appeal)),
        history=list_history(actor, appeal.matter),
        change_id=appeal.change_id,
        division=appeal.division,
        notice_id=appeal.notice_id,
    )


def reply_of(appeal: Appeal) -> str:
    """The reply, for whoever holds the receipt; empty while there is none."""
    return _opened(REPLY, appeal, appeal.reply_sealed)


def count_open_appeals(actor: Actor) -> int:
    """How many appeals wait for an answer where the actor answers; nobody is named."""
    return scoped_appeals(actor, ANSWER).filter(OPEN).count()


@transaction.atomic
def list_waiting_appeals(
    actor: Actor, *, size: int
) -> tuple[list[AppealRow], dict[date | None, int]]:
    """The most urgent appeals where the actor answers, and how many by due day."""
    found = scoped_appeals(actor, ANSWER).filter(OPEN)
    rows = rows_of(found.order_by(*_order("due"))[:size])
    _record(actor, "appeal.listed", rows, {"waiting": True})
    counted = found.values_list("matter__due_on").annotate(n=Count("pk")).order_by()
    return rows, dict(counted)
