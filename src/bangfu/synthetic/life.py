"""A household from its number: family, a year's life, and what was planted in it.

Knows the world, not the rules: nothing here or below imports a pack, rules, policy or register.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bangfu.synthetic import planting
from bangfu.synthetic.bodies import feel, labour_of, soften
from bangfu.synthetic.dice import Dice
from bangfu.synthetic.events import Nature
from bangfu.synthetic.family import make_family
from bangfu.synthetic.living import insure, live, register, settle_in, watch
from bangfu.synthetic.money import earn
from bangfu.synthetic.people import Household
from bangfu.synthetic.rota import Rota
from bangfu.synthetic.schooling import go_to_school
from bangfu.synthetic.working import longest_work, work, work_modestly
from bangfu.synthetic.world import GAPS, MONTHS, SHAPES

if TYPE_CHECKING:
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.people import Person
    from bangfu.synthetic.places import Village
    from bangfu.synthetic.world import World

_WORKERS: Final = "workers"
_WORKING_FAMILIES: Final = ("couple_child", "couple", "couple")
_LASTING: Final = frozenset({"house_damaged", "became_disabled", "income_fell"})
"""Events that may already have happened a year ago."""


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
        village = dice.pick(self.villages)
        people = make_family(dice, self.world, village, shape, None)
        household = Household(self.number(index), village, people)
        return self._live_through(household, index, self.world)

    def a_year_before(self, household: Household, index: int) -> Household:
        """The same household a year earlier, before this year's births and events."""
        world = self.world.year_before()
        people = [
            replace(person, facts={}) for person in household.people if person.birth <= world.day
        ]
        situation, month = household.situation, household.event_month
        lasted = situation and situation.nature is Nature.TROUBLE and situation.event in _LASTING
        earlier = Household(household.number, household.village, people)
        if lasted and month <= world.day.year * 100 + world.day.month:
            earlier.situation, earlier.event_month = situation, month
        return self._live_through(earlier, index, world)

    def _settle(self, index: int, situation: Situation | None) -> Household:
        dice = self.dice(index, "family")
        village = dice.pick(self.villages)
        people = self._family(dice, village, situation)
        household = Household(self.number(index), village, people, situation)
        if situation and situation.event:
            household.event_month = self._event_month(dice, situation)
        return household

    def _family(self, dice: Dice, village: Village, situation: Situation | None) -> list[Person]:
        shape = dice.draw(SHAPES)
        eldest = None
        if situation and situation.shape == _WORKERS:
            shape = dice.pick(_WORKING_FAMILIES)
        elif situation and situation.shape:
            shape = situation.shape
        if situation and situation.school:
            eldest = planting.eldest_months(situation.school, self.world, dice)
        return make_family(dice, self.world, village, shape, eldest)

    def _event_month(self, dice: Dice, situation: Situation) -> int:
        """YYYYMM: within the year, or for events that last, in some also the year before."""
        back = dice.between(0, 10)
        if situation.event in _LASTING and dice.chance(30):
            back += MONTHS
        year, month = divmod(self.world.month - back, MONTHS)
        return year * 100 + month + 1

    def _live_through(self, household: Household, index: int, world: World) -> Household:
        """Fill in the facts of the household and its members on the world's day."""
        year = world.day.year
        register(household, self.dice(index, "register"))
        settle_in(household, self.dice(index, "contact"), self.key)
        live(household, self.dice(index, "living"))
        self._grow(household, world)
        self._work(household, world, self.dice(index, f"work {year}"))
        insure(household, world, self.dice(index, "insurance"))
        short = 0 < longest_work(household) < world.stable_months
        earn(household, world, self.dice(index, f"money {year}"), short=short)
        watch(household, world, self.dice(index, "watch"))
        self._leave_gaps(household, self.dice(index, "gaps"))
        planting.plant_gaps(household)
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
            person.facts = {
                "household_number": household.number,
                "person_number": f"{household.number}{person.position:02d}",
                "name": person.name,
                "sex": person.sex,
                "birth_date": person.birth,
                "relation": person.relation,
                "ethnicity": person.ethnicity,
            }
            go_to_school(person, world)
            feel(person, world)
            person.facts["labour"] = labour_of(person, world)
        if situation or not any(person.able for person in household.people):
            soften(household.people)
        if situation and situation.care:
            planting.plant_care(household, situation.care)

    def _work(self, household: Household, world: World, dice: Dice) -> None:
        situation = household.situation
        if situation and (situation.money.poor or situation.money.gap is not None):
            work_modestly(household, world, dice)
        else:
            work(household, world, dice, steady=situation is not None)
        if situation and situation.work:
            planting.plant_work(household, situation.work, world, dice)
        if situation and situation.school:
            planting.plant_school(household, situation.school, world)

    def _leave_gaps(self, household: Household, dice: Dice) -> None:
        for name, percent in GAPS.items():
            if dice.chance(percent):
                household.facts[name] = None
