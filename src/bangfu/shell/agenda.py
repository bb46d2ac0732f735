"""The open work of all features in one order: overdue, today, the next days, later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bangfu.foundation.ui.api import Work, WorkItem

__all__ = ["Agenda", "make_agenda"]

_DAYS_AHEAD: Final = 5
_FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one stretch of time; `total` counts also those not shown."""

    name: str
    day: date | None
    total: int
    items: list[WorkItem]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How much is due on one day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everything that waits for one person.

    Attributes:
        overdue: how many are past their day.
        due_today: how many are due today.
        next_days: the next working days with their counts.
        later: how many are due after those, or have no day.
        waiting: how many wait for others.
        widest: the largest count of a day, the scale of the bars.
        groups: the items to show.
    """

    overdue: int
    due_today: int
    next_days: list[DayCount]
    later: int
    waiting: int
    groups: list[Group]
    more_urls: list[str]

    @property
    def urgent(self) -> int:
        """What must be done today."""
        return self.overdue + self.due_today

    @property
    def open(self) -> int:
        """Everything that is this person's to do."""
        return self.urgent + sum(each.count for each in self.next_days) + self.later

    @property
    def widest(self) -> int:
        """The largest count of a day."""
        counts = [each.count for each in self.next_days]
        return max([self.overdue, self.due_today, *counts, 1])

    @property
    def next_day(self) -> DayCount | None:
        """The next day on which something is due."""
        return next((each for each in self.next_days if each.count), None)


def _workdays(after: date, busy: Iterable[date]) -> list[date]:
    """The next days to show: weekdays, and weekend days on which something is due."""
    found: list[date] = []
    wanted, day = set(busy), after
    while len(found) < _DAYS_AHEAD:
        day += timedelta(days=1)
        if day.weekday() <= _FRIDAY or day in wanted:
            found.append(day)
    return found


def _counts(works: Sequence[Work]) -> Counter[date | None]:
    """Open items by day over all features."""
    total: Counter[date | None] = Counter()
    for work in works:
        total.update(work.by_day)
    return total


def _order(item: WorkItem) -> tuple[bool, date, str, str]:
    """By day, those without one last; then kind and subject, so that the order never jumps."""
    return item.due is None, item.due or date.max, item.kind, item.subject


def make_agenda(works: Sequence[Work], today: date) -> Agenda:
    """Put the work of all features in one order, seen from `today`."""
    counts = _counts(works)
    dated = {day: number for day, number in counts.items() if day is not None}
    overdue = sum(number for day, number in dated.items() if day < today)
    due_today = dated.get(today, 0)
    days = _workdays(today, dated)
    next_days = [DayCount(day, dated.get(day, 0)) for day in days]
    shown = overdue + due_today + sum(each.count for each in next_days)
    items = sorted((item for work in works for item in work.items), key=_order)
    return Agenda(
        overdue=overdue,
        due_today=due_today,
        next_days=next_days,
        later=counts.total() - shown,
        waiting=sum(work.waiting for work in works),
        groups=_groups(items, today, next_days, counts),
        more_urls=[work.more_url for work in works if work.more_url],
    )


def _groups(
    items: list[WorkItem], today: date, next_days: list[DayCount], counts: Counter[date | None]
) -> list[Group]:
    """The groups that have items to show."""
    overdue = [item for item in items if item.due is not None and item.due < today]
    late = sum(number for day, number in counts.items() if day is not None and day < today)
    groups = [Group("overdue", None, late, overdue)]
    for name, day in [("today", today), *(("day", each.day) for each in next_days)]:
        on_day = [item for item in items if item.due == day]
        groups.append(Group(name, day, counts[day], on_day))
    known = {today, *(each.day for each in next_days)}
    rest = [
        item for item in items if item.due is None or (item.due > today and item.due not in known)
    ]
    total = counts.total() - sum(group.total for group in groups)
    groups.append(Group("later", None, total, rest))
    return [group for group in groups if group.items]
