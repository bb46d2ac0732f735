"""Income and expenses of a year, in fen, that add up: parts to their totals, totals to a plan.

First everything is thrown as it comes by land, work, age and health. Then the reference income
(gross income - business expenses + claims - self-paid expenses) is settled: by what was planted,
or, for everybody else, kept clear of the line. Wages take their planned share of the gross
income, and the remaining kinds make up the rest to the fen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.world import MONTHLY_WAGE, OLD

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.people import Household
    from bangfu.synthetic.world import World

PROPERTY: Final = ("asset_dividend", "land_rent", "other_property")
TRANSFER: Final = ("dibao", "pension", "ecological", "other_transfer")
_OTHERS: Final = ("business_income", *PROPERTY, *TRANSFER)
_ECOLOGICAL_PER_MU: Final = 16
"""Yuan a mu of public-benefit forest and year (made up)."""
_LITTLE: Final = 40
"""Percent of gross income that wages stay below where they are to be a small part."""
_TEN_YUAN: Final = 1000

Amounts = dict[str, int]


def _throw_gains(household: Household, world: World, dice: Dice) -> Amounts:
    people = household.people
    elders = sum(person.age(world) >= OLD for person in people)
    hands = sum(person.facts["labour"] in ("ordinary", "skilled", "weak") for person in people)
    on_dibao = sum(bool(person.facts["on_dibao"]) for person in people)
    forest = int(str(household.facts["forest_land"])) // 100
    return {
        "business_income": dice.yuan(1500, 9000) * hands,
        "asset_dividend": dice.yuan(50, 900) if dice.chance(45) else 0,
        "land_rent": dice.yuan(100, 1800) if dice.chance(30) else 0,
        "other_property": dice.yuan(50, 500) if dice.chance(8) else 0,
        "dibao": dice.yuan(2400, 5400, 60) * on_dibao,
        "pension": dice.yuan(1440, 2160, 12) * elders,
        "ecological": forest * _ECOLOGICAL_PER_MU * 100,
        "other_transfer": dice.yuan(100, 3000) if dice.chance(60) else 0,
    }


def _throw_wages(household: Household, dice: Dice) -> int:
    total = 0
    for person in household.people:
        place = person.facts["work_place"]
        if place not in (None, "none"):
            low, high = MONTHLY_WAGE[str(place)]
            total += dice.yuan(low, high, 50) * int(str(person.facts["work_months"] or 3))
    if total == 0 and dice.chance(12):
        return dice.yuan(3600, 7200, 300)
    return total


def _throw_bill(household: Household, world: World, dice: Dice) -> int:
    """Medical expenses of an ordinary year, well below the limit."""
    total = 0
    for person in household.people:
        health = person.facts["health"] or ("chronic",)
        if health == ("healthy",):
            total += dice.yuan(0, 500)
        else:
            total += dice.yuan(500, 6000 if "serious" in str(health) else 3000)
    return min(total, world.medical_limit * 3 // 4)


def _bill(household: Household, world: World, dice: Dice) -> int:
    situation = household.situation
    if situation and situation.money.ill:
        return world.medical_limit * dice.between(110, 320) // 100 + dice.between(0, 9999)
    if situation and situation.money.bill is not None:
        return world.medical_limit + situation.money.bill
    return _throw_bill(household, world, dice)


def _reference(household: Household, world: World, dice: Dice, natural: int) -> int:
    """Reference income: as planted, or as it came but clear of the line."""
    situation, threshold = household.situation, world.line * len(household.people)
    if situation and situation.money.gap is not None:
        return threshold + situation.money.gap
    if situation and situation.money.poor:
        return threshold * dice.between(35, 92) // 100
    if situation and situation.work:
        return threshold * dice.between(104, 118) // 100
    comfort = dice.between(104, 190)
    return natural if natural * 100 >= threshold * 104 else threshold * comfort // 100


def _plain(amount: int) -> int:
    """The amount without its last yuan and fen, as people round."""
    return amount // _TEN_YUAN * _TEN_YUAN


def _wages(
    situation: Situation | None, dice: Dice, gross: int, natural: int, *, short: bool
) -> int:
    """The wages within the gross income; `short` keeps unstable work a small part of it."""
    share = situation.work.share if situation and situation.work else ""
    planned = {
        "most": _plain(gross * dice.between(53, 64) // 100),
        "half": gross // 2,
        "half_less_fen": gross // 2 - 1,
        "half_more_fen": gross // 2 + 1,
        "odd_less": (gross - 1) // 2,
        "little": _plain(gross * dice.between(15, _LITTLE) // 100),
    }
    if share:
        return planned[share]
    return min(natural, gross * (_LITTLE if short else 95) // 100)


def _fit(others: Amounts, rest: int) -> Amounts:
    """The other gains made to add up to `rest`: more business or support, or all of them less."""
    total = sum(others.values())
    spare = "business_income" if others["business_income"] else "other_transfer"
    if total > rest:
        others = {name: _plain(amount * rest // total) for name, amount in others.items()}
        total = sum(others.values())
    others[spare] += rest - total
    return others


def _even(situation: Situation | None, gross: int) -> int:
    """The fen to add to gross income so that the planned share of wages can be exact."""
    share = situation.work.share if situation and situation.work else ""
    if share.startswith("half"):
        return gross % 2
    return 1 - gross % 2 if share == "odd_less" else 0


def earn(household: Household, world: World, dice: Dice, *, short: bool) -> None:
    """Fill in the year's incomes and expenses.

    Args:
        short: somebody worked away, and nobody for the stable months.
    """
    gains = _throw_gains(household, world, dice)
    wages = _throw_wages(household, dice)
    costs = gains["business_income"] * dice.between(20, 42) // 100 // 1000 * 1000
    bill = _bill(household, world, dice)
    rest_paid = dice.yuan(0, 2500) if dice.chance(35) else 0
    claims = bill * dice.between(0, 30) // 100 if dice.chance(15) else 0
    outside = costs + bill + rest_paid - claims
    natural = wages + sum(gains.values()) - outside
    reference = _reference(household, world, dice, natural)
    gross = reference + outside
    odd = _even(household.situation, gross)
    gross, costs = gross + odd, costs + odd
    wages = _wages(household.situation, dice, gross, wages, short=short)
    gains = _fit(gains, gross - wages)
    household.facts |= gains
    household.facts |= {
        "income_year": world.day.year,
        "wage_income": wages,
        "property_income": sum(gains[name] for name in PROPERTY),
        "transfer_income": sum(gains[name] for name in TRANSFER),
        "business_expenses": costs,
        "claims_income": claims,
        "self_paid_expenses": bill + rest_paid,
        "self_paid_medical": bill,
        "other_self_paid": rest_paid,
    }
