"""Reading people: those of the actor's places, and those who serve or help there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from bangfu.foundation.audit.api import hidden_text, record_listed, record_opened
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Refused
from bangfu.policy.api import active_pack
from bangfu.registry.api import Page
from bangfu.teams.models import Cadre, Duty, Pairing
from bangfu.teams.models.periods import holding
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.duties import SUBJECT, scoped_duties
from bangfu.teams.queries.pages import bounds, check_export, order_of, reach_of, within
from bangfu.teams.queries.pairings import SUBJECT as HOUSEHOLD
from bangfu.teams.queries.pairings import VILLAGE, both, scoped_pairings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

LIMIT: Final = "helper_household_limit"
"""The parameter: how many households one person may help at once."""
SORTS: Final = {
    "name": ("sort_key", "number"),
    "households": ("households", "sort_key", "number"),
}


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What a list of people is narrowed to.

    Attributes:
        over: only who helps more households than this; None for all.
    """

    division: str = ""
    over: int | None = None
    words: str = ""

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        found: dict[str, Any] = {"division": self.division} if self.division else {}
        if self.over is not None:
            found["over"] = self.over
        return found | ({"search": hidden_text(self.words)} if self.words else {})


def household_limit(division: str, on: date | None = None) -> int | None:
    """How many households one person may help in a place on a day; None when nobody set it."""
    day = on or today()
    try:
        return active_pack(day).parameters_on(day, division).get(LIMIT)
    except Refused:
        # No policy is in force: then no limit is either.
        return None


def scoped_cadres(actor: Actor, capability: str = READ) -> QuerySet[Cadre]:
    """People entered in the actor's places, and those who serve or help there, now or before."""
    serving = Duty.objects.filter(actor.scope(capability).q("division"), cadre=OuterRef("pk"))
    helping = Pairing.objects.filter(both(actor, VILLAGE, capability), cadre=OuterRef("pk"))
    own = actor.scope(capability).q("division")
    return Cadre.objects.filter(own | Q(Exists(serving)) | Q(Exists(helping)))


def _filtered(actor: Actor, filters: PeopleFilters, capability: str) -> QuerySet[Cadre]:
    """People with `households`: how many of the actor's households each helps today."""
    helped = (
        Pairing.objects.filter(both(actor, VILLAGE), holding(today()), cadre=OuterRef("pk"))
        .order_by()
        .values("cadre")
        .annotate(n=Count("id"))
        .values("n")
    )
    number = Coalesce(Subquery(helped, output_field=IntegerField()), 0)
    found = scoped_cadres(actor, capability).annotate(households=number)
    if filters.division:
        serving = Duty.objects.filter(within("division", filters.division), cadre=OuterRef("pk"))
        helping = Pairing.objects.filter(within(VILLAGE, filters.division), cadre=OuterRef("pk"))
        own = within("division", filters.division)
        found = found.filter(own | Q(Exists(serving)) | Q(Exists(helping)))
    if filters.over is not None:
        found = found.filter(households__gt=filters.over)
    typed = filters.words.strip()
    return found.filter(Q(name__startswith=typed) | Q(number=typed.upper())) if typed else found


@transaction.atomic
def list_people(
    actor: Actor, filters: PeopleFilters, *, sort: str = "name", page: int = 1, size: int = 50
) -> Page[Cadre]:
    """People of the actor's places, one page of them; one audit row with their ids."""
    found = _filtered(actor, filters, READ)
    ordered = found.select_related("organisation").order_by(*order_of(SORTS, sort, "name"))
    rows = list(ordered[bounds(page, size)])
    _keep(actor, filters, rows)
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_people(actor: Actor, filters: PeopleFilters, *, sort: str = "name") -> list[Cadre]:
    """All people of a list, for a file; one audit row with every id.

    Raises:
        AccessRefused: without the right to manage in the division asked for, or anywhere.
    """
    check_export(actor, filters.division)
    found = _filtered(actor, filters, MANAGE).select_related("organisation")
    rows = list(found.order_by(*order_of(SORTS, sort, "name")))
    _keep(actor, filters, rows)
    return rows


def _keep(actor: Actor, filters: PeopleFilters, rows: Sequence[Cadre]) -> None:
    place = filters.division or reach_of(actor, READ)
    record_listed(actor, SUBJECT, filters.as_document(), [row.pk for row in rows], place)


def count_people(actor: Actor, filters: PeopleFilters) -> int:
    """How many people a list has; names nobody."""
    return _filtered(actor, filters, READ).count()


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with what the actor may see of them, the latest first."""

    cadre: Cadre
    duties: list[Duty]
    pairings: list[Pairing]


def get_cadre(actor: Actor, cadre_id: UUID) -> Cadre:
    """One person of the actor's places, to do something with that is audited itself.

    Raises:
        Http404: when there is none.
    """
    found = scoped_cadres(actor).select_related("organisation", "account")
    cadre = found.filter(pk=cadre_id).first()
    if cadre is None:
        raise Http404
    return cadre


@transaction.atomic
def open_person(actor: Actor, cadre_id: UUID) -> PersonView:
    """Open one person: duties and households through time; one audit row, one for households.

    Raises:
        Http404: when there is none in the actor's places.
    """
    cadre = get_cadre(actor, cadre_id)
    duties = scoped_duties(actor).filter(cadre=cadre).select_related("organisation", "cell")
    pairings = scoped_pairings(actor).filter(cadre=cadre).select_related("household")
    helped = list(
        pairings.order_by("valid_to", "household__village_code", "household__head_sort_key")
    )
    record_opened(actor, SUBJECT, cadre.pk, cadre.division)
    if helped:
        households = dict.fromkeys(each.household_id for each in helped)
        filters = {"list": "person", "cadre": str(cadre.pk)}
        record_listed(actor, HOUSEHOLD, filters, households, reach_of(actor, READ))
    return PersonView(cadre, list(duties.order_by("-valid_from", "role")), helped)


def places_of(actor: Actor, cadre: Cadre) -> list[str]:
    """Where the actor meets a person: the place that entered them, and where they serve or help."""
    duties = scoped_duties(actor).filter(cadre=cadre).values_list("division", flat=True)
    villages = scoped_pairings(actor).filter(cadre=cadre).values_list(VILLAGE, flat=True)
    return [cadre.division, *dict.fromkeys([*duties, *villages])]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A user who serves in a place and could be asked to do something there."""

    person_id: UUID
    name: str
    role: str
    division: str


def list_candidates(actor: Actor, division: str, on: date | None = None) -> list[Candidate]:
    """The users who hold a duty in a place on a day, the finest place first."""
    rows = scoped_duties(actor).filter(
        holding(on or today()), within("division", division), cadre__account__is_active=True
    )
    found = rows.select_related("cadre").order_by("-division", "role", "cadre__sort_key")
    return [
        Candidate(row.cadre.account_id, row.cadre.name, row.role, row.division)
        for row in found
        if row.cadre.account_id is not None
    ]
