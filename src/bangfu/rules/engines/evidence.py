"""The evidence behind a verdict: values, the limits they were held against, what is missing."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final

from bangfu.rules.engines.ranges import evaluate
from bangfu.rules.kinds import Base, name_of
from bangfu.rules.names import AS_OF
from bangfu.rules.text import Text
from bangfu.rules.tree import Compare, Name, Not, OneOf, Tree, walk
from bangfu.rules.units import default_unit
from bangfu.rules.values import Range
from bangfu.rules.verdict import Evidence, Message, Missing, Outcome, Verdict
from bangfu.rules.wording import CANNOT_TELL, CLEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.rules.kinds import Kind
    from bangfu.rules.pack import Fact, Pack, Rule
    from bangfu.rules.values import Value

_UNIT: Final = re.compile(r"（[元亩月]）$| \((?:yuan|mu)\)$")
_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def comparison_of(tree: Tree, name: str) -> tuple[str, Tree | tuple[int | str, ...]] | None:
    """The operator and the other side where `name` alone is compared; None when it never is.

    Of `income < limit` it is the income that is held against the limit, not the other way round.
    """
    wanted = Name(name)
    for node in walk(tree):
        if isinstance(node, Compare) and node.left == wanted:
            return node.operator, node.right
        if isinstance(node, Compare) and node.right == wanted and not isinstance(node.left, Name):
            return _TURNED[node.operator], node.left
        if isinstance(node, Not) and isinstance(node.inner, OneOf) and node.inner.inner == wanted:
            return "!=", node.inner.options
        if isinstance(node, OneOf) and node.inner == wanted:
            return "in" if len(node.options) > 1 else "==", node.options
    return None


def describe_name(pack: Pack, name: str) -> tuple[Text, str, Kind]:
    """Label, unit and kind of an item, fact or parameter that household expressions read."""
    if name in pack.facts:
        fact = pack.facts[name]
        return fact.text, fact.unit, fact.signature.kind
    if name in pack.parameters:
        parameter = pack.parameters[name]
        return parameter.text, parameter.unit, parameter.kind
    signature = pack.items["household"][name]
    return item_label(pack, "household", name), default_unit(signature.kind), signature.kind


def item_label(pack: Pack, entity: str, name: str) -> Text:
    """An item's name for people, without the unit in brackets that sheets need."""
    item = next(each for each in pack.layout.items[entity] if name_of(each) == name)
    return Text(_UNIT.sub("", item.zh), _UNIT.sub("", item.en))


class Witness:
    """Everything known about one household, ready to be shown."""

    def __init__(
        self, pack: Pack, known: Mapping[str, Value], people: Sequence[Mapping[str, Value]]
    ) -> None:
        self._pack = pack
        self._known = known
        self._people = people

    def verdict(self, rule: Rule, outcome: Outcome) -> Verdict:
        """The verdict with its evidence."""
        evidence = tuple(self.evidence(rule, name) for name in rule.shows)
        missing = self._missing(rule) if outcome is Outcome.UNKNOWN else ()
        return Verdict(rule.name, outcome, evidence, self._message(rule, outcome), missing)

    def evidence(self, rule: Rule, name: str) -> Evidence:
        """The value behind `name`, with the limit the rule holds it against."""
        label, unit, kind = describe_name(self._pack, name)
        codes = self._pack.layout.lists.get(kind.list)
        shown = Evidence(name, label, self._known.get(name), unit, kind, codes=codes)
        found = comparison_of(rule.when.tree, name)
        if found is None:
            return shown
        operator, other = found
        if isinstance(other, tuple):
            options = tuple(str(option) for option in other)
            limit: Value = options if kind.base is Base.CODE else None
            return _limited(shown, operator, limit, "")
        limit_name = other.name if isinstance(other, Name) else ""
        return _limited(shown, operator, evaluate(other, self._known), limit_name)

    def _message(self, rule: Rule, outcome: Outcome) -> Message:
        text = {Outcome.FIRED: rule.reason, Outcome.CLEAR: rule.clear or CLEAR}.get(
            outcome, CANNOT_TELL
        )
        places = {name for _, name, _, _ in Formatter().parse(text.zh + text.en) if name}
        return Message(text, {name: self.evidence(rule, name) for name in sorted(places)})

    def _missing(self, rule: Rule) -> tuple[Missing, ...]:
        found: list[Missing] = []
        for name in sorted(self._pack.reads[rule.name]):
            if name in self._pack.facts:
                found += self._missing_of_members(self._pack.facts[name])
            elif name in self._pack.parameters and name not in self._known:
                parameter = self._pack.parameters[name]
                found.append(Missing(name, parameter.text, is_parameter=True))
            elif name in self._pack.items["household"] and name not in self._known:
                found.append(Missing(name, item_label(self._pack, "household", name)))
        return tuple(dict.fromkeys(found))

    def _missing_of_members(self, fact: Fact) -> list[Missing]:
        """Items that some member lacks, where the fact is therefore not settled."""
        value = self._known.get(fact.name)
        if not fact.over_members or not (value is None or isinstance(value, Range)):
            return []
        read = {name for part in fact.expressions for name in part.names}
        items = sorted(read - self._pack.parameters.keys() - {AS_OF})
        lacking = [name for name in items if any(name not in member for member in self._people)]
        return [Missing(name, item_label(self._pack, "member", name), of_members=True)
                for name in lacking]  # fmt: skip


def _limited(shown: Evidence, operator: str, limit: Value, limit_name: str) -> Evidence:
    return Evidence(
        shown.name,
        shown.label,
        shown.value,
        shown.unit,
        shown.kind,
        operator,
        limit,
        limit_name,
        shown.codes,
    )
