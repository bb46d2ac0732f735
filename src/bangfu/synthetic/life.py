"""A household from its number: family, a year's life, and what was planted in it.

Knows the world, not the rules: nothing here or below imports a pack, rules, policy or register.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic import planting
from bangfu.synthetic.benefits import insure
from bangfu.synthetic.bodies import feel, labour_of, name_labour, soften
from bangfu.synthetic.contacts import name_monitor, neighbours, settle_in
from bangfu.synthetic.dice import Dice, Odds
from bangfu.synthetic.events import Nature
from bangfu.synthetic.family import make_family
from bangfu.synthetic.hamlets import hamlet_of
from bangfu.synthetic.homes import live
from bangfu.synthetic.lands import till
from bangfu.synthetic.money import earn, net_on
from bangfu.synthetic.passing import FIRST_MONTH, give_past, people_on
from bangfu.synthetic.people import Household
from bangfu.synthetic.regions import region_of
from bangfu.synthetic.registering import attribute, is_registered, register, was_poor
from bangfu.synthetic.reporting import prices_of, reports_of
from bangfu.synthetic.rota import Rota
from bangfu.synthetic.schooling import go_to_school
from bangfu.synthetic.watching import watch
from bangfu.synthetic.working import (
    come_home_to_children,
    longest_work,
    take_posts,
    tell_of_work,
    work,
    work_modestly,
)
from bangfu.synthetic.world import GAPS, MONTHS, SHAPES

if TYPE_CHECKING:
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.family import Family
    from bangfu.synthetic.hamlets import Hamlet
    from bangfu.synthetic.people import Fact, Person
    from bangfu.synthetic.places import Village
    from bangfu.synthetic.reporting import Report
    from bangfu.synthetic.world import World

_WORKERS: Final = "workers"
_WORKING_FAMILIES: Final = ("couple_child", "couple", "couple")
_LASTING: Final = frozenset({"house_damaged", "became_disabled"})
"""Events that may already have happened a year ago."""
_REGISTERED_SINCE: Final = date(2014, 7, 1)
"""Who was born later came into the register as a newborn child."""
_NATIVE: Final = frozenset({"01", "03", "06", "15", "97"})
"""Groups whose mother tongue is mostly Chinese here."""


class Lives:
    """Makes the households of a division, each from its position alone.

    Args:
        world: the day and the thresholds.
        division: the division's code, which the household numbers begin with.
        villages: its villages.
        seed: whatever names this set of people.
        lane: set apart from 0, households that come on top and have numbers of their own.
    """

    def __init__(
        self, world: World, division: str, villages: tuple[Village, ...], seed: int, lane: int = 0
    ) -> None:
        weights = {village: hamlet_of(seed, village).weight for village in villages}
        self._villages = Odds(weights)
        self._prices: dict[str, list[Report]] = {}
        self._neighbours = neighbours(villages)
        self.seed = seed
        self.world = world
        self.key = (seed, division, lane)
        self.division = division
        self.villages = villages
        self.lane = lane
        self._rota = Rota(world, *self.key)

    def number(self, index: int) -> str:
        """The household number of a position."""
        return f"{self.division}{self.lane}{index + 1:07d}"

    def dice(self, index: int, topic: str) -> Dice:
        """A household's dice for one topic."""
        return Dice(*self.key, index, topic)

    def make(self, index: int) -> Household:
        """The household at a position, on the world's day."""
        household = self._settle(index, self._rota.deal(index))
        return self._live_through(household, index, self.world)

    def make_plain(self, index: int, shape: str) -> Household:
        """An untroubled household of a given shape."""
        dice = self.dice(index, "family")
        village = dice.draw(self._villages)
        family = make_family(dice, self.world, hamlet_of(self.seed, village), shape, None)
        household = self._household(index, village, family, None)
        return self._live_through(household, index, self.world)

    def on(self, household: Household, index: int, day: date) -> Household | None:
        """The household as the register held it on an earlier day; None when it held none.

        Before 2021 the register holds the registered poor alone, and only from the day they were
        identified. A household that split off another stands by itself from that day on.
        """
        world = self.world.on(day)
        people = people_on(household, world)
        if household.since > world.month or not people:
            return None
        earlier = replace(household, people=people, facts={}, situation=None, event_month=0)
        situation, month = household.situation, household.event_month
        lasted = situation and situation.nature is Nature.TROUBLE and situation.event in _LASTING
        if lasted and month <= day.year * 100 + day.month:
            earlier.situation, earlier.event_month = situation, month
        if not is_registered(earlier, world, self.dice(index, "register")):
            return None
        return self._live_through(earlier, index, world)

    def reports(self, household: Household, index: int) -> list[Report]:
        """What departments report of a household that was made."""
        return reports_of(household, self.world, self.dice(index, "reports"))

    def prices(self, county: str) -> list[Report]:
        """The falls in price that were observed in a county."""
        if county not in self._prices:
            dice = Dice(*self.key, "prices", county)
            self._prices[county] = prices_of(county, self.world, dice)
        return self._prices[county]

    def prices_for(self, household: Household) -> list[Report]:
        """The falls in price of what the household sells."""
        products = household.facts["main_products"]
        return [
            replace(report, household=household.number)
            for report in self.prices(household.village.code[:6])
            if isinstance(products, tuple) and report.product in products
        ]

    def _household(
        self, index: int, village: Village, family: Family, situation: Situation | None
    ) -> Household:
        people = family.people
        return Household(
            self.number(index),
            village,
            people,
            situation,
            lasting_size=len(people),
            surname=family.name,
        )

    def _settle(self, index: int, situation: Situation | None) -> Household:
        dice = self.dice(index, "family")
        village = dice.draw(self._villages)
        family = self._family(dice, hamlet_of(self.seed, village), situation)
        household = self._household(index, village, family, situation)
        planting.plant_age(household, self.world, dice)
        if situation and situation.event:
            household.event_month = self._event_month(dice, situation)
        household.poor = was_poor(situation, self.dice(index, "poverty"))
        give_past(household, self.world, self.dice(index, "past"))
        return household

    def _family(self, dice: Dice, hamlet: Hamlet, situation: Situation | None) -> Family:
        shape = dice.draw(SHAPES)
        eldest = None
        if situation and situation.shape == _WORKERS:
            shape = dice.pick(_WORKING_FAMILIES)
        elif situation and situation.shape:
            shape = situation.shape
        if situation:
            eldest = planting.eldest_of(situation, self.world, dice)
        return make_family(dice, self.world, hamlet, shape, eldest)

    def _event_month(self, dice: Dice, situation: Situation) -> int:
        """YYYYMM: within the year, or for events that last, in some also the year before."""
        back = dice.between(0, 10)
        if situation.event in _LASTING and dice.chance(30):
            back += MONTHS
        year, month = divmod(self.world.month - back, MONTHS)
        return year * 100 + month + 1

    def _live_through(self, household: Household, index: int, world: World) -> Household:
        """Fill in the facts of the household and its members on the world's day."""
        year, hamlet = world.day.year, hamlet_of(self.seed, household.village)
        self._grow(household, world)
        register(household, world, self.dice(index, "register"))
        contact = self.dice(index, "contact")
        household.away = contact.pick(self._neighbours[household.village.code[:9]])
        settle_in(household, world, contact, self.key, hamlet)
        live(household, world, self.dice(index, "living"), hamlet)
        till(household, world, self.dice(index, "land"), hamlet)
        insure(household, world, self.dice(index, "insurance"))
        self._work(household, world, self.dice(index, f"work {year}"), hamlet)
        short = 0 < longest_work(household) < world.stable_months
        net = None
        if world.day < self.world.day:
            net = net_on(household, self.world, world, self.dice(index, f"net {year}"))
        earn(household, world, self.dice(index, f"money {year}"), short=short, net=net)
        watch(household, world, self.dice(index, "watch"))
        name_monitor(household, self.key)
        self._leave_gaps(household, self.dice(index, "gaps"))
        planting.plant_gaps(household)
        attribute(household, world)
        household.facts |= {
            "household_number": household.number,
            "head_name": household.head.name,
            "size": len(household.people),
        }
        return household

    def _grow(self, household: Household, world: World) -> None:
        """School, health and labour of everybody."""
        situation = household.situation
        if situation and situation.shape == _WORKERS:
            planting.strengthen(household, world)
        for person in household.people:
            person.facts = self._papers(household, person)
            go_to_school(person, world, household.village)
            feel(person, world)
            person.facts["labour"] = labour_of(person, world)
        if situation or not any(person.able for person in household.people):
            soften(household.people)
        if situation and situation.care:
            planting.plant_care(household, situation.care)

    def _papers(self, household: Household, person: Person) -> dict[str, Fact]:
        region = region_of(household.village.code)
        speaks = person.ethnicity in _NATIVE or person.whim(59) * 100 < region.languages
        return {
            "household_number": household.number,
            "person_number": f"{household.number}{person.position:02d}",
            "name": person.name,
            "sex": person.sex,
            "birth_date": person.birth,
            "relation": person.relation,
            "ethnicity": person.ethnicity,
            "putonghua": speaks,
            "change_reason": _reason(person),
        }

    def _work(self, household: Household, world: World, dice: Dice, hamlet: Hamlet) -> None:
        situation = household.situation
        if situation and situation.money.stays_near:
            work_modestly(household, world, dice)
        else:
            work(household, world, dice, hamlet.outward, steady=situation is not None)
        if situation and situation.work:
            planting.plant_work(household, situation.work, world, dice)
        if situation and situation.school:
            planting.plant_school(household, situation.school, world)
        come_home_to_children(household, world)
        take_posts(household, world, dice)
        planting.plant_act(household, world, dice)
        name_labour(household.people, world)
        tell_of_work(household, world, dice)

    def _leave_gaps(self, household: Household, dice: Dice) -> None:
        for name, percent in GAPS.items():
            if dice.chance(percent):
                household.facts[name] = None


def _reason(person: Person) -> str | None:
    """Why somebody joined after the first registration."""
    if person.birth >= _REGISTERED_SINCE:
        return "newborn"
    return "married_in" if person.came >= FIRST_MONTH else None
