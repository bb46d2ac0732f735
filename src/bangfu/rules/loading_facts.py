"""Facts: what is gathered over members or reports, and arithmetic over items and other facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from bangfu.rules.expressions import Expression, compile_expression
from bangfu.rules.kinds import (
    LARGEST,
    MOST_MEMBERS,
    MOST_REPORTS,
    PLAIN,
    TRUTH,
    Base,
    Measure,
    Signature,
)
from bangfu.rules.names import AS_OF, TRIGGER, is_taken, items_over, names_over
from bangfu.rules.pack import Fact, Gathering, Over
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
_OPTIONAL: Final = frozenset({"unit", "note", "where", "nobody", "over", "feed", *Gathering})
_OVERS: Final = {"members": Over.MEMBERS, "reports": Over.REPORTS}
_MOST_ROWS: Final = {Over.MEMBERS: MOST_MEMBERS, Over.REPORTS: MOST_REPORTS}
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
    over: Over
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
    return _Written(name, fields, ways[0], _over(entry, fields, ways[0]), entry, origin)


def _over(entry: Entry, fields: Mapping[str, Entry], gathering: Gathering) -> Over:
    """What the fact goes over: members unless it says reports, and only reports have a feed."""
    if gathering is Gathering.VALUE:
        for key in ("over", "feed"):
            if key in fields:
                raise fields[key].refusal("pack.unknown_key", name=key)
        return Over.HOUSEHOLD
    named = fields["over"].text() if "over" in fields else "members"
    if named not in _OVERS:
        near = ", ".join(_OVERS)
        raise fields["over"].refusal("pack.unknown_field", name=named, near=near)
    if _OVERS[named] is Over.REPORTS and "feed" not in fields:
        raise entry.refusal("pack.missing_key", name="feed")
    if _OVERS[named] is Over.MEMBERS and "feed" in fields:
        raise fields["feed"].refusal("pack.unknown_key", name="feed")
    return _OVERS[named]


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
        self._layout = draft.layout
        self._names = {over: names_over(draft.layout, over, parameters) for over in Over}
        self.facts: dict[str, Fact] = {}

    def add(self, written: _Written) -> None:
        """Compile one fact."""
        condition = value = None
        if written.gathering is Gathering.VALUE:
            facts = {name: fact.signature for name, fact in self.facts.items()}
            names = self._names[written.over] | facts
            value = self._expression(written.fields["value"], names)
            signature = self._formula_signature(written, value)
        else:
            condition, value, signature = self._gathered(written)
        self.facts[written.name] = Fact(
            name=written.name,
            text=written.fields["name"].words(),
            unit=self._unit(written, signature.kind),
            gathering=written.gathering,
            over=written.over,
            feed=self._feed(written),
            condition=condition,
            value=value,
            nobody=self._nobody(written),
            signature=signature,
            note=written.fields["note"].words() if "note" in written.fields else None,
            origin=written.origin,
        )

    def _expression(self, entry: Entry, names: Mapping[str, Signature]) -> Expression:
        try:
            return compile_expression(entry.text(), names, self._layout.lists)
        except ExpressionRefused as refused:
            raise entry.expression_refusal(refused) from None

    def _feed(self, written: _Written) -> str:
        """The trigger of the lists it rests on; it must stand in the layout's code list."""
        if "feed" not in written.fields:
            return ""
        entry = written.fields["feed"]
        items = items_over(self._layout, Over.REPORTS)
        triggers = next((item.list for item in items if item.name == TRIGGER), "")
        if triggers not in self._layout.lists or (
            self._layout.lists[triggers].find(entry.text()) is None
        ):
            raise entry.refusal("pack.unknown_code", code=entry.text(), list=triggers)
        return entry.text()

    @staticmethod
    def _formula_signature(written: _Written, value: Expression) -> Signature:
        if value.kind.base in {Base.CODE, Base.CODES}:
            raise written.fields["value"].refusal("pack.type_error", operator="value")
        return value.signature

    def _condition(self, written: _Written) -> Expression:
        key = "where" if "where" in written.fields else written.gathering.value
        condition = self._expression(written.fields[key], self._names[written.over])
        if condition.kind != TRUTH:
            raise written.fields[key].refusal("pack.not_a_condition")
        return condition

    def _gathered(self, written: _Written) -> tuple[Expression, Expression | None, Signature]:
        condition = self._condition(written)
        if written.gathering is Gathering.ANY:
            return condition, None, Signature(TRUTH)
        if written.gathering is Gathering.COUNT:
            ranged = written.over is Over.REPORTS or bool(condition.names - {AS_OF})
            return condition, None, Signature(PLAIN, 0, _MOST_ROWS[written.over], ranged)
        entry = written.fields[written.gathering.value]
        value = self._expression(entry, self._names[written.over])
        if not value.kind.is_number or value.kind.measure is Measure.MONTH:
            raise entry.refusal("pack.type_error", operator=written.gathering.value)
        if value.low < 0:
            raise entry.refusal("pack.may_be_negative")
        rows = _MOST_ROWS[written.over] if written.gathering is Gathering.SUM else 1
        high = value.high * rows
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
