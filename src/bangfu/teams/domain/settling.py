"""What a list of spells does to those that stand: which are new, end, stay, or cannot be.

The order of the rows does not matter: what the list ends is ended before anything begins, and what
begins is taken from the earliest day on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bangfu.kernel.problems import Problem, Refused
from bangfu.teams.domain.spells import check_begin, check_order, ended

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from uuid import UUID

    from bangfu.teams.domain.spells import Spell

Key = tuple["Hashable", "Hashable", object, bool]


class Outcome(StrEnum):
    """What a row does, or would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Standing:
    """A spell that is there already."""

    id: UUID
    subject: Hashable
    spell: Spell
    reason: str = ""


@dataclass(slots=True)
class Claim:
    """A row that says that a spell is so.

    Attributes:
        outcome: what it does; `refused` until it is settled.
        standing: the spell that it names.
        problem: why it is refused.
    """

    subject: Hashable
    spell: Spell
    reason: str = ""
    outcome: Outcome = Outcome.REFUSED
    standing: Standing | None = None
    problem: Problem | None = field(default=None)


def settle(claims: Sequence[Claim], standings: Iterable[Standing]) -> None:
    """Give every claim its outcome."""
    spells: dict[Hashable, list[Spell]] = defaultdict(list)
    known: dict[Key, Standing] = {}
    for each in standings:
        spells[each.subject].append(each.spell)
        known[_key(each.subject, each.spell)] = each
    seen: set[Key] = set()
    for claim in claims:
        _compare(claim, _named(claim, known), spells[claim.subject], seen)
    fresh = [each for each in claims if each.standing is None and each.problem is None]
    for claim in sorted(fresh, key=lambda each: each.spell.start):
        _begin(claim, spells[claim.subject])


def _key(subject: Hashable, spell: Spell) -> Key:
    return subject, spell.holder, spell.start, spell.void


def _named(claim: Claim, known: dict[Key, Standing]) -> Standing | None:
    """The spell a claim is about; one taken back before it held is another than one that holds."""
    subject, spell = claim.subject, claim.spell
    found = known.get(_key(subject, spell))
    return found or known.get((subject, spell.holder, spell.start, False))


def _compare(claim: Claim, standing: Standing | None, spells: list[Spell], seen: set[Key]) -> None:
    key = _key(claim.subject, claim.spell)
    if key in seen:
        claim.problem = Problem("teams.row_twice")
        return
    seen.add(key)
    claim.standing = standing
    if standing is None:
        return
    old, new = standing.spell, claim.spell
    if old.sole != new.sole:
        claim.problem = Problem("teams.main_changed")
    elif old.end == new.end and (new.end is None or claim.reason in {"", standing.reason}):
        claim.outcome = Outcome.UNCHANGED
    else:
        _end(claim, old, spells)


def _end(claim: Claim, old: Spell, spells: list[Spell]) -> None:
    try:
        # An end that is there stays: neither moved nor taken away.
        new = ended(old, claim.spell.end or old.start)
    except Refused as refused:
        claim.problem = refused.problems[0]
        return
    spells[spells.index(old)] = new
    claim.outcome = Outcome.CHANGED


def _begin(claim: Claim, spells: list[Spell]) -> None:
    try:
        check_order(claim.spell.start, claim.spell.end)
        check_begin(spells, claim.spell)
    except Refused as refused:
        claim.problem = refused.problems[0]
        return
    spells.append(claim.spell)
    claim.outcome = Outcome.NEW
