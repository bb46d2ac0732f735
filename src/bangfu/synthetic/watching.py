"""Who is on the list of the monitored, since when, for which risks, and whether they are over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.benefits import is_without_hands
from bangfu.synthetic.dice import Odds
from bangfu.synthetic.world import MONITORED, MONITORED_AT_RISK

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household
    from bangfu.synthetic.world import World

_MONITORING_SINCE: Final = date(2021, 1, 1)
_ONE_CATEGORY_SINCE: Final = date(2026, 1, 1)
"""From this day one category replaces the three of 2021."""
_RISKS: Final = ("risk_1", "risk_2", "risk_3", "risk_4", "risk_5")
_ASKED: Final = ("unsafe_housing", "out_of_school", "unsafe_water", "uninsured")
_DETAILS: Final = (
    *_RISKS,
    "risk_identified_month",
    "risk_eliminated_month",
    "disaster_kind",
    "risk_note",
    *(f"found_{each}" for each in _ASKED),
    *(f"left_{each}" for each in _ASKED),
)
_OF_EVENT: Final = {
    "fell_ill": "illness",
    "house_damaged": "housing",
    "left_school": "dropout",
    "became_disabled": "disability",
    "lost_work": "work",
    "business_failed": "industry",
    "disaster": "disaster",
    "accident": "accident",
    "nobody_works": "labour",
    "water_went_bad": "water",
    "school_costs": "schooling",
}
_RISK: Final = Odds(
    {
        "illness": 40,
        "disability": 15,
        "work": 13,
        "labour": 11,
        "schooling": 7,
        "industry": 4,
        "disaster": 4,
        "accident": 4,
        "other": 2,
    }
)
"""Risks of the monitored (made up; illness leads as in published counts, unverified)."""
_DISASTER: Final = Odds(
    {"flood": 48, "geological": 26, "weather": 14, "drought": 8, "earthquake": 2, "biological": 2}
)
_COUNT: Final = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 8, 16)
"""Throws of risks; the same one twice counts once."""
_OVER: Final = 62
"""Percent of those identified more than a year ago whose risk is over."""
_SUDDEN: Final = 30


def _month(year: int, month: int) -> int:
    return year * 100 + month


def watch(household: Household, world: World, dice: Dice) -> None:
    """Put the household on the list or not, and say whether it is without labour.

    Households in trouble are more often on it, since the event began.
    """
    facts, day = household.facts, world.day
    throw, sudden = dice.share() * 100, dice.chance(_SUDDEN)
    since = _month(dice.between(2021, 2024), dice.between(1, 12))
    at_risk = bool(household.event_month) and not _is_unlisted(household)
    if at_risk and throw >= MONITORED:
        since = household.event_month
    listed = throw < (MONITORED_AT_RISK if at_risk else MONITORED) and not _is_unlisted(household)
    if household.situation is not None and household.situation.listed:
        listed = True
    listed = listed and since <= _month(day.year, day.month) and day >= _MONITORING_SINCE
    alleviated = facts["household_type"] == "alleviated"
    facts["monitoring_category"] = (
        _category(day, alleviated=alleviated, sudden=sudden) if listed else "none"
    )
    if listed and facts["household_type"] == "ordinary":
        facts["identified_month"] = since
        facts["identification_standard"] = "provincial"
    facts["safety_net_household"] = is_without_hands(household) and not _is_unnetted(household)
    facts |= dict.fromkeys(_DETAILS)
    if listed:
        _tell_risks(household, world, dice, since)


def _is_unlisted(household: Household) -> bool:
    return household.situation is not None and household.situation.unlisted


def _is_unnetted(household: Household) -> bool:
    return household.situation is not None and household.situation.unnetted


def _category(day: date, *, alleviated: bool, sudden: bool) -> str:
    if day >= _ONE_CATEGORY_SINCE:
        return "prevention"
    if sudden:
        return "sudden"
    return "unstable" if alleviated else "marginal"


def _tell_risks(household: Household, world: World, dice: Dice, since: int) -> None:
    facts, today = household.facts, _month(world.day.year, world.day.month)
    first = _OF_EVENT.get(household.situation.event if household.situation else "")
    drawn = [dice.draw(_RISK) for _ in range(dice.pick(_COUNT))]
    risks = list(dict.fromkeys(([first] if first else []) + drawn))
    for name, risk in zip(_RISKS, risks[: len(_RISKS)], strict=False):
        facts[name] = risk
    kind, over, later = dice.draw(_DISASTER), dice.chance(_OVER), dice.between(7, 20)
    asked = [dice.chance(percent) for percent in (6, 1, 2, 3)]
    facts["risk_identified_month"] = since
    if "disaster" in risks:
        facts["disaster_kind"] = kind
    if "other" in risks:
        facts["risk_note"] = "家庭支出骤增，需持续关注"
    facts |= {f"found_{name}": answer for name, answer in zip(_ASKED, asked, strict=True)}
    year, month = divmod(since // 100 * 12 + since % 100 - 1 + later, 12)
    ended = _month(year, month + 1)
    if over and ended <= today and not household.event_month:
        facts["risk_eliminated_month"] = ended
        facts |= dict.fromkeys((f"left_{name}" for name in _ASKED), False)
