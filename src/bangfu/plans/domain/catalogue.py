"""The catalogue of measures: families, and which of them answer which risk.

Rules name a risk type and nothing else; which measures belong to it is said here alone, so that
what is proposed for a clue, asked of a plan and checked before elimination cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bangfu.rules.text import Text

FILE: Final = "measures.yaml"
_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Family:
    """A family of measures.

    Attributes:
        developmental: whether it helps the household to earn (开发式).
        safety_net: whether it takes the place of earning (兜底).
        derived: answered from the others; nobody chooses it.
        cap: the parameter that limits the amount of one such measure, or empty.
    """

    code: str
    text: Text
    developmental: bool = False
    safety_net: bool = False
    derived: bool = False
    cap: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Something that is usually done, and the family it belongs to."""

    family: str
    text: Text


@dataclass(frozen=True, slots=True)
class RiskRow:
    """What answers a risk type.

    Attributes:
        needs: families of which one must be carried out before the risk counts as eliminated;
            empty when any measure for this very risk will do.
        contents: what is usual, the likeliest first.
        guarantee: whether it is one of the three guarantees or drinking water.
        unverified: the source was not seen; an official has to confirm it.
    """

    code: str
    needs: tuple[str, ...]
    contents: tuple[Content, ...]
    source: str
    guarantee: bool = False
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the pack says about measures.

    Attributes:
        labour: codes of the register's `labour` that make a household one with labour.
        with_labour, without_labour: what is proposed on that account.
        monitored: items of the household -> codes that say that it is being helped.
        allowances: items of members that say that they receive an allowance.
    """

    families: Mapping[str, Family]
    risks: Mapping[str, RiskRow]
    labour: frozenset[str] = frozenset()
    with_labour: tuple[Content, ...] = ()
    without_labour: tuple[Content, ...] = ()
    monitored: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    allowances: tuple[str, ...] = ()

    @property
    def choosable(self) -> list[Family]:
        """The families a measure can be of."""
        return [each for each in self.families.values() if not each.derived]

    @property
    def developmental(self) -> frozenset[str]:
        """Codes of the developmental families."""
        return frozenset(each.code for each in self.families.values() if each.developmental)

    @property
    def safety_net(self) -> frozenset[str]:
        """Codes of the families that only support."""
        return frozenset(each.code for each in self.families.values() if each.safety_net)

    @property
    def guarantees(self) -> tuple[str, ...]:
        """The risks that are guarantees, in the table's order."""
        return tuple(each.code for each in self.risks.values() if each.guarantee)

    def matching(self, risk: str) -> tuple[str, ...]:
        """The families that answer a risk; of an unknown one, or one without needs, all."""
        row = self.risks.get(risk)
        if row is None or not row.needs:
            return tuple(each.code for each in self.choosable)
        return row.needs

    def answers(self, family: str, for_risk: str, risk: str) -> bool:
        """Whether a measure of a family, taken for `for_risk`, answers `risk`.

        A measure answers every risk its family is named for, whichever it was taken for; where no
        family is named, only a measure taken for that very risk does.
        """
        row = self.risks.get(risk)
        if row is None or not row.needs:
            return for_risk == risk
        return family in row.needs

    def answered(
        self, measures: Iterable[tuple[str, str]], risks: Collection[str]
    ) -> frozenset[str]:
        """The risks that measures, as (family, risk they were taken for), answer."""
        taken = list(measures)
        return frozenset(
            risk
            for risk in risks
            if any(self.answers(family, for_risk, risk) for family, for_risk in taken)
        )
