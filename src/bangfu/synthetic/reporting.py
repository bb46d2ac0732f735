"""What departments report of a household: what was planted, and what comes without meaning trouble.

Reports are made from the household as it is on the world's day, each in a month counted back from
it. Whatever an untroubled household has reported of it stays well below every limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.regions import region_of
from bangfu.synthetic.world import MONTHS, OLD

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.events import Notice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.tree import Amounts
    from bangfu.synthetic.world import World

_LATEST_DAY: Final = 20
_WITHIN: Final = 10
"""Months back within which a report lies that is to lie anywhere in the window."""
_MOST_DEBT: Final = 60
"""Percent of net income that an untroubled household owes at most."""
_MOST_WAGES: Final = 45
_HARMLESS: Final = (
    ("medical", 6.0, 800, 6000),
    ("loan", 9.0, 5000, 50000),
    ("temporary_aid", 1.2, 200, 1200),
    ("disaster", 1.0, 200, 2500),
    ("industry_loss", 0.6, 300, 3500),
    ("overdue", 0.3, 100, 600),
)
"""Trigger, percent of untroubled households, and yuan from and to (made up)."""
_DIED: Final = 0.5
_LOST_JOB: Final = 0.5


@dataclass(frozen=True, slots=True)
class Report:
    """One row of a department's list about a household, or about a place and a product.

    Attributes:
        month: YYYYMM; day: of the month.
        amount: fen; percent: of a fall in price.
        household, person: whom it is about; division, product: what a price is about.
    """

    trigger: str
    month: int
    day: int
    amount: int | None = None
    percent: int | None = None
    household: str = ""
    person: Person | None = None
    division: str = ""
    product: str = ""


def month_back(world: World, back: int) -> int:
    """YYYYMM of the month so many before the world's."""
    year, month = divmod(world.month - back, MONTHS)
    return year * 100 + month + 1


def reports_of(household: Household, world: World, dice: Dice) -> list[Report]:
    """Everything departments report of the household."""
    situation = household.situation
    if situation is not None:
        return [_planted(household, world, dice, notice) for notice in situation.notices]
    return _harmless(household, world, dice)


def _planted(household: Household, world: World, dice: Dice, notice: Notice) -> Report:
    back = dice.between(0, _WITHIN) if notice.back is None else notice.back
    amount = None
    if notice.limit:
        limit = household.net if notice.limit == "net" else getattr(world, notice.limit)
        amount = -(-limit * notice.percent // 100) + notice.fen
    day = dice.between(1, _day(world, back))
    person = _whom(household, world, dice, notice.whom)
    month = month_back(world, back)
    return Report(notice.trigger, month, day, amount, household=household.number, person=person)


def _day(world: World, back: int) -> int:
    return world.day.day if back == 0 else _LATEST_DAY


def _whom(household: Household, world: World, dice: Dice, whom: str) -> Person:
    people = household.people
    if whom == "head":
        return people[0]
    if whom == "child":
        return min(people, key=lambda person: person.months_old(world))
    if whom == "elder":
        return max(people, key=lambda person: person.months_old(world))
    return people[1] if whom == "other" else dice.pick(people)


def _harmless(household: Household, world: World, dice: Dice) -> list[Report]:
    found = []
    for trigger, percent, low, high in _HARMLESS:
        comes, amount, back = dice.chance(percent), dice.yuan(low, high, 50), dice.between(0, 13)
        day, person = dice.between(1, _day(world, back)), dice.pick(household.people)
        if trigger == "loan":
            amount, back = min(amount, household.net * _MOST_DEBT // 100), dice.between(0, 2)
            day = dice.between(1, _day(world, back))
        if comes:
            month = month_back(world, back)
            found.append(
                Report(trigger, month, day, amount, household=household.number, person=person)
            )
    return found + _losses(household, world, dice)


def _losses(household: Household, world: World, dice: Dice) -> list[Report]:
    """The death of somebody old without labour, and jobs lost where wages are a small part."""
    died, lost = dice.chance(_DIED), dice.chance(_LOST_JOB)
    back, day = dice.between(0, 4), dice.between(1, _day(world, 0))
    month, number, facts = month_back(world, back), household.number, household.facts
    found = []
    old = [
        person
        for person in household.people[1:]
        if person.age(world) >= OLD and person.facts["labour"] in ("none", "lost")
    ]
    if died and old:
        found.append(Report("death", month, day, household=number, person=old[0]))
    amounts: Amounts = {name: int(str(facts[name])) for name in _INCOMES}
    away = [person for person in household.people if person.facts["work_months"]]
    small = amounts["wage_income"] * 100 < sum(amounts.values()) * _MOST_WAGES
    if lost and away and small:
        found.append(Report("job_loss", month, day, household=number, person=away[0]))
    return found


_INCOMES: Final = ("wage_income", "business_income", "property_income", "transfer_income")
_SLIGHTLY: Final = (3, 14)


def prices_of(county: str, world: World, dice: Dice) -> list[Report]:
    """Prices observed in a county: one product's falls as far as counts, one's a little less."""
    region, limit = region_of(county), world.price_percent
    falls = [
        (region.falling, limit, 1),
        (region.falling, limit + dice.between(1, 9), 2),
        (region.dipping, limit - 1, 1),
        (region.falling, limit + 20, world.window_months),
    ]
    falls += [
        (product, dice.between(*_SLIGHTLY), dice.between(0, 5))
        for product in region.products.values
        if product not in (region.falling, region.dipping)
    ]
    return [
        Report(
            "price",
            month_back(world, back),
            dice.between(1, _day(world, back)),
            percent=percent,
            division=county,
            product=product,
        )
        for product, percent, back in falls
    ]
