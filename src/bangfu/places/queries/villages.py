"""A village as its page needs it: its name, what became of it, its households in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.http import Http404

from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Refused
from bangfu.places.counting import count_by_place, counts_for
from bangfu.places.domain.exits import check_exit
from bangfu.places.permissions import HOUSEHOLDS, READ
from bangfu.places.queries.records import values_of
from bangfu.policy.api import active_pack
from bangfu.registry.api import (
    Division,
    division_name,
    find_successors,
    tally_codes,
    tally_places,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.foundation.access.api import Actor
    from bangfu.places.counting import PlaceCount
    from bangfu.places.domain.exits import ExitCheck
    from bangfu.places.models import VillageRecord
    from bangfu.registry.api import Tally

CODES: Final = ("household_type", "monitoring_category")
"""The items by whose codes a village's households are counted."""


@dataclass(frozen=True, slots=True)
class Village:
    """A village, whether it still holds or not.

    Attributes:
        ended: the first day on which it held no longer; None while it holds.
        successors: codes and names of what holds in its place today.
    """

    code: DivisionCode
    name: str
    ended: date | None
    successors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VillageFigures:
    """A village's households in figures, as far as the actor may count them.

    Attributes:
        codes: item -> code -> households.
        dues: what must be done today, by other rooms.
    """

    tally: Tally
    codes: Mapping[str, Mapping[str, int]]
    dues: tuple[tuple[PlaceCount, int], ...]


def get_village(actor: Actor, code: str) -> Village:
    """A village in the actor's scope, also one that was merged or renamed away.

    Raises:
        Http404: when there is none, or it lies elsewhere.
    """
    if len(code) != Level.VILLAGE or not code.isdigit() or not actor.scope(READ).contains(code):
        raise Http404
    latest = Division.objects.filter(code=code).order_by("-valid_from").first()
    if latest is None:
        raise Http404
    holds = latest.valid_to is None or latest.valid_to > today()
    found = [] if holds else find_successors(code)
    return Village(
        code=DivisionCode(code),
        name=latest.name,
        ended=None if holds else latest.valid_to,
        successors=tuple((each, division_name(each)) for each in found),
    )


@transaction.atomic
def count_village(actor: Actor, code: str) -> VillageFigures | None:
    """The households of a village in figures; None for who may not count them."""
    if not actor.may(HOUSEHOLDS, code):
        return None
    dues = counts_for(actor, today=True)
    return VillageFigures(
        tally=tally_places(actor, code).total,
        codes={item: tally_codes(actor, code, item) for item in CODES},
        dues=tuple((each, _here(actor, each, code)) for each in dues),
    )


def _here(actor: Actor, count: PlaceCount, code: str) -> int:
    return sum(count_by_place(actor, count, code, len(code)).values())


def check_record(record: VillageRecord) -> tuple[ExitCheck, ...]:
    """The standard of exit over a record, with the parameters of its own day."""
    try:
        parameters = active_pack(today()).parameters_on(record.day, record.village_code)
    except Refused:
        # No policy is in force: what needs a figure is unknown, the rest is answered.
        parameters = {}
    return check_exit(values_of(record), parameters)
