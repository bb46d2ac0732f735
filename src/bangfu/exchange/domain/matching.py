"""Whom a row means: the one household it surely means, or why that is not sure.

A number that leads to somebody of another name, two numbers that lead to two households, a place
that is not the household's: each is left to a person. Nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bangfu.exchange.domain.feeds import HOUSEHOLD, IDENTITY, NAME, PLACE
from bangfu.exchange.domain.rows import plain_name
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from bangfu.exchange.domain.rows import Values


class Doubt(StrEnum):
    """Why a row was not matched."""

    NOT_FOUND = "not_found"
    NAME_DIFFERS = "name_differs"
    TWO_HOUSEHOLDS = "two_households"
    LIVES_ELSEWHERE = "lives_elsewhere"


class FoundHousehold(Protocol):
    """A household the register found."""

    @property
    def household_id(self) -> UUID:
        """Its id."""

    @property
    def village_code(self) -> str:
        """Where it is registered."""

    @property
    def names(self) -> frozenset[str]:
        """Who lives in it."""


class FoundMember(Protocol):
    """A member the register found by a document number."""

    @property
    def household_id(self) -> UUID:
        """The household's id."""

    @property
    def village_code(self) -> str:
        """Where the household is registered."""

    @property
    def member_id(self) -> UUID:
        """Its id."""

    @property
    def name(self) -> str:
        """The member's name."""

    @property
    def labour(self) -> str:
        """A code of the list `labour`; empty when unknown."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row's household, with the member where a document number led to one; or the doubt."""

    household_id: UUID | None = None
    member_id: UUID | None = None
    labour: str = ""
    doubt: Doubt | None = None


def match_row(
    values: Values, member: FoundMember | None, household: FoundHousehold | None
) -> Match:
    """Whom a row means.

    Args:
        values: what the row says.
        member: who has its document number, in the place the list is for.
        household: who has its household number, in the same place.
    """
    doubt = _doubt(values, member, household)
    if doubt is not None:
        return Match(doubt=doubt)
    if member is not None:
        return Match(member.household_id, member.member_id, member.labour)
    return Match(household.household_id if household else None)


def _doubt(
    values: Values, member: FoundMember | None, household: FoundHousehold | None
) -> Doubt | None:
    found = member or household
    lost = (IDENTITY in values and member is None) or (HOUSEHOLD in values and household is None)
    if found is None or lost:
        return Doubt.NOT_FOUND
    if member and household and member.household_id != household.household_id:
        return Doubt.TWO_HOUSEHOLDS
    if _differs(values, {member.name} if member else household.names if household else ()):
        return Doubt.NAME_DIFFERS
    if PLACE in values and not DivisionCode(values[PLACE]).contains(found.village_code):
        return Doubt.LIVES_ELSEWHERE
    return None


def _differs(values: Values, names: Collection[str]) -> bool:
    return NAME in values and plain_name(values[NAME]) not in map(plain_name, names)
