"""Grants, and the part of the country they reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.kernel.division import DivisionCode


@dataclass(frozen=True, slots=True)
class Grant:
    """The capabilities of a role in one division and everything it contains."""

    role: str
    division: DivisionCode
    capabilities: frozenset[str]

    def allows(self, capability: str, division: str) -> bool:
        """Whether the grant gives `capability` in `division`."""
        return capability in self.capabilities and self.division.contains(division)


def minimal(divisions: Iterable[DivisionCode]) -> tuple[DivisionCode, ...]:
    """The divisions, sorted, without those that lie in another of them."""
    kept: list[DivisionCode] = []
    for division in sorted(set(divisions)):
        if not (kept and kept[-1].contains(division)):
            kept.append(division)
    return tuple(kept)


def reach_of(grants: Iterable[Grant], capability: str) -> tuple[DivisionCode, ...]:
    """The divisions in which the grants give `capability`, minimal and sorted."""
    return minimal(grant.division for grant in grants if capability in grant.capabilities)
