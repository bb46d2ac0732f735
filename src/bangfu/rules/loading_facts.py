"""Facts: what is gathered over members, and arithmetic over household items and other facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from bangfu.rules.expressions import Expression, compile_expression
from bangfu.rules.kinds import LARGEST, MOST_MEMBERS, PLAIN, TRUTH, Base, Measure, Signature
from bangfu.rules.names import AS_OF, household_names, is_taken, member_names
from bangfu.rules.pack import Fact, Gathering
from bangfu.rules.reading import Unreadable
from bangfu.rules.refusals import ExpressionRefused
from bangfu.rules.units import default_unit, kind_of_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.draft import Draft
    from bangfu.rules.kinds import Kind
    from bangfu.rules.pack import Origin, Parameter
    from bangfu.rules.reading import Entry

_REQUIRED: Final = frozenset({"name"})
_OPTIONAL: Final = frozenset({"unit", "note", "where", "nobody", *Gathering})
_TAKES: Final = {
    Gathering.COUNT: frozenset({"count"}),
    Gathering.ANY: frozenset({"any"}),
    Gathering.SUM: frozenset({"sum", "where"}),
    Gathering.MAX: frozenset({"max", "where", "nobody"}),
    Gathering.VALUE: frozenset({"value"}),
}
_STRINGS: Final = re.compile(r'"[^"]*"|\'[^\']*\'')
_WORDS: Final = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class _Written:
    """A fact as it stands in the file."""

    name: str
    fields: Mapping[str, Entry]
    gathering: Gathering
    entry: Entry
    origin: Origin

    @property
    def mentions(self) -> frozenset[str]:
        """The words of its expressions outside quoted texts."""
        texts = (self.fields[key].text() for key in ("value", "count", "any", "sum", "max", "where")
                 if key in self.fields)  # fmt: skip
        return frozenset(word for text in texts for word in _WORDS.findall(_STRINGS.sub("", text)))


def _written(name: str, entry: Entry, origin: Origin) -> _Written:
    fields = entry.fields(_REQUIRED, _OPTIONAL)
    ways = [way for way in Gathering if way in fields]
    if len(ways) != 1:
        raise entry.refusal("pack.one_gathering", name=name)
    given = {"where", "nobody", *Gathering} & fields.keys()
    for extra in sorted(given - _TAKES[ways[0]]):
        raise fields[extra].refusal("pack.unknown_key", name=extra)
    for lacking in sorted(_TAKES[ways[0]] - given):
        raise entry.refusal("pack.missing_key", name=lacking)
    return _Written(name, fields, ways[0], entry, origin)


def _collect(draft: Draft, parameters: Mapping[str, Parameter]) -> dict[str, _Written]:
    found: dict[str, _Written] = {}
    for name, entry, origin in draft.take("facts"):
        try:
            if name in found or name in parameters:
                raise entry.refusal("pack.doubled", name=name)
            if is_taken(name, draft.layout):
                raise entry.refusal("pack.name_taken", name=name)
            found[name] = _written(name, entry, origin)
        except Unreadable as unreadable:
            draft.problems.append(unreadable.problem)
    return found


def _in_order(draft: Draft, written: dict[str, _Written]) -> list[_Written]:
    """Every fact after those it reads; none when they read each other in a circle."""
    graph = {name: sorted(each.mentions & written.keys()) for name, each in written.items()}
    try:
        return [written[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as cycle:
        circle = list(reversed(cycle.args[1]))
        entry = written[circle[0]].entry
        draft.problems.append(entry.refusal("pack.cycle", facts=" → ".join(circle)).problem)
        return []


class _FactReader:
    """Compiles facts one after another; each sees those before it."""

    def __init__(self, draft: Draft, parameters: Mapping[str, Parameter]) -> None:
        self._lists = draft.layout.lists
        self._members = member_names(draft.layout, parameters)
        self._household = household_names(draft.layout, parameters)
        self.facts: dict[str, Fact] = {}

    def add(self, written: _Written) -> None:
        """Compile one fact."""
        condition = value = None
        if written.gathering is Gathering.VALUE:
            names = self._household | {name: fact.signature for name, fact in self.facts.items()}
            value = self._expression(written.fields["value"], names)
            signature = self._formula_signature(written, value)
        else:
            condition, value, signature = self._gathered(written)
        self.facts[written.name] = Fact(
            name=written.name,
            text=written.fields["name"].words(),
            unit=self._unit(written, signature.kind),
            gathering=written.gathering,
            condition=condition,
            value=value,
            nobody=self._nobody(written),
            signature=signature,
            note=written.fields["note"].words() if "note" in written.fields else None,
            origin=written.origin,
        )

    def _expression(self, entry: Entry, names: Mapping[str, Signature]) -> Expression:
        try:
            return compile_expression(entry.text(), names, self._lists)
        except ExpressionRefused as refused:
            raise entry.expression_refusal(refused) from None

    @staticmethod
    def _formula_signature(written: _Written, value: Expression) -> Signature:
        if value.kind.base in {Base.CODE, Base.CODES}:
            raise written.fields["value"].refusal("pack.type_error", operator="value")
        return value.signature

    def _condition(self, written: _Written) -> Expression:
        key = "where" if "where" in written.fields else written.gathering.value
        condition = self._expression(written.fields[key], self._members)
        if condition.kind != TRUTH:
            raise written.fields[key].refusal("pack.not_a_condition")
        return condition

    def _gathered(self, written: _Written) -> tuple[Expression, Expression | None, Signature]:
        condition = self._condition(written)
        if written.gathering is Gathering.ANY:
            return condition, None, Signature(TRUTH)
        if written.gathering is Gathering.COUNT:
            ranged = bool(condition.names - {AS_OF})
            return condition, None, Signature(PLAIN, 0, MOST_MEMBERS, ranged)
        entry = written.fields[written.gathering.value]
        value = self._expression(entry, self._members)
        if not value.kind.is_number or value.kind.measure is Measure.MONTH:
            raise entry.refusal("pack.type_error", operator=written.gathering.value)
        if value.low < 0:
            raise entry.refusal("pack.may_be_negative")
        high = value.high * (MOST_MEMBERS if written.gathering is Gathering.SUM else 1)
        if high > LARGEST:
            raise entry.refusal("pack.cannot_lower", why="64 bit")
        nobody = self._nobody(written)
        return condition, value, Signature(value.kind, nobody, max(high, nobody), ranged=True)

    @staticmethod
    def _nobody(written: _Written) -> int:
        entry = written.fields.get("nobody")
        if entry is None:
            return 0
        if not entry.text().isdecimal():
            raise entry.refusal("pack.bad_amount", value=entry.text(), unit="", name=written.name)
        return int(entry.text())

    @staticmethod
    def _unit(written: _Written, kind: Kind) -> str:
        entry = written.fields.get("unit")
        if entry is None:
            return default_unit(kind)
        if kind_of_unit(entry.text()) != kind:
            raise entry.refusal("pack.unknown_unit", unit=entry.text())
        return entry.text()


def read_facts(draft: Draft, parameters: Mapping[str, Parameter]) -> dict[str, Fact]:
    """All facts of the chain, each after those it reads; problems go into the draft.

    A fact that reads a refused one is left out in silence: the first refusal is the reason.
    """
    written = _collect(draft, parameters)
    reader = _FactReader(draft, parameters)
    refused: set[str] = set()
    for each in _in_order(draft, written):
        if each.mentions & refused:
            refused.add(each.name)
            continue
        try:
            reader.add(each)
        except Unreadable as unreadable:
            refused.add(each.name)
            draft.problems.append(unreadable.problem)
    return reader.facts
