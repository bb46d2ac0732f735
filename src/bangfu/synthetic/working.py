"""Work away from home and welfare posts: who, where, for how many months, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Odds
from bangfu.synthetic.world import AWAY_BY_AGE, MONTHLY_WAGE, MONTHS, WORK_PLACE

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

_SHORT_YEAR: Final = 12
"""Percent of working people who were away for less than the stable months."""
_MODEST_MONTHS: Final = 9
NEAR: Final = frozenset({"none", "township", "county"})
"""Places of work from which one comes home to the children."""
_POSTED: Final = 16
"""Percent of alleviated households with somebody in a welfare post."""
_POST_AGES: Final = (16, 70)
"""Facts 4.4: from 16; from 70 on the national checks doubt it."""
_POST: Final = Odds(
    {"ecological": 38, "cleaning": 26, "road": 14, "care": 8, "water": 6, "security": 5, "other": 3}
)
_INDUSTRY: Final = Odds(
    {
        "construction": 30,
        "manufacturing": 30,
        "catering": 12,
        "household_service": 10,
        "trade": 7,
        "transport": 6,
        "other": 3,
        "mining": 1,
        "energy": 1,
    }
)
_PROVINCES: Final = Odds(
    {"440000": 38, "330000": 22, "350000": 10, "320000": 9, "310000": 6, "650000": 6, "500000": 9}
)
_CITIES: Final = Odds({"510100": 64, "510700": 10, "510600": 6, "511300": 8, "511700": 6})
_FIRMS: Final = ("宏远", "鑫达", "华盛", "安泰", "瑞丰", "金辉", "永固", "天成", "和顺", "长兴")
_KINDS: Final = {
    "construction": "建筑劳务有限公司",
    "manufacturing": "电子有限公司",
    "catering": "餐饮店",
    "household_service": "家政服务部",
    "trade": "商贸有限公司",
    "transport": "运输有限公司",
    "mining": "矿业有限公司",
    "energy": "水电有限公司",
    "farming": "种植专业合作社",
    "other": "服务部",
}
_DETAILS: Final = (
    "work_division",
    "employer",
    "work_industry",
    "job_channel",
    "monthly_wage",
    "point_to_point",
    "unemployed_reason",
)
_GRADUATE: Final = (20, 26)
_DEGREES: Final = frozenset({"college", "bachelor", "college_or_above"})


def stay(person: Person) -> None:
    """The person works nowhere away from home."""
    person.facts["work_place"] = "none"
    person.facts["work_months"] = None


def leave(person: Person, dice: Dice, months: int | None, place: str = "") -> None:
    """The person works somewhere for `months`; None is not known."""
    drawn = dice.draw(WORK_PLACE)
    person.facts["work_place"] = place or drawn
    person.facts["work_months"] = months


def _wants_away(person: Person, world: World, outward: int) -> bool:
    age = person.age(world)
    share = next((share for below, share in AWAY_BY_AGE if age < below), 0.0)
    return person.able and person.roaming * 100 < share * 100 + (outward if share else 0)


def work(household: Household, world: World, dice: Dice, outward: int, *, steady: bool) -> None:
    """Fill in work for everybody.

    Args:
        outward: percent added to those who work away.
        steady: nobody's year is shorter than the stable months, and one month more.
    """
    for person in household.people:
        if not _wants_away(person, world, outward):
            stay(person)
        elif not steady and dice.chance(_SHORT_YEAR):
            leave(person, dice, dice.between(2, world.stable_months - 1))
        else:
            leave(person, dice, dice.between(world.stable_months + 1, MONTHS))


def work_modestly(household: Household, world: World, dice: Dice) -> None:
    """Fill in work of a household that earns little: at most one, near home, for stable months."""
    for person in household.people:
        stay(person)
    able = [person for person in household.people if person.able]
    if able and dice.chance(50):
        able[0].facts["work_place"] = "township"
        able[0].facts["work_months"] = dice.between(world.stable_months + 1, _MODEST_MONTHS)


def come_home_to_children(household: Household, world: World) -> None:
    """Let one of the grown work in the county where a child would be left without anybody."""
    people = household.people
    if not any(person.age(world) < world.child_to for person in people):
        return
    grown = [each for each in people if world.adult_from <= each.age(world) < world.adult_to]
    old = [each for each in people if each.age(world) >= world.adult_to]
    kept = any(each.facts["work_place"] in NEAR for each in grown)
    if kept or not grown or any(each.facts["health"] == ("healthy",) for each in old):
        return
    grown[-1].facts["work_place"] = "county"


def take_posts(household: Household, world: World, dice: Dice) -> None:
    """Fill in welfare posts: for some of the alleviated, and where a relocated one has no work."""
    people, facts = household.people, household.facts
    throw, kind, months = dice.chance(_POSTED), dice.draw(_POST), dice.between(7, MONTHS)
    for person in people:
        person.facts["post_type"], person.facts["post_months"] = "none", 0
    idle = [person for person in people if _may_take_post(person, world)]
    away = any(person.facts["work_place"] not in ("none", None) for person in people)
    needed = bool(facts["relocated"]) and any(person.able for person in people) and not away
    if idle and (needed or (throw and facts["household_type"] != "ordinary")):
        idle[-1].facts["post_type"], idle[-1].facts["post_months"] = kind, months


def _may_take_post(person: Person, world: World) -> bool:
    low, high = _POST_AGES
    hands = person.facts["labour"] in ("ordinary", "skilled", "weak")
    return hands and person.facts["work_place"] == "none" and low <= person.age(world) < high


def tell_of_work(household: Household, world: World, dice: Dice) -> None:
    """Fill in employer, industry, channel and the like for whoever works."""
    for person in household.people:
        facts = person.facts
        facts |= dict.fromkeys(_DETAILS)
        throws = dice.draw(_INDUSTRY), dice.draw(_PROVINCES), dice.draw(_CITIES)
        firm, sent = dice.pick(_FIRMS), dice.chance(18)
        place = facts["work_place"]
        if place not in (None, "none"):
            industry = throws[0]
            facts["work_industry"] = industry
            facts["employer"] = f"{firm}{_KINDS[industry]}"
            facts["work_division"] = _division(household, str(place), throws[1], throws[2])
            facts["job_channel"] = "workshop" if place == "township" and sent else "migrant"
            facts["point_to_point"] = sent and place in ("elsewhere", "province")
        elif facts["post_months"]:
            facts["job_channel"] = "welfare_post"
        elif _is_graduate(person, world):
            facts["unemployed_reason"] = "studying" if sent else "no_job"


def _division(household: Household, place: str, province: str, city: str) -> str:
    code = household.village.code
    known = {"elsewhere": province, "province": city, "county": code[:6], "township": code[:9]}
    return known.get(place, province)


def _is_graduate(person: Person, world: World) -> bool:
    low, high = _GRADUATE
    return person.able and low <= person.age(world) < high and person.facts["education"] in _DEGREES


def wages_of(person: Person, dice: Dice) -> int:
    """What a year's work brings by place, in fen; months that are not known count as three."""
    place = person.facts["work_place"]
    if place in (None, "none"):
        return 0
    low, high = MONTHLY_WAGE[str(place)]
    return dice.yuan(low, high, 50) * int(str(person.facts["work_months"] or 3))


def longest_work(household: Household) -> int:
    """The most months anybody worked away; 0 when nobody did."""
    return max(int(str(person.facts["work_months"] or 0)) for person in household.people)
