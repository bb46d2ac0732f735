"""Every role in every state with every move, generated from the table and the roles."""

from __future__ import annotations

from typing import Any

import pytest

from bangfu.foundation.access.api import AccessRefused, load_roles, system_actor
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import Matter, Subject, list_moves, make_move, open_matter
from procedures.people import COUNTY, VILLAGE, officer
from procedures.tables import CLUE

pytestmark = pytest.mark.usefixtures("pack")

READY: dict[str, Any] = {
    "household_known": True,
    "mover_is_assignee": True,
    "assignee_can_check": True,
    "assignee_changes": True,
    "reason_listed": True,
}
EXPECTED = {
    "village_official": {("assigned", "verify"), ("assigned", "dismiss"), ("new", "dismiss")},
    "township_reviewer": {
        ("new", "assign"),
        ("new", "dismiss"),
        ("assigned", "reassign"),
        ("assigned", "verify"),
        ("assigned", "dismiss"),
    },
    "county_officer": {
        ("new", "assign"),
        ("new", "dismiss"),
        ("assigned", "reassign"),
        ("assigned", "verify"),
        ("assigned", "dismiss"),
        ("dismissed", "reopen"),
    },
}


def place_of(role: str) -> str:
    """The division a role is granted for, around the village."""
    return DivisionCode(VILLAGE).at(load_roles()[role].tier or Level.VILLAGE)


def can_make(role: str, matter: Matter, move: str) -> bool:
    """Whether someone of the role could make the move; the state is put back."""
    state, version = matter.state, matter.lock_version
    try:
        make_move(
            actor=officer(role, place_of(role)),
            matter_id=matter.pk,
            move=move,
            facts=READY,
            note="看过",
        )
    except (Refused, AccessRefused):
        return False
    # A matter of the same place in the same state, for the next try.
    Matter.objects.filter(pk=matter.pk).update(state=state)
    assert Matter.objects.get(pk=matter.pk).lock_version == version + 1
    matter.lock_version = version + 1
    return True


@pytest.mark.parametrize("role", [name for name in load_roles() if name != "department_officer"])
def test_a_role_can_make_exactly_its_moves(role: str) -> None:
    seen = "cases.read" in load_roles()[role].capabilities
    opener = system_actor("screening", COUNTY)
    matter = open_matter(
        actor=opener, procedure="clue", subject=Subject(VILLAGE, "household", new_id())
    )
    made, offered = set(), set()
    for state in CLUE.states if seen else ():
        Matter.objects.filter(pk=matter.pk).update(state=state)
        matter.state = state
        actor = officer(role, place_of(role))
        offered |= {(state, each.move) for each in list_moves(actor, matter, READY) if each.allowed}
        made |= {(state, move) for move in CLUE.moves if can_make(role, matter, move)}
    assert made == EXPECTED.get(role, set())
    assert offered == made
