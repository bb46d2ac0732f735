"""The picture of a procedure, drawn from its table as a ladder.

Every state is a rung: the main way from top to bottom, then what lies aside, then what ends it.
A step of the main way is an arrow from rung to rung; every other move is an upright beside them,
with a dot at each state it leads from and a point at the one it leads to. Moves carry the numbers
of the table of moves, so that nothing has to be written along a line: however many moves there
are, no two lines lie on each other and no words collide. Geometry only.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bangfu.procedures.domain.ways import main_way

if TYPE_CHECKING:
    from bangfu.procedures.domain.table import Move, Procedure

_BOX_WIDTH: Final = 168
_BOX_HEIGHT: Final = 32
_GAP: Final = 22
_TOP: Final = 24
_LANE: Final = 18
_MARGIN: Final = 1
_ROOM: Final = 150
_WIDE: Final = 12
_NARROW: Final = 7
"""How much of a box a label may fill, and what a Han character and another sign take of it."""

_FIRST_WIDE: Final = 0x2E80
"""From here on signs are as wide as they are high."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A state as drawn.

    Attributes:
        kind: `main`, `aside` or `final`.
        notice: whether a public notice hangs in it.
    """

    state: str
    label: str
    kind: str
    notice: bool
    y: int

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.y + _BOX_HEIGHT // 2

    @property
    def text_y(self) -> int:
        """The base line of its label."""
        return self.y + 21

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + _BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Lane:
    """A move beside the rungs: from which states to which one.

    Attributes:
        number: its place in the table of moves.
        dots: the heights of the states it leads from. point: that of the one it leads to.
        stays: whether it leads to a state that it leads from.
    """

    move: str
    number: int
    label: str
    x: int
    dots: tuple[int, ...]
    point: int
    stays: bool

    @property
    def top(self) -> int:
        """Where the upright begins."""
        return min(self.point, *self.dots)

    @property
    def bottom(self) -> int:
        """Where the upright ends."""
        return max(self.point, *self.dots)

    @property
    def tip(self) -> str:
        """The corners of the point, which looks at the state."""
        return (
            f"{self.x - 7},{self.point} {self.x + 3},{self.point - 5} {self.x + 3},{self.point + 5}"
        )


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step of the main way, from one rung to the next."""

    move: str
    number: int
    label: str
    x: int
    top: int
    bottom: int

    @property
    def text_y(self) -> int:
        """The base line of its number."""
        return (self.top + self.bottom) // 2 + 4

    @property
    def tip(self) -> str:
        """The corners of its point."""
        return (
            f"{self.x},{self.bottom} {self.x - 5},{self.bottom - 8} {self.x + 5},{self.bottom - 8}"
        )


@dataclass(frozen=True, slots=True)
class Diagram:
    """A drawing of this size; `opens` is the height at which a matter comes in."""

    width: int
    height: int
    box_width: int
    box_height: int
    lanes_from: int
    rungs: tuple[Rung, ...]
    lanes: tuple[Lane, ...]
    arrows: tuple[Arrow, ...]


def diagram(procedure: Procedure, language: str) -> Diagram:
    """The ladder of a procedure."""
    way = main_way(procedure)
    rungs = _rungs(procedure, way, language)
    numbers = {name: number for number, name in enumerate(procedure.moves, 1)}
    steps = set(pairwise(way))
    arrows: list[Arrow] = []
    lanes: list[Lane] = []
    for move in procedure.moves.values():
        label = move.label.text(language)
        taken = [source for source in move.sources if (source, move.target) in steps]
        steps -= {(source, move.target) for source in taken}
        arrows += [
            Arrow(
                move.name,
                numbers[move.name],
                label,
                _MARGIN + 24,
                rungs[source].bottom,
                rungs[move.target].y,
            )
            for source in taken
        ]
        others = [source for source in move.sources if source not in taken]
        if others:
            lanes.append(_lane(move, numbers[move.name], label, others, rungs, len(lanes)))
    lanes_from = _MARGIN + _BOX_WIDTH
    return Diagram(
        width=lanes_from + (len(lanes) + 1) * _LANE,
        height=_TOP + len(rungs) * (_BOX_HEIGHT + _GAP) - _GAP + _MARGIN,
        box_width=_BOX_WIDTH,
        box_height=_BOX_HEIGHT,
        lanes_from=lanes_from,
        rungs=tuple(rungs.values()),
        lanes=tuple(lanes),
        arrows=tuple(arrows),
    )


def _rungs(procedure: Procedure, way: list[str], language: str) -> dict[str, Rung]:
    """The main way, what lies aside, what ends it; each in the table's order."""
    others = [state for state in procedure.states.values() if state.name not in way]
    aside = [state.name for state in others if not state.final]
    ends = [state.name for state in others if state.final]
    rungs = {}
    for row, name in enumerate([*way, *aside, *ends]):
        state = procedure.states[name]
        kind = "final" if state.final else "main" if name in way else "aside"
        y = _TOP + row * (_BOX_HEIGHT + _GAP)
        label = _short(state.label.text(language))
        rungs[name] = Rung(name, label, kind, state.notice is not None, y)
    return rungs


def _lane(
    move: Move,
    number: int,
    label: str,
    sources: list[str],
    rungs: dict[str, Rung],
    place: int,
) -> Lane:
    dots = tuple(rungs[source].middle for source in sources)
    x = _MARGIN + _BOX_WIDTH + (place + 1) * _LANE
    stays = move.target in sources
    return Lane(move.name, number, label, x, dots, rungs[move.target].middle, stays)


def width_of(label: str) -> int:
    """How wide a label is drawn, at most."""
    return sum(_WIDE if ord(sign) >= _FIRST_WIDE else _NARROW for sign in label)


def _short(label: str) -> str:
    """As much of a label as fits."""
    if width_of(label) <= _ROOM:
        return label
    kept = label
    while width_of(kept) > _ROOM - _WIDE:
        kept = kept[:-1]
    return f"{kept}…"


def ladder_of(procedure: Procedure) -> list[tuple[str, list[str]]]:
    """The same picture as text: each state of the drawing with a mark for every move.

    `●` where the move leads from the state, `◀` where it leads to it, `↻` where it stays.
    """
    found = []
    for rung in diagram(procedure, "zh").rungs:
        marks = []
        for move in procedure.moves.values():
            leaves, comes = rung.state in move.sources, rung.state == move.target
            marks.append("↻" if leaves and comes else "●" if leaves else "◀" if comes else "")
        found.append((rung.state, marks))
    return found
