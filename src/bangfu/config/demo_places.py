"""The demo county's area tags and village records: made up, marked so, and only its own.

No list of another place is invented: whoever compares with the published counts sees how many
members are missing. The figures of a village follow from its code, so that every filling is alike.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from django.db.models import Count, Sum

from bangfu.foundation.access.api import system_actor
from bangfu.places.api import Origin, RecordRow, TagRow, load_tags, load_village_records
from bangfu.registry.api import Household, division_name, list_villages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.foundation.access.api import Actor

__all__ = ["fill_places"]

SOURCE: Final = "演示用虚构名单"
_SURVEY: Final = "演示用虚构村情调查"
_MADE_UP: Final = Origin(demo=True)
_EXIT: Final = date(2018, 12, 1)
_YEARS: Final = (2018, 2024, 2025)
_POOR_EACH: Final = 4
"""Every fourth village stood on the made-up list of poor villages."""
_INDUSTRIES: Final = ("茶叶", "银耳", "中药材", "生猪", "核桃", "水稻")


def fill_places(division: str, day: date) -> tuple[int, int]:
    """Load the tags and records of the demo's county; answer how many. Again, it loads nothing.

    Args:
        division: the county.
        day: the day on which its villages are looked up.
    """
    actor = system_actor("demo", division)
    villages = sorted(list_villages(division, day))
    tags = load_tags(actor=actor, rows=list(_tags(division, villages)), origin=_MADE_UP)
    return tags.new, _load_records(actor, division, villages)


def _tags(county: str, villages: list[str]) -> Iterator[TagRow]:
    name = division_name(county)
    yield _tag("exited_county", county, name, county, _EXIT, batch="2018")
    yield _tag("qinba", county, name, county, date(2011, 1, 1))
    yield _tag("provincial_key_county", county, name, county, date(2021, 8, 1))
    for village in filter(_was_poor, villages):
        place = division_name(village)
        yield _tag("poor_village", village, place, county, date(2014, 1, 1), valid_to=_EXIT)
        yield _tag("exited_village", village, place, county, _EXIT)
    for village in villages[:: len(villages) // 3 or 1]:
        place = division_name(village)
        yield _tag("resettlement_area", village, place, county, date(2019, 6, 1))
    # A list that writes a village's name otherwise than the divisions do: it matches no place.
    yield _tag("exited_village", "", "马坪村", county, _EXIT)


def _tag(kind: str, division: str, name: str, county: str, since: date, **more: Any) -> TagRow:
    return TagRow(kind, division, name, county, since, SOURCE, **more)


def _was_poor(village: str) -> bool:
    return _number(village, "poor", _POOR_EACH) == 0


def _number(village: str, item: str, below: int) -> int:
    """A number that follows from the village and the item, from 0 up to and not including."""
    return crc32(f"{village}/{item}".encode()) % below


def _load_records(actor: Actor, county: str, villages: list[str]) -> int:
    inside = Household.objects.filter(village_code__startswith=county, active=True)
    rows = inside.values_list("village_code").annotate(n=Count("id"), people=Sum("size"))
    counted = {code: (n, people) for code, n, people in rows.order_by()}
    records = [
        RecordRow(
            village, year, _SURVEY, date(year, 12, 31), _items(village, year, *counted[village])
        )
        for village in villages
        if village in counted
        for year in _YEARS
    ]
    return load_village_records(actor=actor, rows=records, origin=_MADE_UP).new


def _items(village: str, year: int, households: int, people: int) -> dict[str, Any]:
    """A village in a year: better equipped as the years go by, some of it still unknown."""
    later = year > _EXIT.year
    groups = 3 + _number(village, "groups", 6)
    values: dict[str, Any] = {
        "households_registered": households,
        "population_registered": people,
        "population_living": people * (60 + _number(village, f"living{year}", 30)) // 100,
        "population_poor": 0 if later or not _was_poor(village) else people // 40,
        "farmland": people * (80 + _number(village, "farmland", 60)),
        "road_to_village": later or _number(village, "road", 12) > 0,
        "groups": groups,
        "groups_with_road": groups if later else groups - _number(village, "reach", 3),
        "tap_water_households": households - _number(village, f"tap{year}", 3) * households // 10,
        "production_power": True,
        "network": True,
        "broadband": later,
        "clinic": later or _number(village, "clinic", 10) > 0,
        "doctors": 1 + _number(village, "doctors", 2),
        "culture_room": later or _number(village, "culture", 8) > 0,
        "collective_income": (20 + _number(village, "income", 60) + (year - 2018) * 8) * 100_000,
        "enterprises": _number(village, "enterprises", 3),
        "cooperatives": 1 + _number(village, "cooperatives", 3),
        "leading_industry": _INDUSTRIES[_number(village, "industry", len(_INDUSTRIES))],
    }
    missing = ("", "broadband", "doctors", "collective_income")[_number(village, "gap", 4)]
    return {name: value for name, value in values.items() if name != missing or year != _YEARS[0]}
