"""A request to put something right becomes a change of the register that others decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.queries.appeals import get_appeal
from bangfu.cases.services.appeals import hold_appeal
from bangfu.changes.api import propose_change
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import (
    Correct,
    Correction,
    can_correct,
    get_household_as_of,
    items_of,
    open_leaf,
)

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.changes.api import ChangeRequest
    from bangfu.foundation.access.api import Actor

SECTION: Final = "household"
NAMED: Final = ("phone", "address", "group_name", "bank_account")
"""Items whose value people write down themselves; for anything else an officer fills in a form."""


@transaction.atomic
def propose_correction(*, actor: Actor, appeal_id: UUID) -> ChangeRequest:
    """Ask for the change that a request names: item and value as they were written down.

    Raises:
        Http404: no such request in the actor's scope.
        AccessRefused: when the actor may not answer it, or not ask for changes there.
        Refused: `cases.change_unnamed`, `cases.household_unnamed`; what stands against the change.
    """
    appeal = hold_appeal(actor, appeal_id)
    detail = get_appeal(actor, appeal_id)
    item, value = detail.wish.get("item", ""), detail.wish.get("value", "").strip()
    if item not in NAMED or not value or not can_correct(SECTION, item):
        raise Refused(Problem("cases.change_unnamed"))
    if appeal.household is None:
        raise Refused(Problem("cases.household_unnamed"))
    state = get_household_as_of(actor, appeal.household.pk, today())
    before = state.document[SECTION].get(item)
    after: Any = open_leaf(SECTION, item, value) if items_of(SECTION)[item].secret else value
    correction = Correction(SECTION, "", item, before, after)
    change = propose_change(
        actor=actor,
        change=Correct(appeal.household.household_number, (correction,)),
        day=today(),
        note=detail.words,
    )
    appeal.change_id = change.pk
    appeal.save(update_fields=["change_id"])
    return change
