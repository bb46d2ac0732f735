"""Who holds a thing for which days, and what may be done about it.

A spell is half-open. One that ends on the day it began held on no day: something entered by
mistake, kept and without effect. Of the sole spells of one subject (a village's First Secretary,
a cell's head, a household's main helper) no two share a day, and nobody holds one thing twice
at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Spell:
    """The days `start <= day < end` on which `holder` has something; `end` None means open."""

    holder: Hashable
    start: date
    end: date | None = None
    sole: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the spell."""
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def void(self) -> bool:
        """Whether it holds on no day."""
        return self.end == self.start

    def meets(self, other: Spell) -> bool:
        """Whether both hold on some day."""
        if self.void or other.void:
            return False
        return (self.end is None or other.start < self.end) and (
            other.end is None or self.start < other.end
        )

    def excludes(self, other: Spell) -> bool:
        """Whether they meet and may not: both are sole, or both are one holder's."""
        return self.meets(other) and (self.holder == other.holder or (self.sole and other.sole))


def check_order(start: date, end: date | None) -> None:
    """Let a period pass that does not end before it begins.

    Raises:
        Refused: `teams.ends_before_it_begins`.
    """
    if end is not None and end < start:
        values = {"start": start.isoformat(), "end": end.isoformat()}
        raise Refused(Problem("teams.ends_before_it_begins", values=values))


def check_begin(spells: Iterable[Spell], new: Spell) -> None:
    """Let a spell begin beside those of its subject.

    Raises:
        Refused: `teams.ends_before_it_begins`; `teams.holds_already` when the holder has it on one
            of the days; `teams.held_by_another` when somebody else has it alone.
    """
    check_order(new.start, new.end)
    for each in spells:
        if each.excludes(new):
            same = each.holder == new.holder
            code = "teams.holds_already" if same else "teams.held_by_another"
            raise Refused(Problem(code, values=_days(each)))


def _days(spell: Spell) -> dict[str, str]:
    return {
        "start": spell.start.isoformat(),
        "end": spell.end.isoformat() if spell.end else "…",
    }


def ended(spell: Spell, day: date) -> Spell:
    """The spell with its last day before `day`. Ended once, it stays as it is.

    Raises:
        Refused: `teams.ended_already`, `teams.ends_before_it_begins`.
    """
    if spell.end is not None:
        raise Refused(Problem("teams.ended_already", values={"end": spell.end.isoformat()}))
    check_order(spell.start, day)
    return replace(spell, end=day)


def handed_over(spells: Sequence[Spell], position: int, new: Spell) -> tuple[Spell, Spell]:
    """One spell ended on the day another begins.

    Args:
        spells: everything of the subject.
        position: which of them ends.
        new: what begins.

    Raises:
        Refused: as `ended` and `check_begin`.
    """
    old = ended(spells[position], new.start)
    rest = [each for place, each in enumerate(spells) if place != position]
    check_begin([*rest, old], new)
    return old, new
