"""Whether a table that could be read makes sense: every name known, every state on a way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.kernel.problems import Place, Problem
from bangfu.procedures.domain.table import OPENING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bangfu.procedures.domain.table import Move, Procedure

Found = tuple[str, str, dict[str, str]]
"""A code, the part it is about, and the values of its sentence."""


def check_soundness(procedure: Procedure) -> list[Problem]:
    """Everything that does not fit together, with its line."""
    found = [*_unknown_names(procedure), *_escalations(procedure), *_ways(procedure)]
    return placed(procedure, found)


def placed(procedure: Procedure, found: Iterable[Found]) -> list[Problem]:
    """Problems at the lines of the parts they are about."""
    return [
        Problem(code, Place(file=procedure.file, line=procedure.line_of(where)), values)
        for code, where, values in found
    ]


def _unknown_names(procedure: Procedure) -> Iterator[Found]:
    if procedure.opening.state not in procedure.states:
        yield (
            "procedures.table.unknown_state",
            "opens",
            {"state": procedure.opening.state, "move": "opens"},
        )
    for move in procedure.moves.values():
        where = f"moves.{move.name}"
        for code, values in _unknown_in(procedure, move):
            yield code, where, values


def _unknown_in(procedure: Procedure, move: Move) -> Iterator[tuple[str, dict[str, str]]]:
    named = (
        ("procedures.table.unknown_state", "state", (*move.sources, move.target), procedure.states),
        ("procedures.table.unknown_guard", "guard", move.guards, procedure.guards),
        ("procedures.table.unknown_paper", "paper", move.papers, procedure.papers),
        ("procedures.table.unknown_move", "earlier", move.not_after, {OPENING, *procedure.moves}),
    )
    for code, what, names, known in named:
        yield from ((code, {what: name, "move": move.name}) for name in names if name not in known)
    if not move.sources or not move.tiers:
        yield "procedures.table.move_for_nobody", {"move": move.name}


def _escalations(procedure: Procedure) -> Iterator[Found]:
    """Nobody is late where nothing is due, and the same tier is not told twice."""
    for state in procedure.states.values():
        where = f"states.{state.name}"
        if state.escalates and state.limit is None:
            yield "procedures.table.escalates_without_limit", where, {"state": state.name}
        tiers = [tell.tier for tell in state.escalates]
        if len(set(tiers)) < len(tiers):
            yield "procedures.table.escalates_twice", where, {"state": state.name}


def _ways(procedure: Procedure) -> Iterator[Found]:
    forward = _reached({procedure.opening.state}, _arrows(procedure))
    finals = {state.name for state in procedure.states.values() if state.final}
    backward = _reached(finals, {(target, source) for source, target in _arrows(procedure)})
    for name in procedure.states:
        if name not in forward:
            yield "procedures.table.unreachable_state", f"states.{name}", {"state": name}
        if name not in backward:
            yield "procedures.table.dead_end", f"states.{name}", {"state": name}


def _arrows(procedure: Procedure) -> set[tuple[str, str]]:
    return {(source, move.target) for move in procedure.moves.values() for source in move.sources}


def _reached(start: set[str], arrows: set[tuple[str, str]]) -> set[str]:
    reached: set[str] = set()
    waiting = set(start)
    while waiting:
        reached |= waiting
        waiting = {target for source, target in arrows if source in waiting} - reached
    return reached


def moves_nobody_holds(
    procedure: Procedure, holders: set[tuple[str, int]]
) -> list[tuple[str, str]]:
    """The moves that no role can make: (move, capability); `holders` are (capability, tier)."""
    return [
        (move.name, move.capability)
        for move in procedure.moves.values()
        if not any((move.capability, int(tier)) in holders for tier in move.tiers)
    ]
