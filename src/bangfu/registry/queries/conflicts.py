"""Whose numbers are taken: people of a file who are active members elsewhere in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.bulk.api import fetch_by
from bangfu.registry.models import Member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from uuid import UUID

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
    """A number that a claim wants and an active member of another household has."""

    claim: Claim
    item: str
    key: Any
    owner_id: UUID
    owner_number: str


def find_taken(claims: Sequence[Claim]) -> list[Taken]:
    """Every number of the claims that a household outside them keeps.

    A household among the claims lets go of what it claims no more. One that is refused here keeps
    what it has, which may refuse another in turn: the search goes on until nothing changes.
    """
    owners = {item: _owners(item, claims) for item in (PERSON, IDENTITY)}
    standing = {claim.household_id: claim for claim in claims}
    taken: list[Taken] = []
    while fresh := [
        each for claim in standing.values() for each in _taken_from(claim, owners, standing)
    ]:
        taken += fresh
        for each in fresh:
            standing.pop(each.claim.household_id, None)
    return taken


def _owners(item: str, claims: Sequence[Claim]) -> dict[Any, tuple[UUID, str]]:
    column = PERSON if item == PERSON else "id_number_fingerprint"
    wanted: Collection[Any] = {key for claim in claims for key in claim.keys(item)}
    rows = Member.objects.filter(active=True).values_list(
        column, "household_id", "household__household_number"
    )
    return {
        bytes(key) if item == IDENTITY else key: (household_id, number)
        for key, household_id, number in fetch_by(rows, column, wanted)
    }


def _taken_from(
    claim: Claim,
    owners: Mapping[str, Mapping[Any, tuple[UUID, str]]],
    standing: Mapping[UUID, Claim],
) -> list[Taken]:
    found = []
    for item, owned in owners.items():
        for key in claim.keys(item):
            owner_id, number = owned.get(key, (claim.household_id, ""))
            if owner_id == claim.household_id:
                continue
            owner = standing.get(owner_id)
            if owner is None or key in owner.keys(item):
                found.append(Taken(claim, item, key, owner_id, number))
    return found
