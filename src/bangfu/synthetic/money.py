"""Income and expenses of a year, in fen, that add up: parts to their totals, totals to a plan.

First everything is thrown as it comes by land, work, age and health. Then net income (gross income
less business expenses) is settled: by what was planted, by next year's where an earlier year is
told, or, for everybody else, as it came but clear of every line. Wages take their share of the
gross income, rights and business make up the rest to the fen.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dividing import Plan, Sources, costed, fail, plain, share_out
from bangfu.synthetic.events import Money
from bangfu.synthetic.gains import (
    throw_business,
    throw_entitlements,
    throw_flexible,
    throw_posts,
    throw_tuition,
)
from bangfu.synthetic.tree import add_up
from bangfu.synthetic.working import wages_of

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.people import Household
    from bangfu.synthetic.world import World

_LOW: Final = 95
"""Percent of the low-income line that still leaves reference income above the monitoring line."""
_SMALL_BILL: Final = 100_00
_LITTLE: Final = 40
"""Percent of gross income that wages stay below where they are to be a small part."""
_MOST: Final = 84
"""Percent of gross income that wages stay below, so that they stay below net income too."""
_TEN_YUAN: Final = 1000
_MOST_COSTS: Final = 14
"""Percent of net income that business expenses stay below."""
_CLEAR: Final = 104
"""Percent of a line from which a household is clear of it."""
_MOST_TRANSFERS: Final = 54
_MOST_FALLING: Final = 27
"""Percent of gross income that transfers, or a business whose price falls, stay below."""
_WORSE: Final = (84, 99)
"""Last year's net income in percent of this year's, where nothing happened."""
_GROWTH: Final = 107
"""Net income a head in percent of the year before's."""
_POOR: Final = (1600, 2900)
"""Yuan of net income a head of those not yet out of poverty (made up)."""
_ALL_OUT: Final = date(2021, 1, 1)
_STILL_POOR: Final = frozenset({"not_exited", "pre_exit"})
_PLAIN: Final = Money()


def money_of(household: Household) -> Money:
    """What was planted in the household's money."""
    return household.situation.money if household.situation else _PLAIN


