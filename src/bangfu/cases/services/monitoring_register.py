"""What monitoring brings back to the register, always as a new version with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import today
from bangfu.registry.api import CHANGE, Correct, Correction, Household, apply_change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor


def bring_to_register(actor: Actor, case: Case, items: Mapping[str, Any], reason: str) -> None:
    """Write items of the case's household; None forgets an item. What is so already is left.

    The person who decided need not hold the right to change the register: what a decided case
    brings there is the system's to write, and the version's reason names the case and the person.

    Raises:
        Refused: with every reason of the register; the move that led here is undone with it.
    """
    household = Household.objects.get(pk=case.household_id)
    corrections = tuple(
        Correction("household", "", name, _known(household, name), value)
        for name, value in items.items()
        if _known(household, name) != value
    )
    if not corrections or household.version_id is None or not household.active:
        return
    holds = actor.may(CHANGE, case.division) and actor.may("registry.read", case.division)
    apply_change(
        actor=actor if holds else system_actor("cases", case.division),
        change=Correct(household.household_number, corrections),
        day=today(),
        reason=f"{case.number} {reason}（{actor.name}）",
        expected={household.pk: household.version_id},
    )


def _known(household: Household, name: str) -> Any:
    """The item as a document holds it: what is not known is None."""
    value = getattr(household, name)
    return None if value == "" else value
