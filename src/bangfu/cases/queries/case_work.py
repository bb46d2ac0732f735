"""What cases wait for somebody today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Count

from bangfu.cases.permissions import READ
from bangfu.cases.queries.case_filters import case_order, turn_condition
from bangfu.cases.queries.case_lists import readable_cases
from bangfu.cases.queries.case_rows import case_rows, joined_cases
from bangfu.cases.queries.filters import current_horizon
from bangfu.foundation.access.api import record_households

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.foundation.access.api import Actor

SHOWN: Final = 50
"""Lines of a desk; the list has the rest."""


@dataclass(frozen=True, slots=True)
class CaseWork:
    """A desk of cases.

    Attributes:
        rows: the most urgent cases whose next step is the actor's.
        by_day: all of those by due day; what is due on a day off counts with the working day
            after it, as on every other desk. None is the day of those without one.
        waiting: open cases in the actor's scope that wait for somebody else.
    """

    rows: list[CaseRow]
    by_day: Mapping[date | None, int]
    waiting: int


@transaction.atomic
def my_cases(actor: Actor, *, shown: int = SHOWN) -> CaseWork:
    """The cases whose next step is the actor's; one audit row names the households shown."""
    horizon = current_horizon()
    seen = readable_cases(actor).filter(open=True)
    mine = seen.filter(turn_condition(actor))
    by_day: dict[date | None, int] = {}
    counted = mine.values_list("matter__due_on").annotate(n=Count("pk")).order_by()
    for due, number in counted:
        day = due
        if due is not None and horizon.today < due <= horizon.last:
            day = next(each for each in horizon.ahead if each >= due)
        by_day[day] = by_day.get(day, 0) + number
    rows = case_rows(joined_cases(mine).order_by(*case_order("due"))[:shown])
    record_households(actor, "case.work_listed", rows, {}, READ)
    return CaseWork(rows, by_day, seen.count() - sum(by_day.values()))


def count_mine(actor: Actor) -> int:
    """How many open cases wait for the actor, for the navigation."""
    return readable_cases(actor).filter(turn_condition(actor), open=True).count()
