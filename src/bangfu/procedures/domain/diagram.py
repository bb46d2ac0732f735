"""The picture of a procedure, drawn from its table: as Mermaid text, and as places to draw at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bangfu.procedures.domain.table import Procedure

_START: Final = "[*]"


@dataclass(frozen=True, slots=True)
class Node:
    """A state at a place: `rank` steps from the opening, `row` within its rank."""

    name: str
    label: str
    rank: int
    row: int
    final: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """A move between two states. `back` marks one that leads to an earlier or the same rank."""

    move: str
    label: str
    source: str
    target: str
    back: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """What a page needs to draw: a grid of `ranks` by `rows`."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    ranks: int
    rows: int


def mermaid(procedure: Procedure, language: str) -> str:
    """A Mermaid state diagram; loops included, four-eyes moves marked `⚇`."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [
        f"    {state.name}: {state.label.text(language)}" for state in procedure.states.values()
    ]
    opening = procedure.opening
    lines.append(f"    {_START} --> {opening.state}: {opening.label.text(language)}")
    for move in procedure.moves.values():
        mark = " ⚇" if move.not_after else ""
        lines += [
            f"    {source} --> {move.target}: {move.label.text(language)}{mark}"
            for source in move.sources
        ]
    lines += [
        f"    {state.name} --> {_START}" for state in procedure.states.values() if state.final
    ]
    return "\n".join(lines) + "\n"


def diagram(procedure: Procedure, language: str) -> Diagram:
    """The states on a grid, by the fewest moves from the opening."""
    ranks = _ranks(procedure)
    filled: dict[int, int] = {}
    nodes = []
    for state in procedure.states.values():
        rank = ranks[state.name]
        row = filled.get(rank, 0)
        filled[rank] = row + 1
        nodes.append(Node(state.name, state.label.text(language), rank, row, state.final))
    edges = tuple(
        Edge(
            move.name,
            move.label.text(language),
            source,
            move.target,
            ranks[move.target] <= ranks[source],
        )
        for move in procedure.moves.values()
        for source in move.sources
    )
    return Diagram(tuple(nodes), edges, max(ranks.values()) + 1, max(filled.values()))


def _ranks(procedure: Procedure) -> dict[str, int]:
    ranks = {procedure.opening.state: 0}
    waiting = [procedure.opening.state]
    while waiting:
        state = waiting.pop(0)
        for move in procedure.moves_from(state):
            if move.target not in ranks:
                ranks[move.target] = ranks[state] + 1
                waiting.append(move.target)
    return ranks
