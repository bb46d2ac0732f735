"""Households as they are seen before a measure begins and when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import system_actor
from bangfu.kernel.problems import Refused
from bangfu.plans.domain.effects import Document, seen
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.policy.api import active_pack
from bangfu.registry.api import frames_of, net_income
from bangfu.screening.api import explain_opened

if TYPE_CHECKING:
    from datetime import date

    from bangfu.registry.api import Household
    from bangfu.rules.api import Pack

ROOM = "plans"


def household_seen(household: Household, day: date) -> Document:
    """What rules and the income statement say of a household on a day; empty when the register did
    not hold it then.

    Read in the room's own name: whoever may see plans sees what measures brought, and no more of
    the household than that.
    """
    actor = system_actor(ROOM, household.village_code)
    try:
        told = explain_opened(actor, household, day)
    except Refused:
        return {}
    pack = active_pack(day)
    frame, _ = frames_of(actor, household.village_code, day, only=household.household_key)
    row = next(frame.iter_rows(named=True), {})
    return seen(
        day.isoformat(),
        pack.label,
        net_income(row),
        row.get("size"),
        {each.rule: (each.risk, each.outcome) for each in told.rules},
        catalogue_on(day).guarantees,
        [name for name, read in pack.reads.items() if read & _told(pack)],
    )


def _told(pack: Pack) -> frozenset[str]:
    """The facts that rest on departments' lists."""
    return frozenset(each.name for each in pack.facts.values() if each.feed)
