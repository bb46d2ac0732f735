"""A household from its number: family, a year's life, and what was planted in it.

Knows the world, not the rules: nothing here or below imports a pack, rules, policy or register.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from bangfu.synthetic import planting
from bangfu.synthetic.benefits import insure
from bangfu.synthetic.bodies import feel, labour_of, soften
from bangfu.synthetic.contacts import name_monitor, neighbours, settle_in
from bangfu.synthetic.dice import Dice, Odds
from bangfu.synthetic.events import Nature
from bangfu.synthetic.family import make_family
from bangfu.synthetic.hamlets import hamlet_of
from bangfu.synthetic.homes import live
from bangfu.synthetic.lands import till
from bangfu.synthetic.money import earn
from bangfu.synthetic.people import Household
from bangfu.synthetic.regions import region_of
from bangfu.synthetic.registering import attribute, register
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
    from bangfu.synthetic.hamlets import Hamlet
    from bangfu.synthetic.people import Fact, Person
    from bangfu.synthetic.places import Village
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
        people = make_family(dice, self.world, hamlet_of(self.seed, village), shape, None)
        household = Household(self.number(index), village, people, lasting_size=len(people))
        return self._live_through(household, index, self.world)

    def a_year_before(self, household: Household, index: int) -> Household:
        """The same household a year earlier, before this year's births and events."""
        world = self.world.year_before()
        people = [
            replace(person, facts={}) for person in household.people if person.birth <= world.day
        ]
        situation, month = household.situation, household.event_month
        lasted = situation and situation.nature is Nature.TROUBLE and situation.event in _LASTING
        earlier = Household(
            household.number, household.village, people, lasting_size=household.lasting_size
        )
        if lasted and month <= world.day.year * 100 + world.day.month:
            earlier.situation, earlier.event_month = situation, month
        return self._live_through(earlier, index, world)

    def _settle(self, index: int, situation: Situation | None) -> Household:
        dice = self.dice(index, "family")
        village = dice.draw(self._villages)
        people = self._family(dice, hamlet_of(self.seed, village), situation)
        household = Household(
            self.number(index), village, people, situation, lasting_size=len(people)
        )
        if situation and situation.event:
            household.event_month = self._event_month(dice, situation)
        return household

    def _family(self, dice: Dice, hamlet: Hamlet, situation: Situation | None) -> list[Person]:
        shape = dice.draw(SHAPES)
        eldest = None
        if situation and situation.shape == _WORKERS:
            shape = dice.pick(_WORKING_FAMILIES)
        elif situation and situation.shape:
            shape = situation.shape
        if situation and situation.school:
            eldest = planting.eldest_months(situation.school, self.world, dice)
        return make_family(dice, self.world, hamlet, shape, eldest)

    def _event_month(self, dice: Dice, situation: Situation) -> int:
        """YYYYMM: within the year, or for events that last, in some also the year before."""
        back = dice.between(0, 10)
        if situation.event in _LASTING and dice.chance(30):
            back += MONTHS
        year, month = divmod(self.world.month - back, MONTHS)
        return year * 100 + month + 1

    def _live_through(
        self, household: Household, index: int, world: World, net: int | None = None
    ) -> Household:
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
        money = self.dice(index, f"money {year}")
        earn(household, world, money, short=short, net=net)
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
            "change_reason": "newborn" if person.birth >= _REGISTERED_SINCE else None,
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
        tell_of_work(household, world, dice)

    def _leave_gaps(self, household: Household, dice: Dice) -> None:
        for name, percent in GAPS.items():
            if dice.chance(percent):
                household.facts[name] = None
