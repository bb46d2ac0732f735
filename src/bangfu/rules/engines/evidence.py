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
from bangfu.rules.verdict import Evidence, Message, Missing, Outcome, RulePlan, Shown, Verdict
from bangfu.rules.wording import CANNOT_TELL, CLEAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bangfu.rules.kinds import Kind
    from bangfu.rules.layout import Layout
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
    known = pack.labels.get(over, {}).get(name)
    return known or label_items(pack.layout, over)[name]


def label_items(layout: Layout, over: Over) -> dict[str, Text]:
    """The names for people of all items of a household, a member or a report."""
    return {
        name_of(item): Text(_UNIT.sub("", item.zh), _UNIT.sub("", item.en))
        for item in items_over(layout, over)
    }


def _evidence(shown: Shown, known: Mapping[str, Value]) -> Evidence:
    """The value of one household, with the limit it is held against."""
    value, other = known.get(shown.name), shown.other
    limit: Value = None
    if isinstance(other, tuple):
        limit = tuple(str(each) for each in other) if shown.kind.base is Base.CODE else None
    elif other is not None:
        limit = evaluate(other, known)
    limit_name = other.name if isinstance(other, Name) else ""
    return Evidence(
        shown.name, shown.label, value, shown.unit, shown.kind, shown.operator, limit, limit_name,
        shown.codes,
    )  # fmt: skip


def plan_evidence(pack: Pack) -> dict[str, RulePlan]:
    """Rule -> how it is shown; made once, when a pack loads."""
    return {name: _plan(pack, rule) for name, rule in pack.rules.items()}


def _plan(pack: Pack, rule: Rule) -> RulePlan:
    texts = {
        Outcome.FIRED: rule.reason,
        Outcome.CLEAR: rule.clear or CLEAR,
        Outcome.UNKNOWN: CANNOT_TELL,
    }
    sentences = {outcome: (text, _places(text)) for outcome, text in texts.items()}
    names = {name: _shown(pack, rule, name) for name in sorted(rule.shown_names)}
    return RulePlan(rule.shows, names, sentences)


def _places(text: Text) -> tuple[str, ...]:
    parsed = Formatter().parse(text.zh + text.en)
    return tuple(sorted({name for _, name, _, _ in parsed if name}))


def _shown(pack: Pack, rule: Rule, name: str) -> Shown:
    label, unit, kind = describe_name(pack, name)
    operator, other = comparison_of(rule.when.tree, name) or ("", None)
    return Shown(name, label, unit, kind, pack.layout.lists.get(kind.list), operator, other)


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
        plan = self._pack.plans[rule.name]
        text, places = plan.sentences[outcome]
        wanted = dict.fromkeys((*plan.shows, *places))
        shown = {name: _evidence(plan.names[name], self._known) for name in wanted}
        evidence = tuple(shown[name] for name in plan.shows)
        message = Message(text, {name: shown[name] for name in places})
        missing = self._missing(rule) if outcome is Outcome.UNKNOWN else ()
        return Verdict(rule.name, outcome, evidence, message, missing)

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
