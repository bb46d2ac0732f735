"""A chain of packs while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.kernel.division import DivisionCode
    from bangfu.kernel.problems import Problem
    from bangfu.rules.layout import Layout
    from bangfu.rules.pack import Origin
    from bangfu.rules.reading import Entry
    from bangfu.rules.text import Text


@dataclass(frozen=True, slots=True)
class Head:
    """What `pack.yaml` says."""

    name: str
    version: str
    text: Text
    scope: DivisionCode
    layout: str
    demo: bool
    risks: dict[str, Text]


@dataclass(slots=True)
class Draft:
    """A chain being read: its definitions by folder, and what is wrong so far."""

    layout: Layout
    heads: list[Head] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    definitions: dict[str, list[tuple[str, Entry, Origin]]] = field(default_factory=dict)

    def take(self, folder: str) -> Iterator[tuple[str, Entry, Origin]]:
        """The definitions of a folder, the widest pack's first."""
        yield from self.definitions.get(folder, ())

    @property
    def scopes(self) -> dict[str, DivisionCode]:
        """Pack -> the division it is made for."""
        return {head.name: head.scope for head in self.heads}

    @property
    def risks(self) -> dict[str, Text]:
        """The risk types of all packs of the chain."""
        return {code: text for head in self.heads for code, text in head.risks.items()}
