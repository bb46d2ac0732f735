"""A list as it would be written: every row with its outcome, and how to write it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Place, Problem, Refused
from bangfu.teams.domain.lines import count_outcomes
from bangfu.teams.domain.settling import Outcome
from bangfu.teams.permissions import MANAGE
from bangfu.teams.services.places import take_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.lines import Line
    from bangfu.teams.services.roster import Roster


class Writer(Protocol):
    """Writes the good rows of a plan; the caller holds transaction and turn."""

    def __call__(self, actor: Actor, plan: Plan) -> None: ...


@dataclass(slots=True)
class Plan:
    """A list compared with the tables.

    Attributes:
        kind: what it is a list of.
        division: the place it is for.
        lines: its rows in their order.
        write: how its good rows are written.
        roster: its people.
    """

    kind: str
    division: str
    lines: Sequence[Line[Any]]
    write: Writer
    roster: Roster | None = None
    also: list[Any] = field(default_factory=list)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many rows do what."""
        return count_outcomes(self.lines)

    @property
    def fingerprint(self) -> str:
        """Equal when the same list would do the same to the same spells."""
        told = hashlib.sha256()
        for line in self.lines:
            standing = line.claim.standing if line.claim else None
            codes = ",".join(each.problem.code for each in line.findings)
            told.update(f"{line.outcome}|{standing.id if standing else ''}|{codes}\n".encode())
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list did."""

    new: int
    changed: int
    unchanged: int


@transaction.atomic
def write_plan(actor: Actor, division: str, make: Callable[[], Plan], expected: str = "") -> Plan:
    """Make a plan when it is the writer's turn, and write its good rows.

    Args:
        actor: needs `teams.manage` in the division.
        division: the place of the list.
        make: compares the list with the tables.
        expected: the fingerprint of the plan that was looked at; empty for any.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: `teams.changed_meanwhile` when the plan is another.
    """
    actor.check(MANAGE, division)
    take_turns(division)
    plan = make()
    if expected and plan.fingerprint != expected:
        raise Refused(Problem("teams.changed_meanwhile"))
    counts = plan.counts
    if plan.roster is not None:
        named = {line.cadre for line in plan.lines if not line.faulty}
        plan.roster.write(actor, division, named)
    plan.write(actor, plan)
    written = counts[Outcome.NEW] + counts[Outcome.CHANGED]
    record(
        actor=actor,
        action=f"teams.{plan.kind}_loaded",
        kind="changed",
        subject_type=plan.kind,
        division=division,
        count=written,
    )
    if written:
        tell_changed(division)
    return plan


def tell_changed(division: str) -> None:
    """Announce that people or postings of a place changed, by its county where it has one."""
    place = DivisionCode(division)
    announce("teams.changed", {"division": str(place.at(min(place.level, Level.COUNTY)))})


def load_all(actor: Actor, division: str, make: Callable[[], Plan]) -> Loaded:
    """Write a whole list or nothing.

    Raises:
        AccessRefused: without the right to manage there.
        Refused: with the problems of every row that cannot be written; `place.row` counts from 1.
    """

    def all_good() -> Plan:
        plan = make()
        problems = row_problems(plan)
        if problems:
            raise Refused(*problems)
        return plan

    counts = write_plan(actor, division, all_good).counts
    return Loaded(counts[Outcome.NEW], counts[Outcome.CHANGED], counts[Outcome.UNCHANGED])


def row_problems(plan: Plan) -> list[Problem]:
    """Every problem of a plan with its row's number as place."""
    return [
        Problem(each.problem.code, Place(row=number, header=each.item), each.problem.values)
        for number, line in enumerate(plan.lines, start=1)
        for each in line.findings
    ]
