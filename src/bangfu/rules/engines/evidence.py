"""The evidence behind a verdict: values, the limits they were held against, what is missing."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Final, cast

from bangfu.rules.engines.ranges import evaluate
from bangfu.rules.kinds import Base, name_of
from bangfu.rules.names import AS_OF, FEEDS, TRIGGER, items_over
from bangfu.rules.pack import Over
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

_UNIT: Final = re.compile(r"（(?:[元亩月%]|平方米|公里)）$| \((?:yuan|mu|m²|km)\)$")
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
    signature = pack.items[Over.HOUSEHOLD][name]
    return item_label(pack, Over.HOUSEHOLD, name), default_unit(signature.kind), signature.kind


def item_label(pack: Pack, over: Over, name: str) -> Text:
    """An item's name for people, without the unit in brackets that sheets need."""
    item = next(each for each in items_over(pack.layout, over) if name_of(each) == name)
    return Text(_UNIT.sub("", item.zh), _UNIT.sub("", item.en))


class Witness:
    """Everything known about one household, ready to be shown."""

    def __init__(
        self,
        pack: Pack,
        known: Mapping[str, Value],
        rows: Mapping[Over, Sequence[Mapping[str, Value]]],
    ) -> None:
        self._pack = pack
        self._known = known
        self._rows = rows

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
                found += self._missing_below(self._pack.facts[name])
            elif name in self._pack.parameters and name not in self._known:
                parameter = self._pack.parameters[name]
                found.append(Missing(name, parameter.text, is_parameter=True))
            elif name in self._pack.items[Over.HOUSEHOLD] and name not in self._known:
                found.append(Missing(name, item_label(self._pack, Over.HOUSEHOLD, name)))
        return tuple(dict.fromkeys(found))

    def _missing_below(self, fact: Fact) -> list[Missing]:
        """What keeps a fact from being settled: lists that never came, items that rows lack."""
        value = self._known.get(fact.name)
        if not fact.is_gathered or not (value is None or isinstance(value, Range)):
            return []
        if fact.feed and fact.feed not in cast("tuple[str, ...]", self._known.get(FEEDS) or ()):
            return [Missing(fact.feed, feed_label(self._pack, fact.feed), is_feed=True)]
        rows = [row for row in self._rows[fact.over] if row.get(TRIGGER, "") in {"", fact.feed}]
        read = {name for part in fact.expressions for name in part.names}
        items = sorted(read - self._pack.parameters.keys() - {AS_OF})
        lacking = [name for name in items if any(name not in row for row in rows)]
        return [
            Missing(
                name,
                item_label(self._pack, fact.over, name),
                of_members=fact.over is Over.MEMBERS,
                of_reports=fact.over is Over.REPORTS,
            )
            for name in lacking
        ]


def feed_label(pack: Pack, feed: str) -> Text:
    """What a department's list is about: the label of its trigger."""
    item = next(each for each in items_over(pack.layout, Over.REPORTS) if each.name == TRIGGER)
    code = pack.layout.lists[item.list].find(feed)
    return Text(code.zh, code.en) if code else Text(feed, feed)


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
