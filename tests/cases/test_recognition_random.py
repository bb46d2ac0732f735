"""Whatever people try in whatever order: nobody is recognised but by the whole way.

Each walk is a row of random tries by everybody. The usual step comes up often enough to get far.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import pytest

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.clock.api import now, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import PublicNotice, load_procedure
from bangfu.registry.models import Household
from cases.recognition_making import STEPS, days_later
from support.seeds import new_seed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bangfu.procedures.api import MatterMove
    from cases.recognition_making import Walk

TRIES = 45
WAY = ["check", "compare", "review", "post_notice", "pass_notice", "endorse", "approve", "announce"]
"""What lies between the last return and the recognition."""

PEOPLE = ("villager", "reviewer", "other_reviewer", "officer", "approver")
TOLD = {
    "note": "看过材料",
    "papers": {"declaration": ["f1"], "minutes": []},
    "answers": {"reason": "no_risk"},
}


_One = TypeVar("_One")


@dataclass
class Dice:
    """Throws that a seed repeats."""

    seed: str
    thrown: int = 0

    def one_of(self, choices: Sequence[_One]) -> _One:
        """Any of the choices."""
        self.thrown += 1
        digest = sha256(f"{self.seed} {self.thrown}".encode()).digest()
        return choices[int.from_bytes(digest[:4], "big") % len(choices)]


def tried(walk: Walk, dice: Dice) -> None:
    """One try: the usual step, something written down, or any move by anybody."""
    act = dice.one_of(range(20))
    state = walk.state()
    try:
        if act < 10 and state in STEPS:
            STEPS[state](walk, "H1")
        elif act < 13:
            dice.one_of([walk.visit, walk.consent, walk.compare, walk.meet])()
        else:
            moves = [each for each in load_procedure("recognition").moves if each != "withdraw"]
            walk.move(dice.one_of(PEOPLE), dice.one_of(sorted(moves)), **TOLD)
    except (Refused, AccessRefused):
        pass


def since_the_last_return(rows: list[MatterMove]) -> list[str]:
    """The moves since the case last stood at the visit."""
    names: list[str] = []
    for row in rows:
        names = [] if row.to_state == "opened" else [*names, row.move]
    return names


@pytest.mark.parametrize("walk_number", range(6))
def test_random_walks_never_leave_out_a_step(walk: Walk, walk_number: int) -> None:
    dice = Dice(f"{new_seed()}-{walk_number}")
    walk.open()
    moment: datetime = now()
    for _ in range(TRIES):
        with using_clock(FixedClock(moment)):
            tried(walk, dice)
        with using_clock(FixedClock(moment)), days_later(dice.one_of([0, 0, 1, 3])):
            moment = now()
    rows = list(walk.seen().matter.moves.order_by("number"))
    for earlier, later in pairwise(rows):
        assert earlier.to_state == later.from_state
    recognised = walk.state() == "recognised"
    monitored = Household.objects.get(household_number="H1").monitoring_category == "prevention"
    assert recognised == monitored
    if recognised:
        assert since_the_last_return(rows) == WAY
    for row in rows:
        if row.move == "pass_notice":
            assert hung_long_enough(row)


def hung_long_enough(row: MatterMove) -> bool:
    """Whether a notice had hung its days when its matter went on."""
    notices = PublicNotice.objects.filter(matter=row.matter_id, taken_down_at=row.at)
    return all(each.ends_on < row.at.date() and each.days >= 5 for each in notices)
