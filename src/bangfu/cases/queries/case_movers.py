"""Who could make the moves that lead on from where a case is: the people, by their postings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from bangfu.foundation.access.api import Posting, load_roles
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from bangfu.kernel.division import Level
    from bangfu.procedures.api import Move, Passed


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody whose posting reaches the case's village today."""

    person_id: UUID
    name: str
    title: str
    organisation: str
    capabilities: frozenset[str]
    tier: Level


def movers_at(division: str) -> list[Mover]:
    """Everybody whose present grant covers a division, the nearest first; names no household."""
    day, place = today(), DivisionCode(division)
    chain = [*map(str, place.ancestors()), str(place)]
    holds = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    granted = Q(granted__valid_from__lte=day, granted__division_code__in=chain) & (
        Q(granted__valid_to=None) | Q(granted__valid_to__gt=day)
    )
    rows = (
        Posting.objects.filter(holds, granted, person__is_active=True)
        .select_related("person")
        .annotate(place=F("granted__division_code"))
        .order_by("valid_from", "id")
    )
    roles = load_roles()
    found = [
        Mover(
            row.person_id,
            row.person.name,
            row.title,
            row.organisation,
            roles[row.role].capabilities,
            roles[row.role].tier or DivisionCode(row.place).level,
        )
        for row in rows
        if row.role in roles
    ]
    return sorted(found, key=lambda each: -each.tier)


def who_may(
    movers: Sequence[Mover], moves: Iterable[Move], history: Sequence[Passed]
) -> Mapping[str, list[Mover]]:
    """For each move those who hold its right at its tier and were in none of its barred moves."""
    made: dict[str, set[UUID]] = {}
    for step in history:
        if step.by_id is not None:
            made.setdefault(step.move, set()).add(step.by_id)
    found: dict[str, list[Mover]] = {}
    for move in moves:
        barred = {who for name in move.not_after for who in made.get(name, ())}
        able = {
            each.person_id: each
            for each in movers
            if move.capability in each.capabilities
            and each.tier in move.tiers
            and each.person_id not in barred
        }
        found[move.name] = list(able.values())
    return found
