"""Reading households: always inside the actor's scope, always audited.

Opening one is one audit row, a list or search one row with the ids it showed, a count one row
without ids; all in the transaction of the read. Nothing here writes to the register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.http import Http404

from bangfu.foundation.audit.api import hidden_text, record_counted, record_listed, record_opened
from bangfu.kernel.division import NATION, DivisionCode
from bangfu.registry.models import Household, IncomeStatement, Member
from bangfu.registry.permissions import EXPORT, READ
from bangfu.registry.queries.divisions import list_children
from bangfu.registry.queries.pages import Page, bounds
from bangfu.registry.queries.searching import find_typed, matching

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

PAGE_SIZE: Final = 50
SUBJECT: Final = "household"

SORTS: Final = {
    "name": ("head_sort_key", "household_number"),
    "number": ("household_number",),
    "village": ("village_code", "head_sort_key", "household_number"),
    "size": ("size", "household_number"),
    "data_date": ("data_date", "household_number"),
}
"""Orders of the list by name; a leading `-` turns one round."""

_CODES: Final = ("household_type", "monitoring_category", "housing_grade")
_FLAGS: Final = ("relocated", "safety_net_household", "water_safe")


@dataclass(frozen=True, slots=True)
class HouseholdFilters:
    """What a list is narrowed to; an empty filter narrows nothing.

    Attributes:
        division: a place; its households and those of the places in it.
        active: only households that are on the rolls.
        words: the beginning of a name, or a whole number, as `search_households` takes it.
    """

    division: str = ""
    household_type: str = ""
    monitoring_category: str = ""
    housing_grade: str = ""
    relocated: bool | None = None
    safety_net_household: bool | None = None
    water_safe: bool | None = None
    active: bool = True
    words: str = ""

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        names = ("division", *_CODES, *_FLAGS)
        wanted = {name: getattr(self, name) for name in names}
        found = {name: value for name, value in wanted.items() if value not in ("", None)}
        return found | ({"search": hidden_text(self.words)} if self.words else {})

    def q(self) -> Q:
        """The same as a condition on households."""
        place = DivisionCode(self.division)
        wanted = Q(village_code__gte=place, village_code__lt=place.ceiling) if place else Q()
        if self.active:
            wanted &= Q(active=True)
        for name in _CODES:
            if getattr(self, name):
                wanted &= Q(**{name: getattr(self, name)})
        for name in _FLAGS:
            if getattr(self, name) is not None:
                wanted &= Q(**{name: getattr(self, name)})
        return wanted & matching(self.words.strip()) if self.words.strip() else wanted


def scoped_households(actor: Actor, capability: str = READ) -> QuerySet[Household]:
    """Every household in which the actor holds a capability; not audited, for services only."""
    return Household.objects.filter(actor.scope(capability).q("village_code"))


def reach_of(actor: Actor, capability: str = READ) -> DivisionCode:
    """The smallest division that holds everything the actor reaches, for the audit."""
    places = actor.scope(capability).divisions
    if not places:
        return NATION
    above = [*places[0].ancestors(), places[0]]
    return max((each for each in above if all(map(each.contains, places))), key=len)


@transaction.atomic
def get_household(actor: Actor, household_id: UUID) -> Household:
    """Open one household.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    household = scoped_households(actor).filter(pk=household_id).first()
    if household is None:
        raise Http404
    record_opened(actor, SUBJECT, household.id, household.village_code)
    return household


def find_household_by_number(actor: Actor, number: str) -> UUID | None:
    """The id of the household with this number in the actor's scope, or None; opens nothing."""
    found = scoped_households(actor).filter(household_number=number)
    return found.values_list("id", flat=True).first()


