"""Reading pairings. They name households, so they are shown to who may see both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from bangfu.foundation.audit.api import hidden_text, record_listed
from bangfu.foundation.clock.api import today
from bangfu.registry.api import READ as READ_HOUSEHOLDS
from bangfu.registry.api import Household, Page
from bangfu.teams.domain.catalogue import load_catalogue
from bangfu.teams.models import Pairing
from bangfu.teams.models.periods import holding
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.pages import bounds, check_export, order_of, reach_of, within

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

VILLAGE: Final = "household__village_code"
SUBJECT: Final = "household"
SORTS: Final = {
    "household": ("household__head_sort_key", "household__household_number", "id"),
    "name": ("cadre__sort_key", "household__head_sort_key", "id"),
    "place": (VILLAGE, "household__head_sort_key", "id"),
    "valid_from": ("valid_from", "id"),
    "valid_to": ("valid_to", "id"),
}
_UNHELPED_SORTS: Final = {
    "household": ("head_sort_key", "household_number"),
    "place": ("village_code", "head_sort_key", "household_number"),
}


@dataclass(frozen=True, slots=True)
class PairingFilters:
    """What a list of pairings is narrowed to.

    Attributes:
        state: `current` or `ended` on the day; empty for all.
        main: only main helpers, or only the others.
        words: the beginning of the head's or the helper's name, or a household number.
    """

    division: str = ""
    state: str = "current"
    main: bool | None = None
    on: date | None = None
    words: str = ""

    @property
    def day(self) -> date:
        """The day looked at."""
        return self.on or today()

    def q(self) -> Q:
        """The same as a condition."""
        wanted = within(VILLAGE, self.division)
        if self.state == "current":
            wanted &= holding(self.day)
        elif self.state == "ended":
            wanted &= Q(valid_to__lte=self.day)
        if self.main is not None:
            wanted &= Q(main=self.main)
        typed = self.words.strip()
        return wanted & _matches(typed) if typed else wanted

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        named = {"division": self.division, "state": self.state, "main": self.main}
        found = {name: value for name, value in named.items() if value not in ("", None)}
        found["on"] = self.day.isoformat()
        return found | ({"search": hidden_text(self.words)} if self.words else {})


def _matches(typed: str) -> Q:
    return (
        Q(household__head_name__startswith=typed)
        | Q(household__household_number=typed)
        | Q(cadre__name__startswith=typed)
    )


def both(actor: Actor, field: str, capability: str = READ) -> Q:
    """Where the actor holds a capability of this room and may see households as well."""
    return actor.scope(capability).q(field) & actor.scope(READ_HOUSEHOLDS).q(field)


def scoped_pairings(actor: Actor, capability: str = READ) -> QuerySet[Pairing]:
    """The pairings of households of the actor's places."""
    return Pairing.objects.filter(both(actor, VILLAGE, capability))


def get_pairing(actor: Actor, pairing_id: UUID) -> Pairing:
    """One pairing of the actor's places, to do something with that is audited itself.

    Raises:
        Http404: when there is none.
    """
    rows = scoped_pairings(actor).select_related("household", "cadre")
    found = rows.filter(pk=pairing_id).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def list_pairings(
    actor: Actor, filters: PairingFilters, *, sort: str = "place", page: int = 1, size: int = 50
) -> Page[Pairing]:
    """Pairings of the actor's places, one page of them; one audit row with the households."""
    found = scoped_pairings(actor).filter(filters.q())
    ordered = _with_names(found).order_by(*order_of(SORTS, sort, "place"))
    rows = list(ordered[bounds(page, size)])
    _keep(actor, filters, [row.household_id for row in rows])
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_pairings(actor: Actor, filters: PairingFilters, *, sort: str = "place") -> list[Pairing]:
    """All pairings of a list, for a file; one audit row with every household.

    Raises:
        AccessRefused: without the right to manage in the division asked for, or anywhere.
    """
    check_export(actor, filters.division)
    found = scoped_pairings(actor, MANAGE).filter(filters.q())
    rows = list(_with_names(found).order_by(*order_of(SORTS, sort, "place")))
    _keep(actor, filters, [row.household_id for row in rows])
    return rows


def _with_names(found: QuerySet[Pairing]) -> QuerySet[Pairing]:
    return found.select_related("household", "cadre", "organisation")


def _keep(actor: Actor, filters: PairingFilters, households: Sequence[UUID]) -> None:
    place = filters.division or reach_of(actor, READ)
    ids = dict.fromkeys(households)
    record_listed(actor, SUBJECT, {**filters.as_document(), "list": "pairings"}, ids, place)


def count_pairings(actor: Actor, filters: PairingFilters) -> int:
    """How many pairings a list has; names nobody."""
    return scoped_pairings(actor).filter(filters.q()).count()


def should_be_helped() -> Q:
    """The households for which somebody should be named, by the table's codes."""
    wanted = Q()
    for item, codes in load_catalogue().helped.items():
        wanted |= Q(**{f"{item}__in": codes})
    return wanted


def _unhelped(actor: Actor, division: str, day: date) -> QuerySet[Household]:
    helped = Pairing.objects.filter(holding(day), household=OuterRef("pk"))
    found = Household.objects.filter(
        both(actor, "village_code"), within("village_code", division), active=True
    )
    return found.filter(should_be_helped()).filter(~Exists(helped))


@transaction.atomic
def list_unhelped(
    actor: Actor, division: str = "", *, sort: str = "place", page: int = 1, size: int = 50
) -> Page[Household]:
    """Households that should have a helper and have none today; one audit row with their ids."""
    found = _unhelped(actor, division, today())
    rows = list(found.order_by(*order_of(_UNHELPED_SORTS, sort, "place"))[bounds(page, size)])
    _keep(actor, PairingFilters(division, "unhelped"), [row.pk for row in rows])
    return Page(rows, max(page, 1), size, found.count())


@transaction.atomic
def export_unhelped(actor: Actor, division: str = "", *, sort: str = "place") -> list[Household]:
    """All households without a helper, for a file; one audit row with every id.

    Raises:
        AccessRefused: without the right to manage in the division asked for, or anywhere.
    """
    check_export(actor, division)
    found = _unhelped(actor, division, today()).filter(both(actor, "village_code", MANAGE))
    rows = list(found.order_by(*order_of(_UNHELPED_SORTS, sort, "place")))
    _keep(actor, PairingFilters(division, "unhelped"), [row.pk for row in rows])
    return rows


def count_unhelped(actor: Actor, division: str = "", on: date | None = None) -> int:
    """How many households should have a helper and have none; names nobody."""
    return _unhelped(actor, division, on or today()).count()


def list_helpers(
    actor: Actor, household_id: UUID, on: date | None = None, *, past: bool = False
) -> list[Pairing]:
    """Who helps a household on a day, the main one first; with `past`, also who did.

    Opening the household covers this in the audit.
    """
    found = _with_names(scoped_pairings(actor).filter(household_id=household_id))
    held = found if past else found.filter(holding(on or today()))
    return list(held.order_by("-main", "valid_from", "id"))


def find_household(actor: Actor, household_id: UUID) -> Household | None:
    """A household of the actor's places to pair somebody with, or None; opens nothing."""
    return Household.objects.filter(both(actor, "village_code"), pk=household_id).first()
