"""Which household gets which situation: every one in each round, at places fixed by the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.synthetic.dice import Dice
from bangfu.synthetic.situations import SITUATIONS

if TYPE_CHECKING:
    from bangfu.synthetic.events import Situation
    from bangfu.synthetic.world import World

DECK: Final[tuple[Situation, ...]] = tuple(
    situation for situation in SITUATIONS for _ in range(situation.times)
)
"""One round's situations, each as often as it says."""


class Rota:
    """Deals situations to households round by round, so that more households move no earlier one.

    Raises:
        ValueError: when the world's round is too short to hold the deck.
    """

    def __init__(self, world: World, *key: object) -> None:
        if world.round_length < len(DECK):
            raise ValueError(f"a round needs {len(DECK)} households")
        self._length = world.round_length
        self._key = key
        self._round = -1
        self._order: list[int] = []

    def deal(self, index: int) -> Situation | None:
        """The situation of household `index` (from 0), or None for an untroubled one."""
        number, place = divmod(index, self._length)
        if number != self._round:
            self._round = number
            self._order = Dice(*self._key, "rota", number).shuffled(self._length)
        card = self._order[place]
        return DECK[card] if card < len(DECK) else None
