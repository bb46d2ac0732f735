"""Reads `quality.yaml` and its tests; refuses them with every problem, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from bangfu.cases.domain.quality import FILE, Answer, AppliesTo
from bangfu.cases.queries.quality_rules import QualityRule, QualityTable
from bangfu.procedures.api import (
    Choice,
    Fact,
    FactType,
    Label,
    code_lists,
    compile_condition,
    possible_kinds,
)
from bangfu.rules.reading import Unreadable, read_entry
from bangfu.rules.refusals import ExpressionRefused, PackInvalid

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from bangfu.rules.reading import Entry

    Lists = Mapping[str, tuple[Choice, ...]]

TESTS: Final = "quality_tests.yaml"
_HEAD: Final = frozenset({"version", "source", "facts", "lists", "rules"})
_FACT: Final = frozenset({"type", "label"})
_FACT_MAY: Final = frozenset({"parameter", "list"})
_RULE: Final = frozenset({"label", "applies_to", "when", "remedy", "source"})


def read_quality(
    text: str, file: str = FILE, parameters: Container[str] | None = None
) -> QualityTable:
    """The rules in `text`.

    Args:
        text: the file's content. file: what it is called in problems.
        parameters: the pack's, when they are to be checked.

    Raises:
        PackInvalid: the first problem with its line.
    """
    try:
        return _read(read_entry(text, file), parameters)
    except Unreadable as unreadable:
        raise PackInvalid(unreadable.problem) from None


def _read(entry: Entry, parameters: Container[str] | None) -> QualityTable:
    fields = entry.fields(_HEAD, frozenset())
    lists = {
        name: tuple(_choice(each) for each in codes.items())
        for name, codes in fields["lists"].entries()
    }
    facts = {name: _fact(name, each, parameters) for name, each in fields["facts"].entries()}
    rules = {code: _rule(code, each, facts, lists) for code, each in fields["rules"].entries()}
    return QualityTable(fields["version"].text(), fields["source"].text(), facts, lists, rules)


def _choice(entry: Entry) -> Choice:
    fields = entry.fields(frozenset({"code", "zh", "en"}), frozenset())
    return Choice(fields["code"].text(), Label(fields["zh"].text(), fields["en"].text()))


def _fact(name: str, entry: Entry, parameters: Container[str] | None) -> Fact:
    fields = entry.fields(_FACT, _FACT_MAY)
    kind, words = fields["type"], fields["label"].words()
    if kind.text() not in set(FactType):
        raise kind.refusal("pack.unknown_unit", unit=kind.text())
    of = fields["parameter"].text() if "parameter" in fields else ""
    if of and parameters is not None and of not in parameters:
        raise fields["parameter"].refusal("pack.unknown_parameter", name=of, near="—")
    code_list = fields["list"].text() if "list" in fields else ""
    label = Label(words.zh, words.en)
    return Fact(name, FactType(kind.text()), label, list=code_list, of=of)


def _rule(code: str, entry: Entry, facts: Mapping[str, Fact], lists: Lists) -> QualityRule:
    fields = entry.fields(_RULE, frozenset({"guards"}))
    about = fields["applies_to"]
    if about.text() not in set(AppliesTo):
        raise about.refusal("pack.unknown_code", list="applies_to", code=about.text())
    kinds = {name: possible_kinds(each) for name, each in facts.items()}
    try:
        condition = compile_condition(fields["when"].text(), kinds, code_lists(lists))
    except ExpressionRefused as refused:
        raise fields["when"].expression_refusal(refused) from None
    return QualityRule(
        code=code,
        label=fields["label"].words(),
        applies_to=AppliesTo(about.text()),
        condition=condition,
        remedy=fields["remedy"].words(),
        source=fields["source"].text(),
        guards=fields["guards"].texts() if "guards" in fields else (),
    )


def run_quality_tests(
    table: QualityTable, text: str, parameters: Mapping[str, int]
) -> Iterator[tuple[str, str, Answer, Answer]]:
    """What each case of a test file expects of each rule, and what comes out.

    Args:
        table: the rules. text: the test file. parameters: the pack's, in the engine's units.

    Returns:
        Case, rule, expected and found, for every expectation.
    """
    given = {
        name: parameters[fact.of]
        for name, fact in table.facts.items()
        if fact.of and fact.of in parameters
    }
    document: dict[str, Any] = yaml.safe_load(text)
    for case in document["cases"]:
        for code, expected in case["expect"].items():
            found = table.rules[code].judge({**given, **case["facts"]})
            yield case["name"]["zh"], code, Answer(expected), found
