"""What a policy pack is: parameters, facts and rules, with where each of them comes from."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bangfu.kernel.problems import Problem, Refused
from bangfu.rules.units import parse_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from bangfu.kernel.division import DivisionCode
    from bangfu.kernel.period import Period
    from bangfu.rules.expressions import Expression
    from bangfu.rules.kinds import Kind, Signature
    from bangfu.rules.layout import Layout
    from bangfu.rules.sources import PackSource
    from bangfu.rules.text import Text
    from bangfu.rules.verdict import RulePlan

NOTHING: Final[Mapping[str, str | int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a definition stands: pack, file and line."""

    pack: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """One value of a parameter: for which days and which division, and who says so.

    Attributes:
        value: in the engine's unit (fen, 0.01 mu, plain numbers).
        scope: the division it holds in; the empty code is the nation.
        unverified: the source was not seen; an official has to confirm it.
        demo: made up for the demonstration.
    """

    value: int
    period: Period
    scope: DivisionCode
    source: str
    origin: Origin
    unverified: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the policy, with all its values. `note` says what is still to be entered."""

    name: str
    text: Text
    unit: str
    kind: Kind
    source: str
    note: Text | None
    origin: Origin
    values: tuple[ParameterValue, ...] = ()

    def value_on(self, day: date, division: str) -> ParameterValue | None:
        """The value that holds on `day` in `division`: the narrowest scope wins; None if none."""
        holding = [
            each
            for each in self.values
            if each.period.contains(day) and each.scope.contains(division)
        ]
        return max(holding, key=lambda each: len(each.scope), default=None)


class Gathering(StrEnum):
    """How a fact is made."""

    COUNT = "count"
    ANY = "any"
    SUM = "sum"
    MAX = "max"
    VALUE = "value"


class Over(StrEnum):
    """Whose items an expression reads; the value is the layout's entity."""

    HOUSEHOLD = "household"
    MEMBERS = "member"
    REPORTS = "report"


@dataclass(frozen=True, slots=True)
class Fact:
    """A named finding about a household.

    Attributes:
        gathering: `value` reads household items and other facts; the others go over rows.
        over: what is gathered over: the household's members, or what departments reported of it.
        feed: of reports, the trigger of the lists they came with. Where no such list was received
            nobody knows of more, so what is gathered is a range without an upper end.
        condition: which rows count (None for `value`).
        value: the expression to add up, to take the greatest of, or the formula itself.
        nobody: for `max`, the value when no row counts; the result is never below it.
    """

    name: str
    text: Text
    unit: str
    gathering: Gathering
    over: Over
    feed: str
    condition: Expression | None
    value: Expression | None
    nobody: int
    signature: Signature
    note: Text | None
    origin: Origin

    @property
    def is_gathered(self) -> bool:
        """Whether it goes over rows: members or reports."""
        return self.over is not Over.HOUSEHOLD

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions it is made of."""
        return tuple(each for each in (self.condition, self.value) if each is not None)


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition under which a household may be at risk. It proposes; a person decides.

    Attributes:
        risk: the risk type's code. severity: `high`, `medium` or `low`.
        when: the condition. shows: the names whose values people see as evidence.
        reason, clear: sentences with named places, shown when it fires or is clear.
        measures: suggested measures. note: how the rule reads the source, for people.
    """

    name: str
    text: Text
    risk: str
    severity: str
    when: Expression
    shows: tuple[str, ...]
    reason: Text
    clear: Text | None
    measures: tuple[Text, ...]
    source: str
    unverified: bool
    note: Text | None
    origin: Origin

    @property
    def shown_names(self) -> frozenset[str]:
        """Every name whose value people see: the evidence and the places of the sentences."""
        texts = [self.reason, *([self.clear] if self.clear else [])]
        parsed = [part for text in texts for part in Formatter().parse(text.zh + text.en)]
        return frozenset(self.shows) | {name for _, name, _, _ in parsed if name}


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack with everything it extends, checked and ready for the engines.

    Attributes:
        facts: in an order in which every fact stands after those it reads.
        chain: the packs' names, the widest first. label: the same with their versions.
        hash: SHA-256 over the chain's meaning.
        demo: whether any pack of the chain is made up for the demonstration.
        risks: the risk types by code.
        reads: rule -> all items, facts and parameters it reads, directly or through facts.
        items: entity -> the items that its facts, rules and their evidence read.
        labels: entity -> the names for people of its items.
        plans: rule -> how its evidence and sentences are shown.
    """

    name: str
    version: str
    text: Text
    scope: DivisionCode
    demo: bool
    chain: tuple[str, ...]
    label: str
    hash: str
    risks: Mapping[str, Text]
    parameters: Mapping[str, Parameter]
    facts: Mapping[str, Fact]
    rules: Mapping[str, Rule]
    reads: Mapping[str, frozenset[str]] = field(compare=False, repr=False)
    items: Mapping[str, Mapping[str, Signature]] = field(compare=False, repr=False)
    layout: Layout = field(compare=False, repr=False)
    sources: tuple[PackSource, ...] = field(compare=False, repr=False)
    labels: Mapping[str, Mapping[str, Text]] = field(
        compare=False, repr=False, default_factory=dict
    )
    plans: Mapping[str, RulePlan] = field(compare=False, repr=False, default_factory=dict)

    def parameters_on(
        self, day: date, division: str, overrides: Mapping[str, str | int] = NOTHING
    ) -> dict[str, int]:
        """The parameters that have a value on `day` in `division`, in the engine's units.

        `overrides` are what somebody tries out: values in the unit the pack names (yuan).

        Raises:
            Refused: an override that names no parameter or is not an amount.
        """
        found = {
            name: value.value
            for name, parameter in self.parameters.items()
            if (value := parameter.value_on(day, division)) is not None
        }
        return found | {name: self._override(name, text) for name, text in overrides.items()}

    def _override(self, name: str, text: str | int) -> int:
        parameter = self.parameters.get(name)
        if parameter is None:
            near = difflib.get_close_matches(name, self.parameters, n=1)
            values = {"name": name, "near": near[0] if near else "—"}
            raise Refused(Problem("pack.unknown_parameter", values=values))
        value = parse_amount(text, parameter.unit)
        if value is None:
            values = {"name": name, "value": str(text), "unit": parameter.unit}
            raise Refused(Problem("pack.bad_amount", values=values))
        return value

    def missing_parameters(self, given: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        """Rule -> the parameters it needs that have no value: it is unknown for everybody."""
        lacking = self.parameters.keys() - given.keys()
        return {
            name: tuple(sorted(names & lacking))
            for name, names in self.reads.items()
            if not names.isdisjoint(lacking)
        }


def names_below(names: Iterable[str], facts: Mapping[str, Fact]) -> frozenset[str]:
    """The names, and all that the facts among them read in turn."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in facts:
            waiting |= {each for part in facts[name].expressions for each in part.names} - found
    return frozenset(found)
