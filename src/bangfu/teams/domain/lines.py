"""Rows on their way through the check, whatever they are rows of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from bangfu.kernel.problems import Problem
from bangfu.teams.domain.settling import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.teams.domain.settling import Claim

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a row, and in which of its items; empty when in none."""

    problem: Problem
    item: str = ""


@dataclass(slots=True)
class Line(Generic[Row]):
    """One row: what it says, what is wrong with it, what it does.

    Attributes:
        cadre: the person it names, once known.
        organisation: the organisation it names.
        household, cell: what it is about, where it is about one.
        claim: what it says of a spell, once it may be settled.
        outcome: of a row without a spell; else the claim's counts.
    """

    row: Row
    findings: list[Finding] = field(default_factory=list)
    cadre: UUID | None = None
    organisation: UUID | None = None
    household: UUID | None = None
    cell: UUID | None = None
    claim: Claim | None = None
    own_outcome: Outcome = Outcome.UNCHANGED

    def refuse(self, code: str, item: str = "", **values: str) -> None:
        """Refuse it."""
        self.findings.append(Finding(Problem(code, values=values), item))

    @property
    def faulty(self) -> bool:
        """Whether something refuses it."""
        return bool(self.findings)

    @property
    def outcome(self) -> Outcome:
        """What it does; a row is new when it brings a spell, or a cell, that was not there."""
        if self.findings:
            return Outcome.REFUSED
        outcomes = {self.own_outcome} | ({self.claim.outcome} if self.claim else set())
        order = (Outcome.REFUSED, Outcome.NEW, Outcome.CHANGED)
        return next((each for each in order if each in outcomes), Outcome.UNCHANGED)

    def take_problem(self, item: str) -> None:
        """Make a problem of the settled claim the row's own."""
        if self.claim is not None and self.claim.problem is not None:
            self.findings.append(Finding(self.claim.problem, item))


def count_outcomes(lines: Sequence[Line[Row]]) -> dict[Outcome, int]:
    """How many rows do what."""
    counts = dict.fromkeys(Outcome, 0)
    for line in lines:
        counts[line.outcome] += 1
    return counts
