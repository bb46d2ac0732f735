"""The rules of doubtful data as values: what they ask of a household, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.cases.domain.quality import Answer, AppliesTo
from bangfu.procedures.api import judge_condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.procedures.api import Choice, Fact
    from bangfu.rules.expressions import Expression
    from bangfu.rules.text import Text


@dataclass(frozen=True, slots=True)
class QualityRule:
    """One rule.

    Attributes:
        code: `DQ26`, as the national catalogue numbers it.
        condition: what is doubtful.
        guards: the guards of the monitoring table that keep a case from ever being so.
        remedy: what people do about it.
    """

    code: str
    label: Text
    applies_to: AppliesTo
    condition: Expression
    remedy: Text
    source: str
    guards: tuple[str, ...] = ()

    def judge(self, facts: Mapping[str, object]) -> Answer:
        """The rule's answer; what is not known is left out of `facts`."""
        said = judge_condition(self.condition, facts)
        if said is None:
            return Answer.UNKNOWN
        return Answer.DOUBTFUL if said else Answer.FINE


@dataclass(frozen=True, slots=True)
class QualityTable:
    """All rules of a pack, with the facts and lists they read."""

    version: str
    source: str
    facts: Mapping[str, Fact]
    lists: Mapping[str, tuple[Choice, ...]]
    rules: Mapping[str, QualityRule]

    def codes(self, name: str) -> frozenset[str]:
        """The codes of a list."""
        return frozenset(each.code for each in self.lists[name])

    def about(self, status: AppliesTo | None) -> list[QualityRule]:
        """The rules about a household that is monitored, eliminated or neither (None)."""
        return [
            each
            for each in self.rules.values()
            if each.applies_to is AppliesTo.ANY or each.applies_to is status
        ]
