"""YAML with lines: every value knows where it stands, so that every refusal can say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import yaml

from bangfu.kernel.problems import Place, Problem
from bangfu.rules.text import Text

if TYPE_CHECKING:
    from bangfu.rules.refusals import ExpressionRefused

IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_]{1,59}\Z")


class Unreadable(Exception):
    """A value that is not what it should be; carries the problem with its place."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a file."""

    node: yaml.Node
    file: str
    key: yaml.Node | None = None

    @property
    def line(self) -> int:
        """Its line, from 1: of a definition that of its name, of a block text its first line."""
        if isinstance(self.node, yaml.ScalarNode):
            block = self.node.style in {"|", ">"}
            return int(self.node.start_mark.line) + (2 if block else 1)
        return int((self.key or self.node).start_mark.line) + 1

    def refusal(self, code: str, /, **values: str) -> Unreadable:
        """A problem at this place, to be raised."""
        return Unreadable(Problem(code, Place(file=self.file, line=self.line), values))

    def expression_refusal(self, refused: ExpressionRefused) -> Unreadable:
        """The problem of an expression that is this entry's text, on its line."""
        line = self.line + self.text().count("\n", 0, refused.offset)
        return Unreadable(Problem(refused.code, Place(file=self.file, line=line), refused.values))

    def entries(self) -> list[tuple[str, Entry]]:
        """The pairs of a mapping, in order.

        Raises:
            Unreadable: no mapping, a key that is no text, a doubled key.
        """
        if not isinstance(self.node, yaml.MappingNode):
            raise self.refusal("pack.not_a_mapping")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            entry = Entry(key, self.file)
            name = entry.text()
            if name in found:
                raise entry.refusal("pack.doubled", name=name)
            found[name] = Entry(value, self.file, key)
        return list(found.items())

    def fields(self, required: frozenset[str], optional: frozenset[str]) -> dict[str, Entry]:
        """The values of a mapping whose keys are known.

        Raises:
            Unreadable: a key that is missing or not known.
        """
        found = dict(self.entries())
        for name, entry in found.items():
            if name not in required | optional:
                raise entry.refusal("pack.unknown_key", name=name)
        for name in sorted(required - found.keys()):
            raise self.refusal("pack.missing_key", name=name)
        return found

    def items(self) -> list[Entry]:
        """The values of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.refusal("pack.not_a_list")
        return [Entry(each, self.file) for each in self.node.value]

    def text(self) -> str:
        """A text (or anything written without structure), as written."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.refusal("pack.not_a_text")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(each.text() for each in self.items())

    def name(self) -> str:
        """A name: small ASCII letters, digits and `_`, a letter first."""
        if not IDENTIFIER.match(self.text()):
            raise self.refusal("pack.bad_name", name=self.text())
        return self.text()

    def truth(self) -> bool:
        """`true` or `false`."""
        if self.text() not in {"true", "false"}:
            raise self.refusal("pack.not_a_truth", value=self.text())
        return self.text() == "true"

    def day(self) -> date:
        """A day, `2026-01-01`."""
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            raise self.refusal("pack.not_a_day", value=self.text()) from None

    def words(self) -> Text:
        """A wording in both languages, `{zh: …, en: …}`."""
        found = self.fields(frozenset({"zh", "en"}), frozenset())
        text = Text(found["zh"].text().strip(), found["en"].text().strip())
        if not (text.zh and text.en):
            raise self.refusal("pack.empty_text")
        return text


def read_entry(text: str, file: str) -> Entry:
    """The content of a YAML file.

    Raises:
        Unreadable: not YAML, empty, or with aliases (a pack says everything where it stands).
    """
    try:
        # Reading the events costs as much as reading the file, and most files hold no "*" at all.
        for event in yaml.parse(text, Loader=yaml.CSafeLoader) if "*" in text else ():
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                place = Place(file=file, line=line)
                raise Unreadable(Problem("pack.alias", place))
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(Problem("pack.not_yaml", Place(file=file, line=line))) from None
    except (yaml.YAMLError, RecursionError):
        raise Unreadable(Problem("pack.not_yaml", Place(file=file, line=1))) from None
    if node is None:
        raise Unreadable(Problem("pack.empty_file", Place(file=file, line=1)))
    return Entry(node, file)
