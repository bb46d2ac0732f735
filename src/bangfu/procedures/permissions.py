"""Who may make a move, by capability and tier. What the state allows is the table's to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import load_roles
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.domain.refusals import Refusal
from bangfu.procedures.wording import problem_of, text_of, tiers_text

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor, Grant, Role
    from bangfu.kernel.division import Level
    from bangfu.procedures.domain.refusals import Words
    from bangfu.procedures.domain.table import Move, Procedure


def holds_at(role: Role, capability: str, tier: Level) -> bool:
    """Whether a role is granted at a tier, and may do something there."""
    return role.tier in {None, tier} and capability in role.capabilities


def tier_of(grant: Grant) -> Level:
    """The tier a grant counts for: its role's, or its division's where the role names none."""
    role = load_roles().get(grant.role)
    return (role.tier if role else None) or grant.division.level


def mover_tier(actor: Actor, move: Move, division: str) -> Level | None:
    """The broadest tier at which the actor may make `move` in `division`; None when at none."""
    tiers = {tier_of(each) for each in actor.grants if each.allows(move.capability, division)}
    return min(tiers & move.tiers, default=None)


def check_mover(actor: Actor, move: Move, division: str) -> Level:
    """The tier at which the actor makes `move`.

    Raises:
        AccessRefused: when the actor does not hold the move's capability in `division`.
        Refused: `procedures.wrong_tier` when they hold it at a tier that does not count;
            `procedures.people_decide` when the actor is a part of the system.
    """
    actor.check(move.capability, division)
    if actor.person_id is None:
        raise Refused(Problem("procedures.people_decide", values={"move": text_of(move.label)}))
    tier = mover_tier(actor, move, division)
    if tier is None:
        raise Refused(wrong_tier(move))
    return tier


def wrong_tier(move: Move) -> Problem:
    """The reason given to someone of another tier, or without the capability."""
    words: dict[str, Words] = {"move": move.label, "tiers": tiers_text(move.tiers)}
    return problem_of(Refusal("procedures.wrong_tier", words, move.law))


def can_see(actor: Actor, procedure: Procedure, division: str) -> bool:
    """Whether the actor may see the procedure's matters in `division`."""
    return actor.may(procedure.reads, division)
