"""YAML whose every value knows its line, and a reader that collects problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from bangfu.kernel.problems import Place, Problem
from bangfu.procedures.domain.table import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Located:
    """A value of the file with its line. Mappings and lists hold located values."""

    value: Any
    line: int

    def plain(self) -> Any:
        """The value without lines; days as ISO text, so that it can be hashed and stored."""
        if isinstance(self.value, dict):
            return {key: each.plain() for key, each in self.value.items()}
        if isinstance(self.value, list):
            return [each.plain() for each in self.value]
        return self.value.isoformat() if isinstance(self.value, date) else self.value


@dataclass(slots=True)
class Reader:
    """Reads one file and remembers everything that is wrong with it."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, line: int, **values: str) -> None:
        """Remember a problem at a line."""
        place = Place(file=self.file, line=line)
        self.problems.append(Problem(code, place, values))

    def parse(self, text: str) -> Located:
        """The whole file; an empty mapping, with a problem, when it is not YAML."""
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as failure:
            line = failure.problem_mark.line + 1 if failure.problem_mark else 1
            self.report("procedures.table.not_yaml", line, reason=failure.problem or "")
            return Located({}, 1)
        located = self._locate(node) if node is not None else Located({}, 1)
        if not isinstance(located.value, dict):
            self.report("procedures.table.wrong_type", 1, field="", expected="mapping")
            return Located({}, 1)
        return located

    def _locate(self, node: yaml.Node) -> Located:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            values: dict[str, Located] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                key_line = key_node.start_mark.line + 1
                if key in values:
                    self.report("procedures.table.doubled", key_line, field=key)
                # People look for the name, so a block stands where its name stands.
                values[key] = Located(self._locate(value_node).value, key_line)
            return Located(values, line)
        if isinstance(node, yaml.SequenceNode):
            return Located([self._locate(each) for each in node.value], line)
        return Located(_scalar(node), line)

    def fields(self, row: Located, required: str, optional: str = "") -> Row:
        """The fields of a mapping; names are given as words separated by spaces."""
        values = row.value if isinstance(row.value, dict) else {}
        if not isinstance(row.value, dict):
            self.report("procedures.table.wrong_type", row.line, field="", expected="mapping")
        for name in required.split():
            if name not in values:
                self.report("procedures.table.missing_field", row.line, field=name)
        for name in values:
            if name not in {*required.split(), *optional.split()}:
                self.report("procedures.table.unknown_field", values[name].line, field=name)
        return Row(self, values, row.line)


def _scalar(node: yaml.Node) -> Any:
    # The safe constructors only: text, numbers, yes and no, days.
    loader = yaml.SafeLoader("")
    return loader.construct_object(node)


@dataclass(frozen=True, slots=True)
class Row:
    """A mapping being read; a missing or wrong value is reported and answered by a blank one."""

    reader: Reader
    values: dict[str, Located]
    line: int

    def _take(self, name: str, kind: type[_T], blank: _T) -> _T:
        found = self.values.get(name)
        if found is None:
            return blank
        # `True` is an int to Python, and no number to anybody else.
        if not isinstance(found.value, kind) or (kind is int and isinstance(found.value, bool)):
            self.reader.report(
                "procedures.table.wrong_type", found.line, field=name, expected=kind.__name__
            )
            return blank
        return found.value

    def line_of(self, name: str) -> int:
        """The line of a field, or of the row when the field is absent."""
        return self.values[name].line if name in self.values else self.line

    def text(self, name: str) -> str:
        """A text."""
        return self._take(name, str, "")

    def flag(self, name: str) -> bool:
        """True or false; false when absent."""
        return self._take(name, bool, False)

    def number(self, name: str) -> int:
        """A whole number; 0 when absent."""
        return self._take(name, int, 0)

    def day(self, name: str) -> date:
        """A day; a table that was stored as JSON writes it as text."""
        found = self.values.get(name)
        if found is not None and isinstance(found.value, str):
            try:
                return date.fromisoformat(found.value)
            except ValueError:
                self.reader.report(
                    "procedures.table.wrong_type", found.line, field=name, expected="date"
                )
                return date.min
        return self._take(name, date, date.min)

    def words(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(each.value) for each in self.rows(name))

    def rows(self, name: str) -> list[Located]:
        """The values of a list."""
        return self._take(name, list, [])

    def entries(self, name: str) -> Iterator[tuple[str, Located]]:
        """The names and values of a mapping, in the file's order."""
        yield from self._take(name, dict, {}).items()

    def label(self, name: str) -> Label:
        """Words in both languages, both there."""
        if name not in self.values:
            return Label("", "")
        row = self.reader.fields(self.values[name], "zh en")
        return Label(row.text("zh"), row.text("en"))
