"""Whose numbers are taken: households and people of a file that others in the register have.

Whoever asks learns of a place outside their scope only that the number is taken, never by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.bulk.api import fetch_by
from bangfu.registry.models import Household, Member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

    from django.db.models import Q

    from bangfu.foundation.access.api import Scope

PERSON: Final = "person_number"
IDENTITY: Final = "id_number"


@dataclass(frozen=True, slots=True)
class Claim:
    """What one household's members would carry: person numbers and fingerprints, by item."""

    household_id: UUID
    person_number: frozenset[Any]
    id_number: frozenset[Any]

    def keys(self, item: str) -> frozenset[Any]:
        """The person numbers, or the fingerprints."""
        return self.person_number if item == PERSON else self.id_number


def claim_of(household_id: UUID, members: Sequence[Mapping[str, Any]]) -> Claim:
    """What the members of a document carry."""
    return Claim(
        household_id,
        frozenset(each[PERSON] for each in members),
        frozenset(bytes.fromhex(each[IDENTITY]["fingerprint"]) for each in members),
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A number that a claim wants and an active member of another household has.

    Attributes:
        owner_number: that household's number; empty when it lies outside the scope.
    """

    claim: Claim
    item: str
    key: Any
    owner_number: str


def find_elsewhere(numbers: Collection[str], scope: Scope) -> set[str]:
    """Which of the household numbers belong to households outside the scope."""
    rows = Household.objects.exclude(scope.q("village_code"))
    return set(
        fetch_by(rows.values_list("household_number", flat=True), "household_number", numbers)
    )


def find_taken(claims: Sequence[Claim], scope: Scope) -> list[Taken]:
    """Every number of the claims that a household outside them keeps.

    A household among the claims lets go of what it claims no more. One that is refused here keeps
    what it has, which may refuse another in turn: the search goes on until nothing changes.

    Args:
        claims: of households that lie in the scope or are new.
        scope: where the asker may know whose a number is.
    """
    owners = {item: _owners(item, claims, scope) for item in (PERSON, IDENTITY)}
    standing = {claim.household_id: claim for claim in claims}
    taken: list[Taken] = []
    while fresh := [
        each for claim in standing.values() for each in _taken_from(claim, owners, standing)
    ]:
        taken += fresh
        for each in fresh:
            standing.pop(each.claim.household_id, None)
    return taken


_Owner = tuple["UUID | None", str]
"""Id and number of a household; neither is known outside the scope."""


def _owners(item: str, claims: Sequence[Claim], scope: Scope) -> dict[Any, _Owner]:
    column = PERSON if item == PERSON else "id_number_fingerprint"
    wanted: Collection[Any] = {key for claim in claims for key in claim.keys(item)}
    inside: Q = scope.q("household__village_code")
    rows = Member.objects.filter(inside, active=True).values_list(
        column, "household_id", "household__household_number"
    )
    beyond = Member.objects.filter(~inside, active=True).values_list(column, flat=True)
    owners: dict[Any, _Owner] = {
        _plain(key): (None, "") for key in fetch_by(beyond, column, wanted)
    }
    for key, household_id, number in fetch_by(rows, column, wanted):
        owners[_plain(key)] = (household_id, number)
    return owners


def _plain(key: Any) -> Any:
    """A person number as it is, a fingerprint as bytes on either database."""
    return key if isinstance(key, str) else bytes(key)


def _taken_from(
    claim: Claim,
    owners: Mapping[str, Mapping[Any, _Owner]],
    standing: Mapping[UUID, Claim],
) -> list[Taken]:
    found = []
    for item, owned in owners.items():
        for key in claim.keys(item):
            owner_id, number = owned.get(key, (claim.household_id, ""))
            if owner_id == claim.household_id:
                continue
            owner = standing.get(owner_id) if owner_id else None
            if owner is None or key in owner.keys(item):
                found.append(Taken(claim, item, key, number))
    return found
