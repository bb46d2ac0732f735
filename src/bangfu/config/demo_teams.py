"""The demo county's teams: offices, postings, grid and helpers, made up and only its own.

Who serves where follows from the village's code, so that every filling is alike. Some villages go
without a First Secretary, some households without a helper, some helpers have too many: the pages
have gaps to show.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final
from zlib import crc32

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.kernel.division import Level
from bangfu.places.api import divisions_with
from bangfu.registry.api import Household, division_name, list_villages
from bangfu.teams.api import (
    DutyRow,
    GridRow,
    OrganisationRow,
    PairingRow,
    PersonRow,
    load_duties,
    load_grid,
    load_organisations,
    load_pairings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["RESIDENTS", "fill_teams"]

RESIDENTS: Final = {"511921124205": "yuepeng", "511921124209": "ranjie"}
"""The villages in which somebody who signs in to the demo serves as a resident."""

_SURNAMES: Final = "苟向蒲谭冯岳马彭邓李王张刘陈杨何罗周吴赵"
_GIVEN: Final = "明华强勇军平丽芳英敏涛波林玉兰国春志文海"
_BEGAN: Final = date(2021, 6, 1)
_GRID: Final = date(2023, 5, 15)
_HELPED_FROM: Final = date(2023, 3, 1)
_EACH: Final = 7
"""Households of one helper, below the demo's limit; every twentieth helper has twice as many."""


def fill_teams(division: str, day: date) -> dict[str, int]:
    """Load organisations, duties, grid and pairings of the demo's county; answer how many of each.

    Again, it loads nothing.
    """
    actor = system_actor("demo", division)
    villages = sorted(list_villages(division, day))
    offices = load_organisations(
        actor=actor, division=division, rows=list(_organisations(division, villages))
    )
    duties = load_duties(
        actor=actor, division=division, rows=[*_duties(villages, day), *_residents(villages)]
    )
    grid = load_grid(actor=actor, division=division, rows=list(_cells(villages)))
    pairings = load_pairings(actor=actor, division=division, rows=list(_pairings(villages)))
    loaded = {"organisations": offices, "duties": duties, "grid": grid, "pairings": pairings}
    return {name: each.new for name, each in loaded.items()}


def _bureau(county: str) -> str:
    return f"{division_name(county)}农业农村局"


def _office(township: str) -> str:
    return f"{division_name(township)}人民政府"


def _committee(village: str) -> str:
    return f"{division_name(village[: int(Level.TOWNSHIP)])}{division_name(village)}村民委员会"


def _organisations(county: str, villages: Sequence[str]) -> Iterator[OrganisationRow]:
    yield OrganisationRow(_bureau(county), "department", county, _BEGAN)
    for township in sorted({each[: int(Level.TOWNSHIP)] for each in villages}):
        yield OrganisationRow(_office(township), "township", township, _BEGAN)
    for village in villages:
        yield OrganisationRow(_committee(village), "village", village, _BEGAN)


def _person(key: str, organisation: str) -> PersonRow:
    dice = crc32(key.encode())
    name = (
        _SURNAMES[dice % len(_SURNAMES)]
        + _GIVEN[dice // 31 % len(_GIVEN)]
        + _GIVEN[dice // 1009 % len(_GIVEN)]
    )
    return PersonRow(name, organisation=organisation, phone=f"199{dice % 10**8:08d}")


def _cadre(village: str) -> PersonRow:
    return _person(f"{village} cadre", _committee(village))


def _helper(village: str, place: int) -> PersonRow:
    return _person(f"{village} helper {place}", _office(village[: int(Level.TOWNSHIP)]))


def _duties(villages: Sequence[str], day: date) -> Iterator[DutyRow]:
    poor = divisions_with("exited_village", day)
    for place, village in enumerate(villages):
        bureau = _bureau(village[: int(Level.COUNTY)])
        yield DutyRow(_cadre(village), "village_cadre", village, _BEGAN)
        yield DutyRow(_helper(village, 0), "liaison", village, _BEGAN)
        if village in poor and place % 9:
            first = _person(f"{village} first secretary", bureau)
            yield DutyRow(first, "first_secretary", village, _BEGAN)
            member = _person(f"{village} team", _office(village[: int(Level.TOWNSHIP)]))
            yield DutyRow(member, "team_member", village, _BEGAN)


def _residents(villages: Sequence[str]) -> Iterator[DutyRow]:
    """The demo's own people: with their accounts, so that they can sign in where they serve."""
    people = {
        each.username: each for each in Person.objects.filter(username__in=RESIDENTS.values())
    }
    for village, username in RESIDENTS.items():
        if village in villages and username in people:
            person = people[username]
            office = _office(village[: int(Level.TOWNSHIP)])
            row = PersonRow(person.name, organisation=office, account=person.pk)
            yield DutyRow(row, "team_member", village, _BEGAN)


def _cells(villages: Sequence[str]) -> Iterator[GridRow]:
    for place, village in enumerate(villages):
        net = village[: int(Level.TOWNSHIP)]
        head = None if place % 23 == 0 else _cadre(village)
        yield GridRow(
            "township", net, "place", village, _GRID,
            person=head, role="grid_head" if head else "", valid_from=_GRID if head else None,
        )  # fmt: skip


def _pairings(villages: Sequence[str]) -> Iterator[PairingRow]:
    """Helpers for alleviated and monitored households; every fortieth household has none."""
    helped = Household.objects.filter(village_code__in=villages, active=True)
    rows = helped.exclude(household_type="ordinary", monitoring_category="none")
    numbers: dict[str, list[tuple[str, str]]] = {}
    for village, number, name in rows.order_by("household_number").values_list(
        "village_code", "household_number", "head_name"
    ):
        numbers.setdefault(village, []).append((number, name))
    for village, found in numbers.items():
        waiting, helper = iter(found), 1
        while group := list(islice(waiting, _EACH * 2 if helper % 20 == 0 else _EACH)):
            helper += 1
            person = _helper(village, helper)
            for number, name in group:
                if crc32(number.encode()) % 40:
                    yield PairingRow(number, person, True, _HELPED_FROM, head_name=name)
