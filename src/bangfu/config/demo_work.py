"""Some days of work in the demo county: clues assigned, checked, confirmed, dismissed.

The people of the demo do it with their own rights, by the same services as on the pages, so that
whoever opens the demo finds every state a clue can be in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bangfu.cases.api import ClueFilters, assign_clues, dismiss_clue, list_clues, verify_clue
from bangfu.foundation.access.api import actor_of
from bangfu.foundation.accounts.api import Person
from bangfu.foundation.clock.api import now, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.division import Level
from bangfu.synthetic.api import demo_people

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

__all__ = ["work_on_clues"]

_SIZE: Final = 2_000
_ASSIGNED_OF_TEN: Final = 6
_PURPOSE: Final = "核实线索"
_VILLAGES: Final = {
    place for person in demo_people() for place in person.divisions if len(place) == Level.VILLAGE
}


def work_on_clues(officer: str, received: datetime) -> None:
    """Assign most clues and decide some of them, on the days after they were received."""
    hours = [min(received + timedelta(hours=each), now()) for each in (3, 26)]
    with using_clock(FixedClock(hours[0])):
        assigned = _assign(_actor(Person.objects.get(username=officer)))
    with using_clock(FixedClock(hours[1])):
        _decide(assigned)


def _actor(person: Person) -> Actor:
    return actor_of(person, purpose=_PURPOSE)


def _assign(officer: Actor) -> list[tuple[UUID, UUID]]:
    """Six of ten clues to whoever is nearest, and all where a village has its own official.

    Answers clue and person of those to be decided, in the order of the list.
    """
    clues = list_clues(officer, ClueFilters(states=("new",)), sort="place", size=_SIZE).rows
    chosen = [
        row.id
        for place, row in enumerate(clues)
        if place % 10 < _ASSIGNED_OF_TEN or row.division in _VILLAGES
    ]
    found = assign_clues(actor=officer, clue_ids=chosen).assigned if chosen else {}
    # What a village's own official got waits for whoever opens the demo as them.
    return [
        (clue, found[clue].person_id)
        for clue in chosen
        if clue in found and found[clue].division not in _VILLAGES
    ]


def _decide(assigned: list[tuple[UUID, UUID]]) -> None:
    """Of six assigned clues two are confirmed and one is dismissed; three are still looked at."""
    people = Person.objects.in_bulk({person for _, person in assigned})
    actors = {key: _actor(person) for key, person in people.items()}
    for place, (clue, person) in enumerate(assigned):
        if place % 6 in {0, 3}:
            verify_clue(actor=actors[person], clue_id=clue, note="两名干部入户看过，情况属实。")
        elif place % 6 == 1:
            note = "入户看过，临时救助已经解决，家里没有别的困难。"
            dismiss_clue(actor=actors[person], clue_id=clue, reason="covered_by_policy", note=note)
