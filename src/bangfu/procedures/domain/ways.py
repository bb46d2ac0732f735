"""The main way of a matter: where it has come through, and where it goes on if all goes well."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bangfu.procedures.domain.table import Move, Procedure


def way_so_far(states: Iterable[str]) -> list[str]:
    """The states come through, without what was undone: a return leads back to where it was."""
    way: list[str] = []
    for state in states:
        if state in way:
            del way[way.index(state) :]
        way.append(state)
    return way


def way_ahead(procedure: Procedure, state: str, behind: Sequence[str]) -> list[str]:
    """The states to come, by the first move of the table that leads on from each.

    A table names first what happens when all goes well; what leads back, or round and round as a
    look-back does, ends the way, and so does a final state.
    """
    way: list[str] = []
    here = state
    while not procedure.states[here].final:
        move = _first_onward(procedure, here)
        if move is None or move.target in {*behind, state, *way}:
            break
        here = move.target
        way.append(here)
    return way


def _first_onward(procedure: Procedure, state: str) -> Move | None:
    """The first move from a state that is a step: a reassignment, which stays there, is none."""
    moves = procedure.moves_from(state)
    steps = (move for move in moves if not (move.keeps_due and move.target == state))
    return next(steps, None)


def main_way(procedure: Procedure) -> list[str]:
    """The whole way of a matter with which all goes well."""
    first = procedure.opening.state
    return [first, *way_ahead(procedure, first, [])]
