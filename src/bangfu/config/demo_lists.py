"""Departments' lists of the demo county, handed in month by month as the offices do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bangfu.exchange.api import check_list, commit_list
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import now, using_clock
from bangfu.kernel.clock import FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.synthetic.api import ListFile

__all__ = ["hand_in"]


def _worth_sending(lists: Iterable[ListFile]) -> list[ListFile]:
    """The lists that report something, and the last of each kind even when it reports nothing."""
    found = list(lists)
    last = {each.feed: each.day for each in sorted(found, key=lambda each: each.day)}
    return [each for each in found if each.rows or each.day == last[each.feed]]


def hand_in(division: str, lists: Iterable[ListFile]) -> int:
    """Check and commit the lists, each on the morning of its own day; answer how many rows."""
    actor, rows = system_actor("demo", division), 0
    for each in _worth_sending(lists):
        day = datetime(each.day.year, each.day.month, each.day.day, 1, tzinfo=UTC)
        with using_clock(FixedClock(min(day, now()))):
            checked = check_list(
                actor=actor, feed=each.feed, source=each.path, division=division,
                data_date=each.day,
            )  # fmt: skip
            rows += commit_list(actor=actor, list_id=checked.id).rows
    return rows
