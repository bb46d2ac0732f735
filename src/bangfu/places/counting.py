"""What other rooms count by place: columns of the tree and words of a village's title.

The clues of a township are known in a room above; it brings how to count them, the tree draws them
for who holds the capability.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.audit.api import record_counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """Something that can be counted by place.

    Attributes:
        name: its identity.
        words: how a count is said, with `%(n)s` in it: `%(n)s 条线索`.
        capability: who may see it.
        count: takes the actor, a division and the length of the codes to count by; answers counts
            by code, scoped by the actor. A place that is not there has none.
        today: whether it is what must be done today: it stands in a village's title, not in the
            tree.
    """

    name: str
    order: int
    words: str | _StrPromise
    capability: str
    count: Callable[[Actor, str, int], Mapping[str, int]]
    today: bool = False

    def say(self, number: int) -> str:
        """A count in words."""
        return str(self.words) % {"n": f"{number:,}"}


_counts: dict[str, PlaceCount] = {}


def register_count(count: PlaceCount) -> None:
    """Add a count; its name is its identity."""
    _counts[count.name] = count


def counts_for(actor: Actor, *, today: bool = False) -> list[PlaceCount]:
    """The counts that the actor may see, in order; audited when they are counted."""
    found = (each for each in _counts.values() if each.today == today)
    return sorted(
        (each for each in found if actor.holds(each.capability)), key=lambda each: each.order
    )


def count_by_place(actor: Actor, count: PlaceCount, division: str, width: int) -> Mapping[str, int]:
    """One count by the places of a division; one row in the audit, without ids."""
    record_counted(actor, count.name, {"division": division}, division)
    return count.count(actor, division, width)
