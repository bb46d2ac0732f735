"""What a year brings by itself: land, age, health, family and posts give incomes and expenses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.bodies import SEVERE
from bangfu.synthetic.lands import FORESTRY, LIVESTOCK
from bangfu.synthetic.tree import BUSINESS, POSTS, Amounts
from bangfu.synthetic.world import OLD

if TYPE_CHECKING:
    from bangfu.synthetic.dice import Dice
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.world import World

HANDS: Final = ("ordinary", "skilled", "weak")
_YUAN: Final = 100
_MU: Final = 100
_VERY_OLD: Final = ((100, 6000), (90, 2400), (80, 600))
"""Old-age subsidy in yuan a year from an age on (made up; from 80 in Sichuan's practice)."""
_PUPILS: Final = ("senior", "vocational", "higher", "university")
_POST_MONTH: Final = 600
_SUBSIDISED: Final = {"1": 2280, "2": 1800, "3": 960, "4": 0}
_COLD: Final = ("5132", "5133")
_TUITION: Final = {
    "kindergarten": (800, 3200),
    "senior": (1500, 3800),
    "vocational": (800, 2600),
    "higher_vocational": (3800, 6800),
    "university": (4200, 7600),
    "technician": (2000, 4000),
}
"""Out-of-pocket yuan a year for one at school (made up)."""
_Chance = tuple[str, float, int, int]
_FLEXIBLE: Final[tuple[_Chance, ...]] = (
    ("asset_dividend", 14, 50, 900),
    ("land_rent", 30, 100, 1800),
    ("finance_project", 2, 200, 1200),
    ("entrusted_farming", 3, 200, 1500),
    ("other_property", 8, 50, 500),
    ("gathering_income", 12, 100, 1800),
    ("donations", 2, 200, 2000),
    ("remaining_transfer", 15, 50, 600),
)
"""Percent of households that have it, and yuan a year from and to (made up)."""
_ALLEVIATED_TOO: Final[tuple[_Chance, ...]] = (("asset_dividend", 45, 50, 900), *_FLEXIBLE[1:])
_BY_CHANCE: Final[tuple[_Chance, ...]] = (
    ("social_relief", 2, 200, 1500),
    ("anti_poverty_insurance", 1, 300, 2500),
    ("disaster_relief", 1.5, 200, 1200),
)


def throw_business(household: Household, dice: Dice) -> Amounts:
    """Business income less its expenses, by what the household sells."""
    people = household.people
    hands = sum(person.facts["labour"] in HANDS for person in people)
    home = sum(
        person.facts["labour"] in HANDS and person.facts["work_place"] == "none"
        for person in people
    )
    amount = dice.yuan(1200, 5200) * hands + dice.yuan(1500, 7000) * home
    trade = dice.yuan(6000, 30000) if home and dice.chance(6) else 0
    products = household.facts["main_products"]
    if not isinstance(products, tuple) or not amount:
        return {}
    leaves = [leaf_of(product) for product in products]
    main, other = leaves[0], leaves[-1]
    part = amount * dice.between(55, 90) // 100 // 1000 * 1000
    found = {main: part}
    found[other] = found.get(other, 0) + amount - part
    return found | ({"other_business": trade} if trade else {})


def leaf_of(product: str) -> str:
    """The kind of business income a product brings."""
    if product in LIVESTOCK:
        return BUSINESS[1]
    return BUSINESS[2] if product in FORESTRY else BUSINESS[0]


def throw_flexible(household: Household, world: World, dice: Dice) -> Amounts:
    """Incomes that may as well be more or less: property, gathering, help from children."""
    elders = sum(person.age(world) >= OLD for person in household.people)
    grown = any(OLD > person.age(world) >= world.adult_from for person in household.people)
    alleviated = household.facts["household_type"] != "ordinary"
    found = _throw_each(dice, _ALLEVIATED_TOO if alleviated else _FLEXIBLE)
    found["children_support"] = dice.yuan(600, 3600, 100) * (0 if grown else elders)
    return {name: amount for name, amount in found.items() if amount}


def _throw_each(dice: Dice, table: tuple[_Chance, ...]) -> Amounts:
    """What comes by chance; every line takes the same throws, whether it comes or not."""
    found = {}
    for name, percent, low, high in table:
        comes, amount = dice.chance(percent), dice.yuan(low, high)
        found[name] = amount if comes else 0
    return found


def throw_entitlements(household: Household, world: World, dice: Dice) -> Amounts:
    """Transfers that follow from a right: allowances, pensions, subsidies for land and age."""
    facts, people = household.facts, household.people
    elders = [person for person in people if person.age(world) >= OLD]
    months = dice.yuan(1800, 3600, 60), dice.yuan(1380, 2160, 12), dice.yuan(7200, 10800, 120)
    own = {
        "dibao": months[0] * sum(bool(person.facts["on_dibao"]) for person in people),
        "pension": months[1] * sum(bool(_is_pensioner(person)) for person in elders),
        "extreme_poverty": months[2] * any(each.facts["on_extreme_poverty"] for each in people),
        "family_planning": 960_00 if elders and _had_few_children(household) else 0,
        "old_age_subsidy": sum(_old_age(person.age(world)) for person in elders),
        "preferential": dice.yuan(2400, 9600, 120) if facts["soldier_family"] else 0,
        "disability_subsidy": sum(_subsidy(person) for person in people),
        "education_support": 1000_00 * _supported_pupils(household),
    }
    own |= _of_land(household, dice)
    own |= _throw_each(dice, _BY_CHANCE)
    own["heating_subsidy"] = 400_00 if household.village.code.startswith(_COLD) else 0
    incapable = dice.chance(8) and own["disability_subsidy"]
    own["incapacity_subsidy"] = 600_00 if incapable else 0
    return {name: amount for name, amount in own.items() if amount}


def _of_land(household: Household, dice: Dice) -> Amounts:
    facts = household.facts
    acres = {
        name: int(str(facts[name] or 0)) // _MU
        for name in ("farmland", "forest_land", "returned_land", "pasture_land")
    }
    rate = dice.between(70, 110)
    planted = dice.chance(35)
    return {
        "returned_forest": acres["returned_land"] * 125 * _YUAN,
        "public_forest": max(acres["forest_land"] - acres["returned_land"], 0) * 15 * _YUAN,
        "grassland": acres["pasture_land"] * 8 * _YUAN,
        "other_ecological": 0,
        "land_fertility": acres["farmland"] * rate * _YUAN,
        "planting_subsidy": acres["farmland"] * 30 * _YUAN if planted else 0,
    }


def _is_pensioner(person: Person) -> bool:
    return not person.facts["on_extreme_poverty"]


def _had_few_children(household: Household) -> bool:
    return bool(household.facts["one_child_family"] or household.facts["two_daughter_family"])


def _old_age(age: int) -> int:
    return next((yuan * _YUAN for least, yuan in _VERY_OLD if age >= least), 0)


def _subsidy(person: Person) -> int:
    grade = person.facts["disability_grade"]
    return _SUBSIDISED.get(str(grade), 0) * _YUAN if grade in SEVERE or grade == "3" else 0


def _supported_pupils(household: Household) -> int:
    if household.facts["household_type"] == "ordinary":
        return 0
    return sum(str(each.facts["school_status"]).startswith(_PUPILS) for each in household.people)


def throw_posts(household: Household, dice: Dice) -> Amounts:
    """The pay of welfare posts, by who pays."""
    months = sum(int(str(person.facts["post_months"] or 0)) for person in household.people)
    month, payer = dice.yuan(_POST_MONTH - 100, _POST_MONTH + 300, 50), dice.pick(POSTS)
    return {payer: months * month} if months else {}


def throw_tuition(household: Household, dice: Dice) -> int:
    """Out-of-pocket expenses for those at school, well below the limit."""
    total = 0
    for person in household.people:
        status = str(person.facts["school_status"])
        kind = status if status in _TUITION else status.rsplit("_", 1)[0]
        if kind in _TUITION:
            total += dice.yuan(*_TUITION[kind], 50)
    return total
