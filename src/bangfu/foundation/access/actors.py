"""Actors and scopes: who acts, and which rows that lets them reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from bangfu.foundation.access.domain.capabilities import declared_capabilities
from bangfu.foundation.access.domain.grants import Grant, reach_of
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import DivisionCode, common_division
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from uuid import UUID


def words_for(capability: str) -> str:
    """The capability in the reader's words; its name when nobody declared it."""
    known = declared_capabilities().get(capability)
    return known.label(reader_language()) if known else capability


class AccessRefused(Refused):
    """The actor may not do this there."""

    def __init__(self, capability: str, division: str) -> None:
        values = {"capability": words_for(capability), "division": division}
        super().__init__(Problem("access.refused", values=values))
        self.capability = str(capability)
        self.division = str(division)


@dataclass(frozen=True, slots=True)
class Scope:
    """The divisions in which an actor holds a capability, minimal and sorted."""

    divisions: tuple[DivisionCode, ...]

    def contains(self, code: str) -> bool:
        """Whether a row that carries this division code lies in the scope."""
        return any(division.contains(code) for division in self.divisions)

    def q(self, field: str = "village_code") -> Q:
        """The same as a filter: ranges over the text column `field`, so that its index serves."""
        ranges = (
            Q(**{f"{field}__gte": str(division), f"{field}__lt": division.ceiling})
            for division in self.divisions
        )
        return reduce(or_, ranges, Q(pk__in=())) if self.divisions else Q(pk__in=())

    @property
    def common(self) -> DivisionCode:
        """The finest division that contains the whole scope."""
        return common_division(self.divisions)

    def __bool__(self) -> bool:
        return bool(self.divisions)


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts: a person in one posting, or a named part of the system.

    Attributes:
        person_id: the person; None for the system and for visitors who have not signed in.
        posting_id: the posting they act in.
        name: the person's name, or the part of the system.
        title: the posting's title.
        purpose: what the access is for, as the person stated it.
        grants: what holds on the day the actor was made.
    """

    person_id: UUID | None
    posting_id: UUID | None
    name: str
    title: str = ""
    purpose: str = ""
    grants: tuple[Grant, ...] = ()

    def may(self, capability: str, division: str) -> bool:
        """Whether the actor holds `capability` in `division`."""
        return any(grant.allows(capability, division) for grant in self.grants)

    def check(self, capability: str, division: str) -> None:
        """Let it pass, or refuse.

        Raises:
            AccessRefused: when the actor does not hold `capability` in `division`.
        """
        if not self.may(capability, division):
            raise AccessRefused(capability, division)

    def holds(self, capability: str) -> bool:
        """Whether the actor holds `capability` anywhere."""
        return any(capability in grant.capabilities for grant in self.grants)

    def check_anywhere(self, capability: str) -> None:
        """Let it pass when the actor holds `capability` anywhere, or refuse.

        Raises:
            AccessRefused: when they hold it nowhere.
        """
        if not self.holds(capability):
            raise AccessRefused(capability, "")

    def scope(self, capability: str) -> Scope:
        """Where the actor holds `capability`."""
        return Scope(reach_of(self.grants, capability))

    def reaches(self, division: str) -> bool:
        """Whether any grant of the actor covers `division`."""
        return any(grant.division.contains(division) for grant in self.grants)


VISITOR = Actor(person_id=None, posting_id=None, name="visitor")
"""Whoever has not signed in."""


def system_actor(name: str, division: str = "") -> Actor:
    """A part of the system that acts by itself: every capability in `division`, under its name.

    In the audit it stands as the system, never as a person.
    """
    grant = Grant("system", DivisionCode(division), frozenset(declared_capabilities()))
    return Actor(person_id=None, posting_id=None, name=name, grants=(grant,))