def _medical(household: Household, world: World, dice: Dice) -> int:
    """Medical expenses: as planted, or of an ordinary year, well below the limit."""
    total = 0
    for person in household.people:
        health = person.facts["health"] or ("chronic",)
        if health == ("healthy",):
            total += dice.yuan(0, 500)
        else:
            total += dice.yuan(500, 6000 if "serious" in str(health) else 3000)
    heavy = world.medical_limit * dice.between(110, 320) // 100 + dice.between(0, 9999)
    planted = money_of(household)
    if planted.ill:
        return heavy
    if planted.bill is not None:
        return world.medical_limit + planted.bill
    return min(total, world.medical_limit * 3 // 4)


def _education(household: Household, world: World, dice: Dice) -> int:
    natural, heavy = throw_tuition(household, dice), dice.between(110, 190)
    planted = money_of(household)
    if planted.tuition is not None:
        return world.education_limit + planted.tuition
    if planted.tuitions:
        return world.education_limit * heavy // 100 // _TEN_YUAN * _TEN_YUAN
    return min(natural, world.education_limit * 3 // 4)


def _pay(household: Household, world: World, dice: Dice) -> Plan:
    """Self-paid expenses and claims."""
    bill, learning = _medical(household, world, dice), _education(household, world, dice)
    house = dice.yuan(300, 2500) if dice.chance(4) else 0
    storm = dice.yuan(200, 1500) if dice.chance(1) else 0
    rest = dice.yuan(0, 2500) if dice.chance(30) else 0
    claims = bill * dice.between(0, 30) // 100 if dice.chance(15) else 0
    if planted_low(household):
        bill, learning, house, storm, rest, claims = _SMALL_BILL, 0, 0, 0, 0, 0
    paid = {
        "self_paid_medical": bill,
        "self_paid_education": learning,
        "self_paid_housing": house,
        "self_paid_disaster": storm,
        "other_self_paid": rest,
    }
    return Plan(net=0, claims=claims, paid=paid)


def planted_low(household: Household) -> bool:
    """Whether net income lies close to two lines, so that nothing may be deducted from it."""
    planted = money_of(household)
    return planted.low or planted.net_gap is not None


def _floor(household: Household, world: World) -> int:
    """The least reference income that is clear of every line."""
    size, floor = len(household.people), world.line * _CLEAR
    if any("serious" in str(person.facts["health"]) for person in household.people):
        floor = max(floor, world.line * (world.serious_percent + 6))
    if household.facts["household_type"] == "alleviated":
        floor = max(floor, world.low_income_line * _CLEAR)
    return floor * size // 100


def _reference(household: Household, world: World, dice: Dice, natural: int) -> int:
    """Reference income: as planted, or as it came but clear of the lines."""
    planted, threshold = money_of(household), world.line * len(household.people)
    low, modest, comfort = dice.between(35, 92), dice.between(105, 118), dice.between(101, 165)
    if planted.gap is not None:
        return -(-threshold * planted.percent // 100) + planted.gap
    if planted.poor:
        return threshold * low // 100
    if household.situation and household.situation.work:
        return threshold * modest // 100
    if planted.modest:
        return threshold * modest // 100
    floor = _floor(household, world)
    return natural if natural >= floor else floor * comfort // 100


def _net(household: Household, world: World, dice: Dice, plan: Plan, natural: int) -> int:
    """Net income, from the reference income or from what was planted about it."""
    outside = sum(plan.paid.values()) - plan.claims
    reference = _reference(household, world, dice, natural - outside)
    planted = money_of(household)
    if planted.low:
        return world.low_income_line * len(household.people) * _LOW // 100
    if planted.net_gap is not None:
        return world.low_income_line * len(household.people) + planted.net_gap
    return reference + outside


def _wages(
    situation: Situation | None, dice: Dice, gross: int, natural: int, *, short: bool
) -> int:
    """The wages within the gross income; `short` keeps unstable work a small part of it."""
    share = situation.work.share if situation and situation.work else ""
    most, little = dice.between(53, 64), dice.between(15, _LITTLE)
    planned = {
        "most": plain(gross * most // 100),
        "half": gross // 2,
        "half_less_fen": gross // 2 - 1,
        "half_more_fen": gross // 2 + 1,
        "odd_less": (gross - 1) // 2,
        "little": plain(gross * little // 100),
    }
    if share:
        return planned[share]
    return min(natural, gross * (_LITTLE if short else _MOST) // 100)


def _even(situation: Situation | None, gross: int) -> int:
    """The fen to add to gross income so that the planned share of wages can be exact."""
    share = situation.work.share if situation and situation.work else ""
    if share.startswith("half"):
        return gross % 2
    return 1 - gross % 2 if share == "odd_less" else 0


def earn(
    household: Household, world: World, dice: Dice, *, short: bool, net: int | None = None
) -> None:
    """Fill in the year's incomes and expenses.

    Args:
        short: somebody worked away, and nobody for the stable months.
        net: the net income, where it is settled already.
    """
    sources = Sources(
        throw_business(household, dice),
        throw_flexible(household, world, dice),
        throw_entitlements(household, world, dice),
        throw_posts(household, dice),
    )
    sources.posts["gathering_income"] = sources.flexible.pop("gathering_income", 0)
    posts = sum(sources.posts.values())
    earned = _throw_wages(household, dice)
    plan = _pay(household, world, dice)
    ratio = dice.between(20, 42)
    natural = _net(household, world, dice, plan, earned + posts + sources.total)
    plan.net = natural if net is None else net
    costs = sum(sources.business.values()) * ratio // (100 - ratio)
    plan.costs = plain(min(costs, plan.net * _MOST_COSTS // 100))
    plan.costs += _even(household.situation, plan.gross)
    plan.wages = _wages(household.situation, dice, plan.gross, earned + posts, short=short)
    planted = money_of(household)
    if planted.failed:
        fail(plan, sources, planted.failed)
    elif planted.business is not None or planted.transfers is not None:
        share_out(plan, sources, planted, world)
    else:
        sources.fit(plan.net - plan.wages)
        if _must_not_live_on_transfers(household):
            sources.moderate(plan.gross * _MOST_TRANSFERS // 100)
    if net is None:
        household.net = plan.net
        household.net_before = _before(household, world, plan.net, dice)
    _tell(household, world, plan, sources)


def _before(household: Household, world: World, net: int, dice: Dice) -> int:
    """Last year's net income: a little less, or where it fell, far more."""
    usual, fell = dice.between(*_WORSE), dice.between(40, 62)
    planted = money_of(household)
    if planted.fell:
        return net * 100 // fell
    if planted.fall is not None:
        return net * 100 // (100 - world.fall_percent) + planted.fall
    return net * usual // 100


def net_on(household: Household, now: World, then: World, dice: Dice) -> int:
    """The net income of an earlier statement: the one before as settled, those before as guessed.

    Households not yet out of poverty earned little; for the others income grew every year.
    """
    years, size = now.income_year - then.income_year, len(household.people)
    share, poor = dice.between(90, 108), dice.between(*_POOR)
    if years == 1:
        return household.net_before
    if then.day < _ALL_OUT and household.facts["exit_flag"] in _STILL_POOR:
        return size * poor * 100
    head = household.net * 100 // max(household.lasting_size, 1)
    for _ in range(years):
        head = head * 100 // _GROWTH
    return max(head * size * share // 10_000, size * _POOR[1] * 100)


def _throw_wages(household: Household, dice: Dice) -> int:
    odd_jobs = dice.yuan(3600, 7200, 300) if dice.chance(12) else 0
    return sum(wages_of(person, dice) for person in household.people) or odd_jobs


def _must_not_live_on_transfers(household: Household) -> bool:
    return household.facts["household_type"] == "alleviated" and any(
        person.able for person in household.people
    )


def _tell(household: Household, world: World, plan: Plan, sources: Sources) -> None:
    """Write the statement."""
    year = world.income_year
    leaves = sources.flexible | sources.rights
    leaves |= costed(plan.costs, sources.business)
    near = sources.posts if sum(sources.posts.values()) <= plan.wages else {}
    leaves |= near
    leaves["migrant_wages"] = plan.wages - sum(near.values())
    household.facts |= add_up(leaves | plan.paid)
    household.facts |= {
        "income_year": year,
        "income_purpose": "annual",
        "income_from": (year - 1) * 100 + 10,
        "income_to": year * 100 + 9,
        "claims_income": plan.claims,
    }
    _spread_wages(household, leaves["migrant_wages"])


def _spread_wages(household: Household, wages: int) -> None:
    """Tell each worker's wage a month, about their months of the household's wages."""
    workers = [each for each in household.people if each.facts["work_months"]]
    months = sum(int(str(each.facts["work_months"])) for each in workers)
    for person in household.people:
        person.facts["monthly_wage"] = None
    for person in workers:
        person.facts["monthly_wage"] = plain(wages // months)