@transaction.atomic
def list_households(
    actor: Actor,
    filters: HouseholdFilters | None = None,
    *,
    sort: str = "name",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page[Household]:
    """Households in the actor's scope, one page of them.

    Args:
        actor: who looks.
        filters: what the list is narrowed to.
        sort: a name of `SORTS`, with `-` before it for the other way round; else by name.
        page: which page, from 1.
        size: households a page.
    """
    wanted = filters or HouseholdFilters()
    found = scoped_households(actor).filter(wanted.q())
    rows = list(found.order_by(*_order(sort))[bounds(page, size)])
    document = {**wanted.as_document(), "sort": sort, "page": page}
    place = wanted.division or reach_of(actor)
    record_listed(actor, SUBJECT, document, [row.id for row in rows], place)
    return Page(rows, max(page, 1), size, found.count())


def _order(sort: str) -> list[str]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return [f"-{column}" if sort.startswith("-") else column for column in columns]


@dataclass(frozen=True, slots=True)
class DivisionCount:
    """How many households and people on the rolls a division has."""

    code: str
    name: str
    households: int
    members: int


@transaction.atomic
def count_households(actor: Actor, division: str = "") -> list[DivisionCount]:
    """Households and members by the divisions right below `division`, as far as the actor sees.

    Divisions without households are there with zero.
    """
    children = list_children(division)
    if not children:
        return []
    record_counted(actor, SUBJECT, {"division": division}, division)
    width = children[0].level
    inside = HouseholdFilters(division=division).q()
    found = scoped_households(actor).filter(inside).annotate(place=Substr("village_code", 1, width))
    households = dict(found.values_list("place").annotate(n=Count("id")).order_by())
    persons = (
        Member.objects.filter(household__in=found, active=True)
        .annotate(place=Substr("household__village_code", 1, width))
        .values_list("place")
        .annotate(n=Count("id"))
        .order_by()
    )
    members = dict(persons)
    return [
        DivisionCount(each.code, each.name, households.get(each.code, 0), members.get(each.code, 0))
        for each in children
        if actor_sees(actor, each.code)
    ]


def actor_sees(actor: Actor, division: str) -> bool:
    """Whether the actor may read households in the whole of a division, or in a part of it."""
    place = DivisionCode(division)
    return any(place.contains(each) or each.contains(place) for each in actor.scope(READ).divisions)


@transaction.atomic
def search_households(actor: Actor, text: str, *, limit: int = 20) -> list[Household]:
    """Households by the beginning of a head's or member's name, by number, by document or phone.

    A document number is found whole only, by its keyed hash; what was typed is not kept, in the
    audit only how long it was. Who left the rolls is found as well, after those who are on them.

    Args:
        actor: who looks.
        text: what was typed; spaces around it do not count.
        limit: how many at most.
    """
    typed = text.strip()
    if not typed:
        return []
    rows = find_typed(scoped_households(actor), typed, limit)
    filters = {"search": hidden_text(typed)}
    record_listed(actor, SUBJECT, filters, [row.id for row in rows], reach_of(actor))
    return rows


def list_members(actor: Actor, household: Household, *, left: bool = False) -> list[Member]:
    """The members of a household the actor has opened, head first, then by age.

    Args:
        actor: who looks; a household outside their scope has no members for them.
        household: as `get_household` answered; opening it covers its members in the audit.
        left: also those who left.
    """
    if not actor.scope(READ).contains(household.village_code):
        return []
    found = household.members.order_by("birth_date", "person_number")
    rows = list(found if left else found.filter(active=True))
    return sorted(rows, key=lambda member: (not member.active, member.relation != "head"))


def list_incomes(actor: Actor, household: Household) -> list[IncomeStatement]:
    """The income statements of a household the actor has opened, the oldest year first."""
    if not actor.scope(READ).contains(household.village_code):
        return []
    return list(household.incomes.order_by("income_year", "income_purpose"))


@transaction.atomic
def export_households(
    actor: Actor, filters: HouseholdFilters | None = None, *, sort: str = "name"
) -> list[Household]:
    """All households of a list, for a file; one audit row with every id.

    Raises:
        AccessRefused: without the right to export in the division asked for, or anywhere.
    """
    wanted = filters or HouseholdFilters()
    place = wanted.division or reach_of(actor, EXPORT)
    if wanted.division or not actor.holds(EXPORT):
        actor.check(EXPORT, place)
    found = scoped_households(actor, EXPORT).filter(wanted.q())
    rows = list(found.order_by(*_order(sort)))
    document = {**wanted.as_document(), "sort": sort, "export": True}
    record_listed(actor, SUBJECT, document, [row.id for row in rows], place)
    return rows
