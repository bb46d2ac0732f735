"""A made-up person and household: what they are underneath, and the facts a register would hold.

`facts` carries the register's items by name. What a person is underneath (bents from 0 to 1, the
birth date, the name) never changes; facts are worked out anew for every data date.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bangfu.synthetic.world import MONTHS

if TYPE_CHECKING:
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.places import Village
    from bangfu.synthetic.world import World

Fact = str | int | bool | date | tuple[str, ...] | None
"""The value of an item; None is "not known". Money in fen, areas in 0.01 mu, months as YYYYMM."""


@dataclass(slots=True)
class Person:
    """Somebody, with the bents that decide how school, health and work turn out.

    Attributes:
        position: the person's place in the family from 1, kept for life: births move nobody's.
        settled: whether the person keeps a house or is married, and so has left school.
        came, went: months, counted from year 0, of coming into the household and of leaving it by
            death or marriage; 0 for since birth, and for never.
        former_head: the person was the head as long as they were there.
    """

    position: int
    relation: str
    sex: str
    birth: date
    name: str
    ethnicity: str
    learning: float
    vigour: float
    mark: float
    roaming: float
    settled: bool
    came: int = 0
    went: int = 0
    former_head: bool = False
    id_number: str = ""
    facts: dict[str, Fact] = field(default_factory=dict)

    def again(self) -> Person:
        """The same person without facts, to be lived through on another day."""
        return Person(
            self.position,
            self.relation,
            self.sex,
            self.birth,
            self.name,
            self.ethnicity,
            self.learning,
            self.vigour,
            self.mark,
            self.roaming,
            self.settled,
            self.came,
            self.went,
            self.former_head,
            self.id_number,
        )

    def months_old(self, world: World) -> int:
        """Age in months; the day of the month does not count."""
        return world.month - (self.birth.year * MONTHS + self.birth.month - 1)

    def age(self, world: World) -> int:
        """Age in completed years, counted in months."""
        return self.months_old(world) // MONTHS

    def whim(self, salt: int) -> float:
        """A share from 0 to 1 of the person's own for every salt, the same in every year."""
        return self.mark * salt % 1.0

    @property
    def able(self) -> bool:
        """Whether the person is an ordinary or skilled labourer."""
        return self.facts.get("labour") in ("ordinary", "skilled")


@dataclass(slots=True)
class Household:
    """A household on one data date.

    Attributes:
        number: the household number.
        village: where it lives.
        people: the members, the head first.
        situation: what was planted in it; None when nothing was.
        event_month: the month (YYYYMM) the planted event began; 0 when nothing was planted.
        facts: the household's items.
        away: the village where it lives when not where it is registered.
        lasting_size: its size for what does not change with births and deaths: house and land.
        past: who has died or married out of it, told only where a household is made for good.
        since: the month, counted from year 0, since when it stands by itself; 0 for always.
        surname: the family's name.
        poor: whether it was registered as poor in the first years.
        net: the year's net income in fen.
        net_before: the net income in fen of the statement before.
    """

    number: str
    village: Village
    people: list[Person]
    situation: Situation | None = None
    event_month: int = 0
    facts: dict[str, Fact] = field(default_factory=dict)
    away: Village | None = None
    lasting_size: int = 0
    past: list[Person] = field(default_factory=list)
    since: int = 0
    surname: str = ""
    poor: bool = False
    net: int = 0
    net_before: int = 0

    @property
    def head(self) -> Person:
        """The head of the household."""
        return self.people[0]
