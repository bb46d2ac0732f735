"""Whether a change still fits a household that was changed since it was asked for.

A change rests on some facts only: who is a member, who is head, the value put right. What else was
changed meanwhile does not concern it, and the change is applied to the household as it is now.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from bangfu.registry.domain.adjusting import (
    HEAD,
    RELATION,
    Change,
    ChangeHead,
    Correct,
    Join,
    Leave,
    Merge,
    Move,
    Split,
    rows_of,
)
from bangfu.registry.domain.document import diff_documents

if TYPE_CHECKING:
    from bangfu.registry.domain import document
    from bangfu.registry.domain.document import Document

_MEMBERSHIP: Final = ""
"""A difference without an item is a whole member who came or went."""


def concerns(change: Change, number: str, difference: document.Change) -> bool:
    """Whether a difference that came up since in the household `number` is in the change's way."""
    if difference.section == "members":
        return _concerns_member(change, number, difference)
    if isinstance(change, Move):
        names = {"village_code": change.village, "group_name": change.group}
        names["living_code"] = change.living
        return difference.section == "household" and bool(names.get(difference.item))
    return isinstance(change, Correct) and _is_corrected(change, difference)


def _concerns_member(change: Change, number: str, difference: document.Change) -> bool:
    came_or_went = difference.item == _MEMBERSHIP
    related = difference.item == RELATION
    mine = difference.key in _people(change)
    if isinstance(change, Correct):
        return _is_corrected(change, difference)
    if isinstance(change, Merge) and number == change.target:
        return related and HEAD in (difference.before, difference.after)
    if isinstance(change, Merge):
        return came_or_went
    if isinstance(change, ChangeHead) or (isinstance(change, Leave) and change.head):
        return came_or_went or related
    return mine and (came_or_went or (related and isinstance(change, Split)))


def _people(change: Change) -> tuple[str, ...]:
    """The people a change names as coming or going."""
    match change:
        case Join():
            return (change.member["person_number"],)
        case Leave():
            return (change.person,)
        case Split():
            return change.people
    return ()


def _is_corrected(change: Correct, difference: document.Change) -> bool:
    return any(
        (each.section, each.key) == (difference.section, difference.key)
        and difference.item in (each.item, _MEMBERSHIP)
        for each in change.corrections
    )


def conflicts_of(
    change: Change, number: str, seen: Document, now: Document
) -> list[document.Change]:
    """What changed in a household since the change was asked for that is in its way."""
    return [each for each in diff_documents(seen, now) if concerns(change, number, each)]


def carried(change: Change, seen: Document, later: Document) -> Change | None:
    """The change as it holds for what is known of a later day, or None when nothing is left of it.

    A value that was recorded for the later day by itself stands: a correction or a move of an
    earlier day does not touch it.
    """
    if isinstance(change, Correct):
        differing = {(each.section, each.key, each.item) for each in diff_documents(seen, later)}
        kept = tuple(
            each
            for each in change.corrections
            if (each.section, each.key, each.item) not in differing
            and each.key in rows_of(later, each.section)
        )
        return replace(change, corrections=kept) if kept else None
    if isinstance(change, Move):
        return _carried_move(change, seen["household"], later["household"])
    return change


def _carried_move(change: Move, seen: dict[str, Any], later: dict[str, Any]) -> Move | None:
    def kept(item: str, wished: str) -> str:
        return wished if seen.get(item) == later.get(item) else ""

    move = Move(
        change.household,
        kept("village_code", change.village),
        kept("group_name", change.group),
        kept("living_code", change.living),
    )
    return move if move.village or move.group or move.living else None
