"""The tree of divisions with what can be counted, one level at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid, Level
from bangfu.places.counting import count_by_place, counts_for
from bangfu.registry.api import (
    By,
    Tally,
    actor_sees,
    division_name,
    list_children,
    reach_of,
    tally_places,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.foundation.access.api import Actor
    from bangfu.places.counting import PlaceCount


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree.

    Attributes:
        others: what other rooms count there, in the order of `Level.counts`.
    """

    code: str
    name: str
    tally: Tally
    others: tuple[int, ...]

    @property
    def is_village(self) -> bool:
        """Whether it opens no further."""
        return len(self.code) == Level.VILLAGE


@dataclass(frozen=True, slots=True)
class Floor:
    """A division and the lines right below it.

    Attributes:
        sums: the others' counts of the whole division.
        coarse, unknown, elsewhere: see `registry.api.PlaceTallies`.
    """

    place: DivisionCode
    name: str
    by: By
    counts: Sequence[PlaceCount]
    branches: Sequence[Branch]
    total: Tally
    sums: tuple[int, ...]
    coarse: Tally
    unknown: Tally
    elsewhere: Tally


def place_of(actor: Actor, code: str) -> DivisionCode:
    """The division asked for, or the one that holds everything the actor reaches.

    Raises:
        Http404: for a text that is no code, and where the actor sees nothing.
    """
    try:
        place = DivisionCode(code) if code else reach_of(actor)
    except DivisionCodeInvalid:
        raise Http404 from None
    if not actor_sees(actor, place):
        raise Http404
    return place


@transaction.atomic
def get_floor(actor: Actor, place: DivisionCode, by: By) -> Floor:
    """The lines below a division with everything that is counted there; a village is its own line.

    What other rooms count goes by the place of registration, whichever the households go by.
    """
    found = tally_places(actor, place, by=by)
    below = [(each.code, each.name) for each in list_children(place)]
    width = len(below[0][0]) if below else len(place)
    counts = counts_for(actor)
    others = [count_by_place(actor, each, place, width) for each in counts]
    tallies = found.below
    if not below:
        below = [(str(place), division_name(place))]
        tallies = {str(place): found.total}
    branches = [
        Branch(code, name, tallies.get(code, Tally()), _others(others, code))
        for code, name in below
        if actor_sees(actor, code)
    ]
    return Floor(
        place=place,
        name=division_name(place),
        by=by,
        counts=counts,
        branches=branches,
        total=found.total,
        sums=tuple(sum(each.values()) for each in others),
        coarse=found.coarse if len(place) < Level.VILLAGE else Tally(),
        unknown=found.unknown,
        elsewhere=found.elsewhere,
    )


def _others(counted: Sequence[Mapping[str, int]], code: str) -> tuple[int, ...]:
    return tuple(each.get(code, 0) for each in counted)
