"""Says in plain words what a rule asks, from the same frozen form that engines evaluate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from bangfu.rules.engines.evidence import comparison_of, describe_name, feed_label, item_label
from bangfu.rules.kinds import BIRTH_MONTH, TRUTH
from bangfu.rules.names import AS_OF, items_over
from bangfu.rules.pack import Gathering, Over
from bangfu.rules.text import Text
from bangfu.rules.tree import (
    Arithmetic,
    Both,
    Choose,
    Compare,
    Either,
    FloorDivide,
    Holds,
    Literal,
    Name,
    Not,
    OneOf,
    Tree,
)
from bangfu.rules.wording import NO, OPERATORS, YES

if TYPE_CHECKING:
    from bangfu.rules.expressions import Expression
    from bangfu.rules.layout import Language
    from bangfu.rules.pack import Fact, Pack, Rule

_AGE: Final = Text("年龄", "age")
_BORN: Final = Text("出生年月", "month of birth")
_JUDGED: Final = Text("评估月份", "the month judged")
_AND: Final = Text("{left}，并且{right}", "{left}, and {right}")
_OR: Final = Text("{left}，或者{right}", "{left}, or {right}")
_NOT: Final = Text("并非（{inner}）", "not ({inner})")
_GROUP: Final = Text("（{inner}）", "({inner})")
_IS: Final = Text("{item}是{codes}", "{item} is {codes}")
_IS_NOT: Final = Text("{item}不是{codes}", "{item} is not {codes}")
_TRUE: Final = Text("{item}为“是”", "{item} is “yes”")
_FALSE: Final = Text("{item}为“否”", "{item} is “no”")
_HOLDS: Final = Text("{item}包括{codes}", "{item} includes {codes}")
_COMPARED: Final = Text("{left}{operator}{right}", "{left} is {operator} {right}")
_ORS: Final = Text("或", " or ")
_IF: Final = Text(
    "（如果{condition}，则{then}，否则{otherwise}）",
    "({then} if {condition}, otherwise {otherwise})",
)
_DIVIDED: Final = Text("{left} ÷ {right}（舍去余数）", "{left} ÷ {right} (rounded down)")
_ALL: Final = Text("全部成员的人数", "the number of all members")
_GATHERED: Final = {
    Gathering.COUNT: Text("{who}的成员人数", "the number of members for whom {who}"),
    Gathering.ANY: Text("有成员{who}", "there is a member for whom {who}"),
    Gathering.SUM: Text(
        "{who}的成员的{value}之和", "the sum of {value} over members for whom {who}"
    ),
    Gathering.MAX: Text(
        "{who}的成员中最大的{value}", "the greatest {value} among members for whom {who}"
    ),
}
_ALL_REPORTS: Final = Text("部门推送的“{feed}”的条数", "the number of reports of “{feed}”")
_REPORTED: Final = {
    Gathering.COUNT: Text(
        "部门推送的“{feed}”中{who}的条数", "the number of reports of “{feed}” where {who}"
    ),
    Gathering.ANY: Text(
        "部门推送的“{feed}”中有{who}的", "there is a report of “{feed}” where {who}"
    ),
    Gathering.SUM: Text(
        "部门推送的“{feed}”中{who}的{value}之和",
        "the sum of {value} over reports of “{feed}” where {who}",
    ),
    Gathering.MAX: Text(
        "部门推送的“{feed}”中{who}的最大的{value}",
        "the greatest {value} among reports of “{feed}” where {who}",
    ),
}
_SIGNS: Final = {"+": "+", "-": "−", "*": "×"}
_HAN_DIGIT: Final = re.compile(r"([\u4e00-\u9fff])([A-Za-z0-9])")
_DIGIT_HAN: Final = re.compile(r"([0-9])([\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Held:
    """A value that a rule holds against a limit: `reference_income`, `<`, `income_limit`."""

    name: str
    label: str
    operator: str
    limit: str


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule in plain words.

    Attributes:
        condition: when it fires. facts: name and meaning of every fact it rests on.
        held: which shown values are held against which limits.
    """

    condition: str
    facts: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]


