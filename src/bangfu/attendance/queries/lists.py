"""Lists of a month: every resident official with what it came to. Scoped and audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F, Q

from bangfu.attendance.domain.catalogue import load_roles
from bangfu.attendance.models import SignIn
from bangfu.attendance.permissions import READ
from bangfu.attendance.queries.duties import SUBJECT, holding_in, holding_on, scoped_duties
from bangfu.attendance.queries.months import count_months
from bangfu.foundation.audit.api import hidden_text, record_listed
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.api import EXPORT, Page, list_divisions
from bangfu.teams.api import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.attendance.domain.months import Month
    from bangfu.attendance.queries.months import MonthCount
    from bangfu.foundation.access.api import Actor
    from bangfu.teams.api import Duty

PAGE_SIZE: Final = 50
SHORT, FULL, UNKNOWN = "short", "full", "unknown"
SORTS: Final = {
    "name": ("cadre__sort_key", "division", "id"),
    "place": ("division", "role", "cadre__sort_key", "id"),
    "role": ("role", "division", "id"),
}
"""Orders that the database makes; the others are made of what is counted."""


@dataclass(frozen=True, slots=True)
class MonthFilters:
    """What a month's list is narrowed to; an empty filter narrows nothing.

    Attributes:
        results: `short` of days, `full`, or `unknown` where nobody set a number.
    """

    divisions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    text: str = ""

    def q(self) -> Q:
        """The filters on duties as a condition."""
        wanted = Q(role__in=self.roles) if self.roles else Q()
        if self.divisions:
            places = Q(pk__in=())
            for code in map(DivisionCode, self.divisions):
                places |= Q(division__gte=code, division__lt=code.ceiling)
            wanted &= places
        typed = self.text.strip()
        return wanted & Q(cadre__name__startswith=typed) if typed else wanted

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit; typed text only by its length."""
        several = ("divisions", "roles", "results")
        found: dict[str, Any] = {
            name: list(getattr(self, name)) for name in several if getattr(self, name)
        }
        return {**found, "search": hidden_text(self.text)} if self.text else found


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One resident official's month, in the reader's language."""

    duty_id: UUID
    cadre_id: UUID
    month: Month
    name: str
    role_label: str
    organisation: str
    division: str
    township: str
    village: str
    count: MonthCount

    @property
    def result(self) -> str:
        """`short`, `full` or `unknown`."""
        if self.count.missing is None:
            return UNKNOWN
        return SHORT if self.count.missing else FULL


_KEYS: Final[dict[str, Callable[[MonthLine], Any]]] = {
    "present": lambda line: (line.count.present, line.division),
    "away": lambda line: (line.count.away, line.division),
    "missing": lambda line: (line.count.missing or 0, line.division),
    "visits": lambda line: (line.count.visits, line.division),
}


def _duties(actor: Actor, month: Month, filters: MonthFilters) -> QuerySet[Duty]:
    return scoped_duties(actor).filter(holding_in(month), filters.q())


def _ordered(found: QuerySet[Duty], sort: str) -> QuerySet[Duty]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["place"])
    order = [F(name).desc() if sort.startswith("-") else F(name).asc() for name in columns]
    return found.select_related("cadre", "organisation").order_by(*order)


def lines_of(duties: Iterable[Duty], month: Month) -> list[MonthLine]:
    """Duties with what a month came to; they come with person and organisation joined."""
    shown = list(duties)
    counts = count_months(shown, month)
    places = {part for x in shown for part in (x.division, x.division[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places, today())}
    language, catalogue = reader_language(), load_catalogue()
    return [
        MonthLine(
            duty_id=each.pk,
            cadre_id=each.cadre_id,
            month=month,
            name=each.cadre.name,
            role_label=catalogue.label("duty_role", each.role, language),
            organisation=each.organisation.name if each.organisation else "",
            division=each.division,
            township=names.get(each.division[: int(Level.TOWNSHIP)], ""),
            village=names.get(each.division, each.division),
            count=counts[each.pk],
        )
        for each in shown
    ]


def _all_lines(actor: Actor, month: Month, filters: MonthFilters, sort: str) -> list[MonthLine]:
    """Every line that the filters leave, in order."""
    lines = lines_of(_ordered(_duties(actor, month, filters), sort), month)
    if filters.results:
        lines = [each for each in lines if each.result in filters.results]
    key = _KEYS.get(sort.removeprefix("-"))
    return sorted(lines, key=key, reverse=sort.startswith("-")) if key else lines


def _record(actor: Actor, lines: Sequence[MonthLine], month: Month, filters: MonthFilters) -> None:
    what = {"list": "attendance", "month": str(month), **filters.as_document()}
    people = dict.fromkeys(each.cadre_id for each in lines)
    record_listed(actor, SUBJECT, what, people, actor.scope(READ).common)


@transaction.atomic
def list_months(
    actor: Actor,
    month: Month,
    filters: MonthFilters | None = None,
    *,
    sort: str = "place",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[MonthLine]:
    """One page of a month's list. What is counted is counted for the page alone where it can be."""
    wanted = filters or MonthFilters()
    first = (max(page, 1) - 1) * size
    if wanted.results or sort.removeprefix("-") in _KEYS:
        every = _all_lines(actor, month, wanted, sort)
        lines, total = every[first : first + size], len(every)
    else:
        found = _duties(actor, month, wanted)
        lines = lines_of(_ordered(found, sort)[first : first + size], month)
        total = found.count()
    _record(actor, lines, month, wanted)
    return Page(lines, max(page, 1), size, total)


