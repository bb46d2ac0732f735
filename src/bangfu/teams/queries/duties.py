"""Reading duties: who serves where, what is missing, what ends without a successor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from bangfu.foundation.audit.api import hidden_text, record_listed
from bangfu.foundation.clock.api import today
from bangfu.registry.api import Division, Household, Page
from bangfu.teams.domain.catalogue import load_catalogue
from bangfu.teams.models import Duty
from bangfu.teams.models.periods import holding
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.pages import bounds, check_export, order_of, reach_of, within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

SUBJECT: Final = "cadre"
SORTS: Final = {
    "name": ("cadre__sort_key", "valid_from", "id"),
    "role": ("role", "division", "valid_from", "id"),
    "place": ("division", "role", "valid_from", "id"),
    "valid_from": ("valid_from", "id"),
    "valid_to": ("valid_to", "id"),
}
CURRENT, ENDED, COMING, LEFT_OPEN = "current", "ended", "coming", "left_open"
STATES: Final = (CURRENT, ENDED, COMING, LEFT_OPEN)


@dataclass(frozen=True, slots=True)
class DutyFilters:
    """What a list of duties is narrowed to.

    Attributes:
        state: `current`, `ended` or `coming` on the day; `left_open` for what ends or ended with
            nobody to follow where there should be one; empty for all.
        on: the day; None is today.
        words: the beginning of a name.
    """

    roles: tuple[str, ...] = ()
    division: str = ""
    state: str = CURRENT
    on: date | None = None
    words: str = ""

    @property
    def day(self) -> date:
        """The day looked at."""
        return self.on or today()

    def q(self) -> Q:
        """The same as a condition."""
        wanted = within("division", self.division) & self._state()
        if self.roles:
            wanted &= Q(role__in=self.roles)
        typed = self.words.strip()
        return wanted & Q(cadre__name__startswith=typed) if typed else wanted

    def _state(self) -> Q:
        day = self.day
        match self.state:
            case "current":
                return holding(day)
            case "ended":
                return Q(valid_to__lte=day)
            case "coming":
                return Q(valid_from__gt=day)
            case "left_open":
                return _left_open(day)
        return Q()

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        named = {"roles": list(self.roles), "division": self.division, "state": self.state}
        found: dict[str, Any] = {name: value for name, value in named.items() if value}
        found["on"] = self.day.isoformat()
        return found | ({"search": hidden_text(self.words)} if self.words else {})


def _left_open(day: date) -> Q:
    """Roles of which there is one: ended or soon to end, and nobody later."""
    soon = Q(pk__in=())
    for role in load_catalogue().roles.values():
        if role.notice_days:
            soon |= Q(role=role.name, valid_to__lte=day + timedelta(days=role.notice_days))
    same = Q(role=OuterRef("role"), division=OuterRef("division")) & (
        Q(cell=OuterRef("cell")) | Q(cell__isnull=True)
    )
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to"))
    real = Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
    followed = Q(Exists(Duty.objects.filter(same, later, real)))
    return soon & Q(valid_to__gt=F("valid_from")) & ~followed


def scoped_duties(actor: Actor, capability: str = READ) -> QuerySet[Duty]:
    """The duties at places in which the actor holds a capability."""
    return Duty.objects.filter(actor.scope(capability).q("division"))


def get_duty(actor: Actor, duty_id: UUID) -> Duty:
    """One duty of the actor's places, to do something with that is audited itself.

    Raises:
        Http404: when there is none.
    """
    found = scoped_duties(actor).select_related("cadre", "cell").filter(pk=duty_id).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def list_duties(
    actor: Actor, filters: DutyFilters, *, sort: str = "place", page: int = 1, size: int = 50
) -> Page[Duty]:
    """Duties of the actor's places, one page of them; one audit row with the people's ids."""
    found = scoped_duties(actor).filter(filters.q())
    ordered = _with_people(found).order_by(*order_of(SORTS, sort, "place"))
    rows = list(ordered[bounds(page, size)])
    _keep(actor, filters, rows)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_duties(actor: Actor, filters: DutyFilters, *, sort: str = "place") -> list[Duty]:
    """All duties of a list, for a file; one audit row with every id.

    Raises:
        AccessRefused: without the right to manage in the division asked for, or anywhere.
    """
    check_export(actor, filters.division)
    found = scoped_duties(actor, MANAGE).filter(filters.q())
    rows = list(_with_people(found).order_by(*order_of(SORTS, sort, "place")))
    _keep(actor, filters, rows)
    return rows


def _with_people(found: QuerySet[Duty]) -> QuerySet[Duty]:
    return found.select_related("cadre", "organisation", "cell", "successor__cadre")


def _keep(actor: Actor, filters: DutyFilters, rows: Sequence[Duty]) -> None:
    ids = dict.fromkeys(row.cadre_id for row in rows)
    place = filters.division or reach_of(actor, READ)
    record_listed(actor, SUBJECT, filters.as_document(), ids, place)


def count_duties(actor: Actor, filters: DutyFilters) -> int:
    """How many duties a list has; names nobody."""
    return scoped_duties(actor).filter(filters.q()).count()


@dataclass(frozen=True, slots=True)
class Gap:
    """A village that lacks somebody in a role; `last_end` is when the last one ended."""

    village: str
    name: str
    role: str
    last_end: date | None = None


@dataclass(frozen=True, slots=True)
class GapFilters:
    """Of which place and day."""

    division: str = ""
    on: date | None = None
    roles: tuple[str, ...] = field(default_factory=tuple)


def expected_roles() -> list[str]:
    """The roles that every village with households should have."""
    return [each.name for each in load_catalogue().roles.values() if each.expected]


def list_gaps(actor: Actor, filters: GapFilters | None = None) -> list[Gap]:
    """Villages with households in which nobody holds an expected role that day, by code."""
    wanted = filters or GapFilters()
    day = wanted.on or today()
    gaps = []
    for role in wanted.roles or expected_roles():
        villages = list(_villages_without(actor, role, wanted.division, day))
        ends = _last_ends(role, [code for code, _ in villages], day)
        gaps += [Gap(code, name, role, ends.get(code)) for code, name in villages]
    return sorted(gaps, key=lambda each: (each.village, each.role))


def _villages_without(
    actor: Actor, role: str, division: str, day: date
) -> QuerySet[Division, tuple[str, str]]:
    lived_in = Household.objects.filter(village_code=OuterRef("code"), active=True)
    held = Duty.objects.filter(
        holding(day), division=OuterRef("code"), role=role, cell__isnull=True
    )
    found = Division.objects.filter(
        actor.scope(READ).q("code"), within("code", division), holding(day), level=12
    )
    missing = found.filter(Exists(lived_in), ~Exists(held))
    return missing.order_by("code").values_list("code", "name")


def _last_ends(role: str, villages: Sequence[str], day: date) -> dict[str, date]:
    rows = Duty.objects.filter(role=role, division__in=villages, valid_to__lte=day)
    ended = rows.filter(valid_to__gt=F("valid_from")).order_by("valid_to")
    found = ended.values_list("division", "valid_to")
    return {village: end for village, end in found if end is not None}


def count_gaps(actor: Actor, role: str, division: str = "", on: date | None = None) -> int:
    """How many villages lack somebody in a role."""
    return _villages_without(actor, role, division, on or today()).count()


@transaction.atomic
def who_holds(actor: Actor, division: str, role: str, on: date | None = None) -> list[Duty]:
    """Who holds a role in exactly that division on a day; one audit row when there is somebody."""
    filters = DutyFilters((role,), division, CURRENT, on)
    found = _with_people(scoped_duties(actor).filter(filters.q(), division=division))
    rows = list(found.order_by("valid_from", "id"))
    if rows:
        _keep(actor, filters, rows)
    return rows
