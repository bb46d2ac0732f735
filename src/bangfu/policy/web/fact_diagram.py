"""The picture of what a rule rests on: items and parameters feed facts, facts feed the rule.

Geometry only. What it shows is also said as a list, which is what people who hear the page get.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.rules.engines.evidence import describe_name, item_label
from bangfu.rules.pack import Over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.rules.api import Pack, Rule
    from bangfu.rules.layout import Language

_WIDTH: Final = 196
_HEIGHT: Final = 30
_GAP_X: Final = 52
_GAP_Y: Final = 12
_LONGEST: Final = {"zh": 14, "en": 28}
"""Characters of a label that fit into a box; the list has it in full."""


@dataclass(frozen=True, slots=True)
class Source:
    """A name that a rule rests on, with what it is made from in turn.

    Attributes:
        kind: `fact`, `item` or `parameter`.
        parts: what a fact reads; empty for the others, and for a fact told before.
    """

    name: str
    label: str
    kind: str
    parts: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A name as drawn."""

    name: str
    label: str
    kind: str
    x: int
    y: int

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.y + _HEIGHT // 2

    @property
    def text_x(self) -> int:
        """Where its label begins."""
        return self.x + 10

    @property
    def text_y(self) -> int:
        """The base line of its label."""
        return self.y + 20


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and the paths between them, in a drawing of this size."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    paths: tuple[str, ...]


def _read_by_fact(pack: Pack, name: str) -> list[tuple[str, Over]]:
    """The names a fact reads, and whose they are."""
    fact = pack.facts[name]
    found = {each for part in fact.expressions for each in part.names}
    known = [each for each in sorted(found) if _kind(pack, each, fact.over)]
    return [(each, fact.over) for each in known]


def _kind(pack: Pack, name: str, over: Over) -> str:
    if name in pack.facts:
        return "fact"
    if name in pack.parameters:
        return "parameter"
    return "item" if name in pack.items.get(over, {}) else ""


def _label(pack: Pack, name: str, over: Over, language: Language) -> str:
    if name in pack.facts or name in pack.parameters:
        return describe_name(pack, name)[0].of(language)
    return item_label(pack, over, name).of(language)


def sources_of(pack: Pack, rule: Rule, language: Language) -> tuple[Source, ...]:
    """What a rule rests on, as a tree; a fact read in two places is opened at the first."""
    told: set[str] = set()

    def source(name: str, over: Over) -> Source:
        kind = _kind(pack, name, over)
        parts: tuple[Source, ...] = ()
        if kind == "fact" and name not in told:
            told.add(name)
            parts = tuple(source(*each) for each in _read_by_fact(pack, name))
        return Source(name, _label(pack, name, over, language), kind, parts)

    names = [name for name in sorted(rule.when.names) if _kind(pack, name, Over.HOUSEHOLD)]
    return tuple(source(name, Over.HOUSEHOLD) for name in names)


def _depths(sources: Iterable[Source], depth: int, found: dict[str, int]) -> dict[str, int]:
    """Name -> the longest way from the rule."""
    for each in sources:
        found[each.name] = max(found.get(each.name, 0), depth)
        _depths(each.parts, depth + 1, found)
    return found


def _edges(target: str, sources: Iterable[Source]) -> Iterable[tuple[str, str]]:
    for each in sources:
        yield each.name, target
        yield from _edges(each.name, each.parts)


def _flat(sources: Iterable[Source]) -> Iterable[Source]:
    for each in sources:
        yield each
        yield from _flat(each.parts)


def _column(kind: str, depth: int, deepest: int) -> int:
    """Facts stand as near to the rule as they can; items and parameters all stand at the left."""
    return deepest - depth if kind == "fact" else 0


def draw_sources(rule_label: str, sources: tuple[Source, ...], language: Language) -> Diagram:
    """The diagram of a rule's sources."""
    depths = _depths(sources, 1, {})
    nodes = {each.name: each for each in _flat(sources)}
    deepest = max([1, *depths.values()])
    columns: dict[int, list[tuple[str, str, str]]] = {deepest: [("", rule_label, "rule")]}
    for name, each in nodes.items():
        column = _column(each.kind, depths[name], deepest)
        columns.setdefault(column, []).append((name, each.label, each.kind))
    rows = max(len(each) for each in columns.values())
    height = rows * (_HEIGHT + _GAP_Y) - _GAP_Y + 2
    boxes: dict[str, Box] = {}
    for column, listed in columns.items():
        free = height - len(listed) * (_HEIGHT + _GAP_Y) + _GAP_Y
        for row, (name, label, kind) in enumerate(listed):
            x, y = column * (_WIDTH + _GAP_X) + 1, free // 2 + row * (_HEIGHT + _GAP_Y)
            boxes[name] = Box(name, _short(label, language), kind, x, y)
    paths = tuple(
        _path(boxes[source], boxes[target]) for source, target in dict.fromkeys(_edges("", sources))
    )
    width = (deepest + 1) * (_WIDTH + _GAP_X) - _GAP_X + 2
    return Diagram(width, height, _WIDTH, _HEIGHT, tuple(boxes.values()), paths)


def _path(source: Box, target: Box) -> str:
    left, right = source.x + _WIDTH, target.x
    bend = (left + right) // 2
    start, end = source.middle, target.middle
    return f"M{left} {start} C{bend} {start} {bend} {end} {right} {end}"


def _short(label: str, language: Language) -> str:
    longest = _LONGEST[language]
    return label if len(label) <= longest else f"{label[: longest - 1]}…"
