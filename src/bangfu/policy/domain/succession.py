"""Who holds when: a new version takes every day from its first on; no two hold on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from bangfu.rules.api import Pack


@dataclass(frozen=True, slots=True)
class Tenure:
    """The days a version holds on: from `start`, up to and not including `end` (None: open)."""

    version: UUID
    start: date
    end: date | None


def give_way(holding: Iterable[Tenure], start: date) -> tuple[list[UUID], list[UUID]]:
    """The versions that now end on `start`, and those that hold on no day any more."""
    ended: list[UUID] = []
    replaced: list[UUID] = []
    for each in holding:
        if each.start >= start:
            replaced.append(each.version)
        elif each.end is None or each.end > start:
            ended.append(each.version)
    return ended, replaced


def first_day(pack: Pack, today: date) -> date:
    """The first day on which any parameter has a value: from there on the pack can answer."""
    starts = [value.period.start for each in pack.parameters.values() for value in each.values]
    return min([today, *starts])
