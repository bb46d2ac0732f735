"""What became of rows before, and whom they mean: a handful of statements for any number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.exchange.domain.feeds import HOUSEHOLD
from bangfu.exchange.domain.matching import Match, match_row
from bangfu.exchange.models import ListRow, RowOutcome
from bangfu.foundation.bulk.api import fetch_by
from bangfu.registry.api import find_households_by_number, find_members_by_identity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.exchange.domain.feeds import Feed
    from bangfu.exchange.domain.rows import Values
    from bangfu.foundation.access.api import Actor

_OPEN: Final = frozenset({RowOutcome.UNMATCHED.value, RowOutcome.SETTLED.value})
"""States in which a row may make way for the same event under another name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A row to compare: what it reports, the name in it, its document number, and all it says."""

    event: bytes
    name_mark: bytes
    identity: bytes | None
    values: Values


@dataclass(frozen=True, slots=True)
class Compared:
    """What a row is, seen from now.

    Attributes:
        outcome: matched, unmatched, or known from another list.
        match: whom it means; nobody's for a row about a place or a known one.
        replaces: the row of another list that makes way for it.
    """

    outcome: RowOutcome
    match: Match = field(default_factory=Match)
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """The row that stands for an event now."""

    id: UUID
    outcome: str
    name_mark: bytes

    def yields_to(self, asked: Asked) -> bool:
        """Whether it was never matched and the other gives another name for the same number."""
        return self.outcome in _OPEN and self.name_mark != asked.name_mark


def compare_rows(
    actor: Actor, capability: str, feed: Feed, division: str, rows: Sequence[Asked]
) -> list[Compared]:
    """What each row is.

    Args:
        actor: needs `capability` in `division`.
        capability: what the comparison is part of.
        feed: the kind of list.
        division: the place the list is for; nobody outside is found.
        rows: the rows, in any number.

    Raises:
        AccessRefused: without the capability.
    """
    standing = _standing([each.event for each in rows])
    matches = _match(actor, capability, feed, division, rows)
    return [
        _compared(each, match, standing.get(each.event))
        for each, match in zip(rows, matches, strict=True)
    ]


def _compared(asked: Asked, match: Match, standing: _Standing | None) -> Compared:
    if standing is not None and not standing.yields_to(asked):
        return Compared(RowOutcome.KNOWN)
    outcome = RowOutcome.UNMATCHED if match.doubt else RowOutcome.MATCHED
    return Compared(outcome, match, standing.id if standing else None)


def _standing(events: Sequence[bytes]) -> dict[bytes, _Standing]:
    rows = ListRow.objects.filter(live=True).values_list("event", "id", "outcome", "name_mark")
    return {
        bytes(event or b""): _Standing(row, outcome, bytes(name or b""))
        for event, row, outcome, name in fetch_by(rows, "event", events)
    }


def _match(
    actor: Actor, capability: str, feed: Feed, division: str, rows: Sequence[Asked]
) -> list[Match]:
    actor.check(capability, division)
    if feed.about_places:
        return [Match()] * len(rows)
    identities = {each.identity for each in rows if each.identity}
    numbers = {each.values[HOUSEHOLD] for each in rows if HOUSEHOLD in each.values}
    members = find_members_by_identity(actor, capability, division, identities)
    households = find_households_by_number(actor, capability, division, numbers)
    return [
        match_row(
            each.values,
            members.get(each.identity or b""),
            households.get(each.values.get(HOUSEHOLD, "")),
        )
        for each in rows
    ]
