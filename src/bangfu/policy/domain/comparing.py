"""What differs between two packs, definition by definition, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bangfu.policy.domain.wordings import (
    fact_aspects,
    names_source,
    parameter_aspects,
    rule_aspects,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Language

_COMPARED: Final = ("parameters/", "facts/", "rules/")
"""Folders whose definitions are compared one by one; of other files only that they differ."""


class Turn(StrEnum):
    """What became of a definition."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing a definition says, before and after; empty where it says nothing.

    `chinese` is what stands in Chinese whoever reads it.
    """

    label: str
    before: str
    after: str
    chinese: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A definition that differs: its name, label, what became of it, and what it says."""

    name: str
    label: str
    turn: Turn
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs; `rules_touched` are rules that stand as they were and yet may
    answer otherwise, because a parameter or fact they read differs."""

    parameters: tuple[Difference, ...]
    facts: tuple[Difference, ...]
    rules: tuple[Difference, ...]
    files: tuple[str, ...]
    rules_touched: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether the two say the same."""
        return not (self.parameters or self.facts or self.rules or self.files)


def _aspects(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Aspect, ...]:
    labels = [*before, *(label for label in after if label not in before)]
    return tuple(
        Aspect(label, before.get(label, ""), after.get(label, ""), names_source(label))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """The definitions of one kind in one pack: names, labels, and what each says."""

    labels: Mapping[str, str]
    aspects: Callable[[str], dict[str, str]]

    def says(self, name: str) -> dict[str, str]:
        return self.aspects(name) if name in self.labels else {}


def _compared(before: _Side, after: _Side) -> Iterator[Difference]:
    names = [*before.labels, *(name for name in after.labels if name not in before.labels)]
    for name in names:
        aspects = _aspects(before.says(name), after.says(name))
        if not aspects:
            continue
        turn = Turn.CHANGED
        if name not in before.labels:
            turn = Turn.ADDED
        elif name not in after.labels:
            turn = Turn.REMOVED
        label = after.labels.get(name) or before.labels[name]
        yield Difference(name, label, turn, aspects)


def _parameters(pack: Pack, language: Language) -> _Side:
    labels = {name: each.text.of(language) for name, each in pack.parameters.items()}
    return _Side(labels, lambda name: parameter_aspects(pack, name, language))


def _facts(pack: Pack, language: Language) -> _Side:
    labels = {name: each.text.of(language) for name, each in pack.facts.items()}
    return _Side(labels, lambda name: fact_aspects(pack, name, language))


def _rules(pack: Pack, language: Language) -> _Side:
    labels = {name: each.text.of(language) for name, each in pack.rules.items()}
    return _Side(labels, lambda name: rule_aspects(pack, name, language))


def _other_files(pack: Pack) -> dict[str, str]:
    return {
        f"{source.name}/{path}": text
        for source in pack.sources
        for path, text in source.files.items()
        if not path.startswith(_COMPARED)
    }


def compare(before: Pack, after: Pack, language: Language) -> Differences:
    """What `after` says otherwise than `before`."""
    parameters = tuple(_compared(_parameters(before, language), _parameters(after, language)))
    facts = tuple(_compared(_facts(before, language), _facts(after, language)))
    rules = tuple(_compared(_rules(before, language), _rules(after, language)))
    old, new = _other_files(before), _other_files(after)
    files = sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    moved = {each.name for each in (*parameters, *facts)}
    own = {each.name for each in rules}
    touched = tuple(
        name for name, reads in after.reads.items() if name not in own and reads & moved
    )
    return Differences(parameters, facts, rules, tuple(files), touched)
