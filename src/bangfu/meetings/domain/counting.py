"""Quorum and majority: shares of whole people, without fractions or rounding.

Sources: 《中华人民共和国村民委员会组织法》 arts. 22 and 26; the numbers come from the pack.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So many of every so many people.

    Attributes:
        part, of: 2 of 3. more_than: whether the share has to be exceeded, not only reached.
    """

    part: int
    of: int
    more_than: bool = False

    def reached(self, number: int, whole: int) -> bool:
        """Whether `number` of `whole` people are the share; of nobody there is no share."""
        if whole <= 0:
            return False
        ahead = number * self.of - whole * self.part
        return ahead > 0 if self.more_than else ahead >= 0

    def needed(self, whole: int) -> int:
        """The least number of people that are the share of `whole`."""
        if self.more_than:
            return whole * self.part // self.of + 1
        return -(-whole * self.part // self.of)


@dataclass(frozen=True, slots=True)
class Votes:
    """How those present voted on one item. `remark` is what was said, in plain words."""

    in_favour: int
    against: int
    abstained: int
    remark: str = ""

    @property
    def total(self) -> int:
        """All votes together; abstaining is a vote too."""
        return self.in_favour + self.against + self.abstained

    def fits(self, present: int) -> bool:
        """Whether every member present has voted exactly once."""
        return min(self.in_favour, self.against, self.abstained) >= 0 and self.total == present


def passes(votes: Votes, present: int, majority: Share) -> bool:
    """Whether enough of those present were in favour; who abstains is present and not in favour."""
    return votes.fits(present) and majority.reached(votes.in_favour, present)
