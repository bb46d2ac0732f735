"""Reads what the guards of a table look at: its lists, facts and papers, and the guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.procedures.domain.guards import (
    TIERS,
    code_lists,
    compile_condition,
    possible_kinds,
)
from bangfu.procedures.domain.located import Row
from bangfu.procedures.domain.table import (
    Choice,
    Fact,
    FactType,
    Guard,
    Label,
    Paper,
    PaperOrigin,
)
from bangfu.rules.refusals import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.procedures.domain.located import Located, Reader
    from bangfu.rules.expressions import Expression
    from bangfu.rules.kinds import Kind

    Lists = Mapping[str, tuple[Choice, ...]]

_NAMED_BY: Final = {FactType.PARAMETER: "parameter", FactType.HOUSEHOLD_FACT: "fact"}


def read_list(reader: Reader, codes: Located) -> tuple[Choice, ...]:
    """The codes of one list."""
    return tuple(_choice(reader, each) for each in Row(reader, {"": codes}, 1).rows(""))


def _choice(reader: Reader, located: Located) -> Choice:
    row = reader.fields(located, "code zh en")
    return Choice(row.text("code"), Label(row.text("zh"), row.text("en")))


def read_paper(reader: Reader, name: str, located: Located) -> Paper:
    """One paper; one that does not say where it comes from is brought."""
    row = reader.fields(located, "label", "from")
    origin = row.text("from") or PaperOrigin.UPLOAD
    if origin not in set(PaperOrigin):
        reader.report(
            "procedures.table.unknown_origin", row.line_of("from"), paper=name, origin=origin
        )
        origin = PaperOrigin.UPLOAD
    return Paper(name, row.label("label"), PaperOrigin(origin))


def read_fact(reader: Reader, name: str, located: Located, lists: Lists) -> Fact:
    """One fact; of a type that does not exist it is reported and stands as a flag."""
    row = reader.fields(located, "type label", "asked list parameter fact unit")
    written, code_list = row.text("type"), row.text("list")
    kind = FactType(written) if written in set(FactType) else None
    if kind is None or (kind is FactType.CODE and code_list not in {*lists, TIERS.name}):
        reader.report(
            "procedures.table.unknown_fact_type", row.line_of("type"), fact=name, type=written
        )
        kind = FactType.FLAG
    of = _named(reader, row, kind)
    if kind is FactType.PARAMETER and row.flag("asked"):
        reader.report("procedures.table.unknown_field", row.line_of("asked"), field="asked")
    return Fact(name, kind, row.label("label"), row.flag("asked"), code_list, of, row.text("unit"))


def _named(reader: Reader, row: Row, kind: FactType) -> str:
    """The pack's name that a fact of this type stands for."""
    field = _NAMED_BY.get(kind, "")
    if field and not row.text(field):
        reader.report("procedures.table.missing_field", row.line, field=field)
    for other in {*_NAMED_BY.values(), *(() if field else ("unit",))} - {field}:
        if other in row.values:
            reader.report("procedures.table.unknown_field", row.line_of(other), field=other)
    return row.text(field) if field else ""


class Guards:
    """Compiles guards over the table's facts and lists."""

    def __init__(self, reader: Reader, row: Row, facts: Mapping[str, Fact], lists: Lists) -> None:
        self._reader = reader
        self._lists = code_lists(lists)
        self._facts: dict[str, tuple[Kind, ...]] = {}
        for name, located in row.entries("facts"):
            try:
                self._facts[name] = possible_kinds(facts[name])
            except ValueError:
                values = {"fact": name, "unit": facts[name].unit}
                reader.report("procedures.table.unknown_fact_unit", located.line, **values)

    def read(self, name: str, located: Located) -> Guard:
        """One guard; one that does not compile is reported and stands as never true."""
        row = self._reader.fields(located, "when reason", "law")
        return Guard(name, self._compile(name, row), row.label("reason"), row.text("law"))

    def _compile(self, name: str, row: Row) -> Expression:
        try:
            return compile_condition(row.text("when"), self._facts, self._lists)
        except ExpressionRefused as refused:
            values = {**refused.values, "guard": name, "reason": refused.code}
            self._reader.report("procedures.table.guard_invalid", row.line_of("when"), **values)
            return compile_condition("false", {}, {})
