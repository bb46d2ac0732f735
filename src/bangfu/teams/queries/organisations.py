"""Reading organisations. They are no persons, but a list shows those of the reader's places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.foundation.clock.api import today
from bangfu.registry.api import Page
from bangfu.teams.models import Cadre, Organisation, OrganisationSuccession
from bangfu.teams.models.periods import holding
from bangfu.teams.permissions import READ
from bangfu.teams.queries.pages import bounds, order_of, within

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

SORTS: Final = {
    "name": ("name", "valid_from", "id"),
    "kind": ("kind", "name", "id"),
    "division": ("division", "name", "id"),
    "valid_from": ("valid_from", "name", "id"),
}


@dataclass(frozen=True, slots=True)
class OrganisationFilters:
    """What a list of organisations is narrowed to.

    Attributes:
        on: only those that bear their name on that day; None for all, ended ones too.
    """

    division: str = ""
    kinds: tuple[str, ...] = ()
    on: date | None = None
    words: str = ""

    def q(self) -> Q:
        """The same as a condition."""
        wanted = within("division", self.division)
        if self.kinds:
            wanted &= Q(kind__in=self.kinds)
        if self.on is not None:
            wanted &= holding(self.on)
        typed = self.words.strip()
        if typed:
            wanted &= Q(name__contains=typed) | Q(credit_code=typed.upper())
        return wanted


def scoped_organisations(actor: Actor, capability: str = READ) -> QuerySet[Organisation]:
    """The organisations of the places in which the actor holds a capability."""
    return Organisation.objects.filter(actor.scope(capability).q("division"))


def get_organisation(actor: Actor, organisation_id: UUID) -> Organisation:
    """One organisation of the actor's places.

    Raises:
        Http404: when there is none.
    """
    found = scoped_organisations(actor).filter(pk=organisation_id).first()
    if found is None:
        raise Http404
    return found


def list_organisations(
    actor: Actor,
    filters: OrganisationFilters,
    *,
    sort: str = "name",
    page: int = 1,
    size: int = 50,
) -> Page[Organisation]:
    """Organisations of the actor's places with the number of people from each, as `people`."""
    found = scoped_organisations(actor).filter(filters.q())
    ordered = counted(found).order_by(*order_of(SORTS, sort, "name"))
    return Page(list(ordered[bounds(page, size)]), max(page, 1), size, found.count())


def counted(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The organisations with the number of people who come from each."""
    people = (
        Cadre.objects.filter(organisation=OuterRef("pk"))
        .order_by()
        .values("organisation")
        .annotate(n=Count("id"))
        .values("n")
    )
    return found.annotate(people=Subquery(people))


def export_organisations(
    actor: Actor, filters: OrganisationFilters, *, sort: str = "name"
) -> list[Organisation]:
    """All organisations of a list."""
    found = scoped_organisations(actor).filter(filters.q())
    return list(counted(found).order_by(*order_of(SORTS, sort, "name")))


def list_choices(actor: Actor, on: date | None = None) -> list[Organisation]:
    """The organisations a person may come from: of the actor's places and of those above them."""
    places = actor.scope(READ).divisions
    above = {str(code) for place in places for code in (*place.ancestors(), place)}
    near = Q(division__in=above) | actor.scope(READ).q("division")
    return list(Organisation.objects.filter(near, holding(on or today())).order_by("name"))


def list_successions(organisation: Organisation) -> list[OrganisationSuccession]:
    """What an organisation came from and what became of it, by day."""
    either = Q(predecessor=organisation) | Q(successor=organisation)
    found = OrganisationSuccession.objects.filter(either)
    return list(found.select_related("predecessor", "successor").order_by("day", "id"))