class _Speaker:
    """Puts trees into words; `over` says whose items bare names are."""

    def __init__(self, pack: Pack, language: Language, over: Over) -> None:
        self._pack = pack
        self._language = language
        self._over = over

    def _fill(self, text: Text, **parts: str) -> str:
        return text.of(self._language).format(**parts)

    def say(self, tree: Tree) -> str:
        """A condition or value."""
        match tree:
            case Both() | Either():
                return self._joined(tree)
            case Not(inner):
                return self._negated(inner)
            case Name(name) if self._is_truth(name):
                return self._fill(_TRUE, item=self._name(name))
            case Compare(operator, left, right):
                words = OPERATORS[operator].of(self._language)
                return self._fill(
                    _COMPARED, left=self.say(left), operator=words, right=self.say(right)
                )
            case _:
                return self._value(tree)

    def _joined(self, tree: Both | Either) -> str:
        text, mixed = (_AND, Either) if isinstance(tree, Both) else (_OR, Both)
        left, right = self._part(tree.left, mixed), self._part(tree.right, mixed)
        return self._fill(text, left=left, right=right)

    def _negated(self, inner: Tree) -> str:
        match inner:
            case OneOf(item, options):
                return self._membership(_IS_NOT, item, options)
            case Name(name):
                return self._fill(_FALSE, item=self._name(name))
            case _:
                return self._fill(_NOT, inner=self.say(inner))

    def _part(self, tree: Tree, mixed: type[Both] | type[Either]) -> str:
        said = self.say(tree)
        return self._fill(_GROUP, inner=said) if isinstance(tree, mixed) else said

    def _value(self, tree: Tree) -> str:
        match tree:
            case OneOf(inner, options):
                return self._membership(_IS, inner, options)
            case Holds(item, code):
                return self._membership(_HOLDS, item, (code,))
            case Choose(condition, then, otherwise):
                return self._fill(
                    _IF, condition=self.say(condition), then=self.say(then),
                    otherwise=self.say(otherwise),
                )  # fmt: skip
            case Literal(value):
                return self._literal(value)
            case Name(name):
                return self._name(name)
            case _:
                return self._computed(cast("Arithmetic | FloorDivide", tree))

    def _is_truth(self, name: str) -> bool:
        if name in self._pack.facts:
            return self._pack.facts[name].signature.kind == TRUTH
        known = self._pack.items[self._over].get(name)
        return known is not None and known.kind == TRUTH

    def _literal(self, value: bool | int | str) -> str:
        if isinstance(value, bool):
            return (YES if value else NO).of(self._language)
        return str(value)

    def _computed(self, tree: Arithmetic | FloorDivide) -> str:
        if isinstance(tree, FloorDivide):
            if tree.left == Arithmetic("-", Name(AS_OF), Name(BIRTH_MONTH)):
                return _AGE.of(self._language)
            return self._fill(
                _DIVIDED, left=self._operand(tree.left), right=self._operand(tree.right)
            )
        loose = tree.operator == "*"
        left = self._operand(tree.left) if loose else self.say(tree.left)
        right = self.say(tree.right) if tree.operator == "+" else self._operand(tree.right)
        return f"{left} {_SIGNS[tree.operator]} {right}"

    def _operand(self, tree: Tree) -> str:
        said = self.say(tree)
        return self._fill(_GROUP, inner=said) if isinstance(tree, Arithmetic) else said

    def _name(self, name: str) -> str:
        fixed = {AS_OF: _JUDGED, BIRTH_MONTH: _BORN}.get(name)
        if fixed is not None:
            return fixed.of(self._language)
        if self._over is not Over.HOUSEHOLD and name not in self._pack.parameters:
            return item_label(self._pack, self._over, name).of(self._language)
        return describe_name(self._pack, name)[0].of(self._language)

    def _membership(self, text: Text, item: Tree, options: tuple[int | str, ...]) -> str:
        return self._fill(text, item=self.say(item), codes=self.options(item, options))

    def options(self, item: Tree, options: tuple[int | str, ...]) -> str:
        """The codes or numbers an item may be, by their labels."""
        list_name = ""
        if isinstance(item, Name) and isinstance(options[0], str):
            items = items_over(self._pack.layout, self._over)
            list_name = next(each.list for each in items if each.name == item.name)
        codes = self._pack.layout.lists.get(list_name)
        found = [(codes.find(str(option)) if codes else None, option) for option in options]
        labels = [code.label(self._language) if code else str(option) for code, option in found]
        return _ORS.of(self._language).join(labels)


def _spaced(text: str, language: Language) -> str:
    """One space between Han and figures, as Chinese official writing sets it on screens."""
    if language == "en":
        return text[:1].upper() + text[1:]
    spaced = _DIGIT_HAN.sub(r"\1 \2", _HAN_DIGIT.sub(r"\1 \2", text))
    return spaced.replace(" （", "（")


def describe_fact(pack: Pack, fact: Fact, language: Language) -> str:
    """What a fact means: `务工所在地不是未务工的成员中最大的务工时间（月）`."""
    speaker = _Speaker(pack, language, fact.over)
    if not fact.is_gathered:
        return _spaced(speaker.say(cast("Expression", fact.value).tree), language)
    condition = cast("Expression", fact.condition).tree
    feed = feed_label(pack, fact.feed).of(language) if fact.feed else ""
    if condition == Literal(value=True) and fact.gathering is Gathering.COUNT:
        return _spaced((_ALL_REPORTS if feed else _ALL).of(language).format(feed=feed), language)
    value = speaker.say(fact.value.tree) if fact.value else ""
    text = (_REPORTED if feed else _GATHERED)[fact.gathering].of(language)
    return _spaced(text.format(who=speaker.say(condition), value=value, feed=feed), language)


def describe_rule(pack: Pack, rule: Rule, language: Language) -> RuleText:
    """A rule in plain words, with the facts it rests on and the limits it holds values against."""
    speaker = _Speaker(pack, language, Over.HOUSEHOLD)
    facts = [fact for name, fact in pack.facts.items() if name in pack.reads[rule.name]]
    held: list[Held] = []
    for name in rule.shows:
        found = comparison_of(rule.when.tree, name)
        if found is not None:
            label = describe_name(pack, name)[0].of(language)
            held.append(Held(name, label, found[0], _limit(speaker, name, found[1])))
    return RuleText(
        condition=_spaced(speaker.say(rule.when.tree), language),
        facts=tuple((fact.name, describe_fact(pack, fact, language)) for fact in facts),
        held=tuple(held),
    )


def _limit(speaker: _Speaker, name: str, other: Tree | tuple[int | str, ...]) -> str:
    if isinstance(other, tuple):
        return speaker.options(Name(name), other)
    return speaker.say(other)
