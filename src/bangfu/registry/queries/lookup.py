"""Finding many households at once by numbers that others know them by; for lists of other offices.

Whoever looks up needs not be allowed to read the register: they hand in numbers, a service above
tells them how many were found. So the capability is the caller's, the place is the list's, and
nothing here is for a page. The caller keeps the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.secrets.api import fingerprint_many
from bangfu.kernel.division import DivisionCode
from bangfu.registry.domain.documents_of_identity import identity_key
from bangfu.registry.models import Household, Member

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class MemberFound:
    """Somebody on the rolls, found by a document number; `labour` is empty when unknown."""

    household_id: UUID
    household_key: int
    household_number: str
    village_code: str
    member_id: UUID
    name: str
    labour: str


@dataclass(frozen=True, slots=True)
class HouseholdFound:
    """A household on the rolls, found by its number, with the names of its members."""

    household_id: UUID
    household_key: int
    village_code: str
    names: frozenset[str]


def identity_fingerprints(numbers: Iterable[str]) -> list[bytes]:
    """What people are found by: the keyed hash of the first 18 characters of a document number."""
    return fingerprint_many("identity", (identity_key(number) for number in numbers))


def find_members_by_identity(
    actor: Actor, capability: str, division: str, fingerprints: Collection[bytes]
) -> dict[bytes, MemberFound]:
    """The members on the rolls of a place by the fingerprint of their document number.

    Args:
        actor: needs `capability` in `division`.
        capability: what the lookup is part of, such as handing in a list.
        division: where to look; who lives elsewhere is not found.
        fingerprints: as `identity_fingerprints` gives them.

    Raises:
        AccessRefused: without the capability in the division.
    """
    actor.check(capability, division)
    rows = Member.objects.filter(active=True, household__in=_inside(division)).values_list(
        "id_number_fingerprint",
        "household_id",
        "household__household_key",
        "household__household_number",
        "household__village_code",
        "id",
        "name",
        "labour",
    )
    found = fetch_by(rows, "id_number_fingerprint", fingerprints)
    return {bytes(row[0]): MemberFound(*row[1:]) for row in found}


def find_households_by_number(
    actor: Actor, capability: str, division: str, numbers: Collection[str]
) -> dict[str, HouseholdFound]:
    """The households on the rolls of a place by their number.

    Args:
        actor, capability, division: as `find_members_by_identity` takes them.
        numbers: household numbers, whole.

    Raises:
        AccessRefused: without the capability in the division.
    """
    actor.check(capability, division)
    rows = _inside(division).values_list("household_number", "id", "household_key", "village_code")
    found = list(fetch_by(rows, "household_number", numbers))
    names: dict[UUID, set[str]] = {}
    members = Member.objects.filter(active=True).values_list("household_id", "name")
    for household_id, name in fetch_by(members, "household_id", [row[1] for row in found]):
        names.setdefault(household_id, set()).add(name)
    return {
        number: HouseholdFound(row, key, village, frozenset(names.get(row, ())))
        for number, row, key, village in found
    }


def _inside(division: str) -> QuerySet[Household]:
    place = DivisionCode(division)
    return Household.objects.filter(
        active=True, village_code__gte=place, village_code__lt=place.ceiling
    )


def producers_of(
    actor: Actor, capability: str, division: str, *, only: int | None = None
) -> list[tuple[int, str, tuple[str, ...]]]:
    """Key, village and main products of every household of a place that has main products.

    With `only`, of the one household that has this key.

    Raises:
        AccessRefused: without the capability in the division.
    """
    actor.check(capability, division)
    rows = _inside(division).exclude(main_products="")
    if only is not None:
        rows = rows.filter(household_key=only)
    found = rows.values_list("household_key", "village_code", "main_products")
    return [(key, village, tuple(products)) for key, village, products in found]
