"""Rows of the two sheets, and what they would change: only values that differ make a change."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_Row = TypeVar("_Row", "TagRow", "RecordRow")
Key = tuple[str, ...]


class Effect(StrEnum):
    """What a row does to what is known."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class TagRow:
    """One line of a list: this place has had this tag since a day.

    Attributes:
        division: the place's code; empty when the list's name matched no place, or several.
        name: the place as the list writes it.
        within: the division the list is of.
        valid_to: the first day on which it no longer holds; None while it holds.
    """

    kind: str
    division: str
    name: str
    within: str
    valid_from: date
    source: str
    batch: str = ""
    valid_to: date | None = None

    @property
    def key(self) -> Key:
        """What makes two lines one: the kind, the place (or its name) and the first day."""
        place = self.division or f"{self.within}?{self.name}"
        return (self.kind, place, self.valid_from.isoformat())

    @property
    def unmatched_key(self) -> Key:
        """The key this line has as long as its place is not found."""
        return (self.kind, f"{self.within}?{self.name}", self.valid_from.isoformat())


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A village in a year. Unknown items are absent from `values`."""

    village: str
    year: int
    source: str
    day: date
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """What makes two rows one: the village and the year."""
        return (self.village, str(self.year))


@dataclass(frozen=True, slots=True)
class Planned(Generic[_Row]):
    """A row with what it would do, and what stands there now."""

    row: _Row
    effect: Effect
    before: _Row | None = None


def plan_tags(known: Iterable[TagRow], rows: Iterable[TagRow]) -> list[Planned[TagRow]]:
    """What each line would do.

    A line whose place is found now takes over the one that waited for it under the same name; a
    line without a place stays with the one place that it was matched to before.
    """
    by_key = {each.key: each for each in known}
    named: dict[Key, list[TagRow]] = {}
    for each in by_key.values():
        if each.division:
            named.setdefault(each.unmatched_key, []).append(each)
    planned = []
    for given in rows:
        matched = [] if given.division else named.get(given.unmatched_key, [])
        row = replace(given, division=matched[0].division) if len(matched) == 1 else given
        before = by_key.get(row.key) or by_key.get(row.unmatched_key)
        effect = Effect.NEW if before is None else _effect(_content(before) == _content(row))
        planned.append(Planned(row, effect, before))
    return planned


def _content(row: TagRow) -> tuple[object, ...]:
    return (row.division, row.name, row.batch, row.valid_to, row.source)


def _effect(same: bool) -> Effect:
    return Effect.UNCHANGED if same else Effect.CHANGED


def plan_records(
    known: Mapping[Key, RecordRow], rows: Iterable[RecordRow]
) -> list[Planned[RecordRow]]:
    """What each row would do. What a row leaves empty stays as it is known."""
    planned = []
    for row in rows:
        before = known.get(row.key)
        if before is None:
            planned.append(Planned(row, Effect.NEW))
            continue
        same = not changed_items(before, row) and (before.source, before.day) == (
            row.source,
            row.day,
        )
        planned.append(Planned(row, _effect(same), before))
    return planned


def changed_items(before: RecordRow, after: RecordRow) -> tuple[str, ...]:
    """The items that a row says otherwise than is known."""
    return tuple(name for name, value in after.values.items() if before.values.get(name) != value)


def contradicts_later(before: RecordRow, after: RecordRow) -> bool:
    """Whether a row would overwrite with older facts what is known of a later day."""
    return after.day < before.day and any(
        name in before.values for name in changed_items(before, after)
    )


def has_groups_exceeded(values: Mapping[str, Any]) -> bool:
    """Whether more groups have a hardened road than there are groups, as far as both are known."""
    groups, reached = values.get("groups"), values.get("groups_with_road")
    return groups is not None and reached is not None and reached > groups
