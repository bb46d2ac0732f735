"""Rules: a condition, the words people read, and what is shown as evidence."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final

from bangfu.rules.expressions import compile_expression
from bangfu.rules.kinds import TRUTH
from bangfu.rules.names import names_over
from bangfu.rules.pack import Over, Rule
from bangfu.rules.reading import Unreadable
from bangfu.rules.refusals import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.draft import Draft
    from bangfu.rules.expressions import Expression
    from bangfu.rules.kinds import Signature
    from bangfu.rules.pack import Fact, Origin, Parameter
    from bangfu.rules.reading import Entry
    from bangfu.rules.text import Text

_REQUIRED: Final = frozenset({"name", "risk", "severity", "when", "shows", "reason", "source"})
_OPTIONAL: Final = frozenset({"clear", "measures", "unverified", "note"})
SEVERITIES: Final = ("high", "medium", "low")


class _RuleReader:
    """Compiles rules against the chain's items, facts and parameters."""

    def __init__(self, draft: Draft, names: Mapping[str, Signature]) -> None:
        self._draft = draft
        self._names = names

    def read(self, name: str, entry: Entry, origin: Origin) -> Rule:
        """One rule."""
        fields = entry.fields(_REQUIRED, _OPTIONAL)
        return Rule(
            name=name, text=fields["name"].words(), risk=self._risk(fields["risk"]),
            severity=self._severity(fields["severity"]), when=self._condition(fields["when"]),
            shows=self._shows(fields["shows"]), reason=self._sentence(fields["reason"]),
            clear=self._sentence(fields["clear"]) if "clear" in fields else None,
            measures=tuple(each.words() for each in fields["measures"].items())
            if "measures" in fields else (),
            source=fields["source"].text(),
            unverified="unverified" in fields and fields["unverified"].truth(),
            note=fields["note"].words() if "note" in fields else None, origin=origin,
        )  # fmt: skip

    def _risk(self, entry: Entry) -> str:
        if entry.text() not in self._draft.risks:
            raise entry.refusal("pack.unknown_risk", risk=entry.text())
        return entry.text()

    @staticmethod
    def _severity(entry: Entry) -> str:
        if entry.text() not in SEVERITIES:
            raise entry.refusal("pack.unknown_severity", severity=entry.text())
        return entry.text()

    def _condition(self, entry: Entry) -> Expression:
        try:
            condition = compile_expression(entry.text(), self._names, self._draft.layout.lists)
        except ExpressionRefused as refused:
            raise entry.expression_refusal(refused) from None
        if condition.kind != TRUTH:
            raise entry.refusal("pack.not_a_condition")
        return condition

    def _shows(self, entry: Entry) -> tuple[str, ...]:
        for each in entry.items():
            if each.text() not in self._names:
                raise each.refusal("pack.unknown_field", name=each.text(), near="—")
        return entry.texts()

    def _sentence(self, entry: Entry) -> Text:
        """A sentence whose places `{name}` all name something the rule can show."""
        text = entry.words()
        for wording in (text.zh, text.en):
            for place in _places(entry, wording):
                if place not in self._names:
                    raise entry.refusal("pack.bad_placeholder", name=place)
        return text


def _places(entry: Entry, wording: str) -> list[str]:
    try:
        parsed = list(Formatter().parse(wording))
    except ValueError:
        raise entry.refusal("pack.bad_placeholder", name="{ }") from None
    for _, name, form, conversion in parsed:
        if form or conversion:
            raise entry.refusal("pack.bad_placeholder", name=name or "")
    return [name for _, name, _, _ in parsed if name is not None]


def read_rules(
    draft: Draft, parameters: Mapping[str, Parameter], facts: Mapping[str, Fact]
) -> dict[str, Rule]:
    """All rules of the chain; problems go into the draft."""
    names = names_over(draft.layout, Over.HOUSEHOLD, parameters)
    names |= {name: fact.signature for name, fact in facts.items()}
    reader = _RuleReader(draft, names)
    found: dict[str, Rule] = {}
    for name, entry, origin in draft.take("rules"):
        try:
            if name in found:
                raise entry.refusal("pack.doubled", name=name)
            found[name] = reader.read(name, entry, origin)
        except Unreadable as unreadable:
            draft.problems.append(unreadable.problem)
    return found
