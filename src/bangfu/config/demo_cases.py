"""Weeks of cases in one township of the demo, up to the day its new register comes.

Recognitions, plans, eliminations and look-backs are walked by the procedures themselves, so that
whoever opens the demo finds cases in every state, each with the history that brought it there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bangfu.cases.api import Case, CaseKind, take_over_monitored
from bangfu.config.demo_days import Days
from bangfu.config.demo_stories import eliminate, leave_recognition, recognise, reside, suspend
from bangfu.config.demo_teams import RESIDENTS
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.registry.api import Household
from bangfu.synthetic.api import STORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["TOWNSHIP", "walk_cases"]

TOWNSHIP: Final = "511921124"
"""Changge: the township whose people walk the cases."""

RECOGNITIONS: Final[tuple[tuple[str, int, str], ...]] = (
    ("help", 44, "illness"), ("help", 40, "work"), ("help", 37, "disability"),
    ("announce", 30, "illness"), ("approve", 26, "schooling"), ("endorse", 24, "illness"),
    ("pass_notice", 22, "work"), ("post_notice", 9, "illness"), ("post_notice", 8, "disaster"),
    ("review", 9, "labour"), ("compare", 4, "illness"), ("check", 3, "accident"),
    ("open", 2, "industry"), ("open", 1, "illness"),
)  # fmt: skip
"""How far a recognition goes, how many days before the end it begins, and what it is about."""
LEAVING: Final = (("find_covered", 20), ("find_not_eligible", 16))
ELIMINATIONS: Final = (
    ("reopen", 45), ("look_back", 42), ("announce", 38), ("announce", 36), ("approve", 34),
    ("endorse", 32), ("pass_notice", 30), ("post", 10), ("review", 9), ("check", 3), ("propose", 2),
)  # fmt: skip
"""How far an elimination goes, and how many days before the end it is proposed."""
SUSPENDED: Final = 46
TAKEN_OVER: Final = timedelta(days=50)
"""Before the first story begins: the households that the register says are monitored get cases."""
EACH: Final = 3


def walk_cases(end: datetime) -> dict[str, int]:
    """Take the monitored households over, and live through the weeks before `end`.

    Answers how many cases there are by kind. Nothing is done a second time.
    """
    days = Days(end)
    with using_clock(FixedClock(end - TAKEN_OVER)):
        take_over_monitored(actor=system_actor("demo", STORY.division), division=STORY.division)
    ordinary = _unmonitored()
    for (upto, before, risk), home in zip(RECOGNITIONS, ordinary, strict=False):
        days.begin(recognise(days, home, risk, upto), before)
    for (move, before), home in zip(LEAVING, ordinary, strict=False):
        days.begin(leave_recognition(days, home, "work", move), before)
    monitored = _monitored()
    days.begin(suspend(days, monitored), SUSPENDED)
    for upto, before in ELIMINATIONS:
        days.begin(eliminate(days, monitored, upto), before)
    for absent, (village, username) in enumerate(RESIDENTS.items(), start=9):
        days.begin(reside(days, username, village, absent), TAKEN_OVER.days)
    days.live()
    return {each.value: Case.objects.filter(kind=each).count() for each in CaseKind}


def _unmonitored() -> Iterator[Household]:
    """Households of the township that nobody monitors, some from every village."""
    homes = Household.objects.filter(
        village_code__startswith=TOWNSHIP, active=True, monitoring_category__in=("", "none")
    )
    return iter(homes.order_by("household_number")[::EACH])


def _monitored() -> Iterator[Case]:
    """The township's cases under monitoring."""
    cases = Case.objects.filter(
        kind=CaseKind.MONITORING, open=True, division__startswith=TOWNSHIP
    ).select_related("matter", "household")
    return iter(list(cases.order_by("household__household_number")))
