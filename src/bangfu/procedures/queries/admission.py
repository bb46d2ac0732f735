"""Whether the tables and the calendar of a pack can be worked by, before it comes into force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import declared_capabilities, load_roles
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Place, Problem
from bangfu.procedures.domain.fitting import Number, Surroundings, check_fit
from bangfu.procedures.domain.reading import ProcedureInvalid
from bangfu.procedures.queries.tables import CALENDAR, calendar_of_pack, procedures_of

if TYPE_CHECKING:
    from bangfu.rules.api import Pack


def check_pack(pack: Pack) -> None:
    """Refuse a pack whose procedures or calendar could not be worked by.

    Raises:
        ProcedureInvalid: a table that cannot be read, see `procedures_of`; one that names a
            parameter, fact or right that does not exist, or a move nobody can make, see
            `check_fit`; or a calendar that cannot be read.
    """
    around = surroundings_of(pack)
    problems = [each for table in procedures_of(pack) for each in check_fit(table, around)]
    if problems:
        raise ProcedureInvalid(*problems)
    try:
        calendar_of_pack(pack)
    except (ValueError, TypeError, KeyError, AttributeError):
        place = Place(file=CALENDAR, line=1)
        raise ProcedureInvalid(Problem("procedures.calendar_unreadable", place)) from None


def surroundings_of(pack: Pack) -> Surroundings:
    """What the tables of a pack stand in: its numbers and facts, and the product's rights."""
    return Surroundings(
        numbers={
            name: Number(each.kind, each.unit, bool(each.values))
            for name, each in pack.parameters.items()
        },
        facts={name: fact.signature.kind for name, fact in pack.facts.items()},
        capabilities=frozenset(declared_capabilities()),
        holders=holders(),
    )


def holders() -> frozenset[tuple[str, int]]:
    """(capability, tier) for everything some role may do; one without a tier is of every tier."""
    return frozenset(
        (capability, int(tier))
        for role in load_roles().values()
        for tier in ((role.tier,) if role.tier is not None else Level)
        for capability in role.capabilities
    )