@transaction.atomic
def export_months(
    actor: Actor, month: Month, filters: MonthFilters | None = None, *, sort: str = "place"
) -> list[MonthLine]:
    """Every line of a month's list, for a file; one audit row with every person.

    Raises:
        AccessRefused: without the right to export anywhere.
    """
    actor.check_anywhere(EXPORT)
    wanted = filters or MonthFilters()
    reach = actor.scope(EXPORT)
    lines = [
        each for each in _all_lines(actor, month, wanted, sort) if reach.contains(each.division)
    ]
    _record(actor, lines, month, wanted)
    return lines


@dataclass(frozen=True, slots=True)
class Overview:
    """How many live in villages this month, how many came today; names nobody."""

    serving: int
    here_today: int


def overview(actor: Actor, month: Month) -> Overview:
    """A month's list as two numbers."""
    day = today()
    duties = scoped_duties(actor).filter(holding_on(day))
    signed = SignIn.objects.filter(actor.scope(READ).q("division"), day=day)
    came = set(signed.values_list("cadre_id", "division"))
    held = set(duties.values_list("cadre_id", "division"))
    return Overview(scoped_duties(actor).filter(holding_in(month)).count(), len(came & held))


def role_choices() -> list[tuple[str, str]]:
    """The resident roles in words."""
    language, catalogue = reader_language(), load_catalogue()
    return [(each, catalogue.label("duty_role", each, language)) for each in load_roles().resident]


def townships_of(actor: Actor, month: Month) -> list[tuple[str, str]]:
    """The townships of a month's list, by code and name."""
    codes = scoped_duties(actor).filter(holding_in(month)).values_list("division", flat=True)
    towns = {code[: int(Level.TOWNSHIP)] for code in codes.distinct()}
    return [(each.code, each.name) for each in list_divisions(sorted(towns), today())]


def here_on(duties: Sequence[Duty], day: date) -> set[UUID]:
    """Which of some duties' people are known to have been in their village on a day."""
    rows = SignIn.objects.filter(cadre__in=[each.cadre_id for each in duties], day=day)
    came = set(rows.values_list("cadre_id", "division"))
    return {each.pk for each in duties if (each.cadre_id, each.division) in came}
