"""The words of an agenda: sealed in the table, opened for who may see the meeting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.foundation.secrets.api import seal, unseal_many
from bangfu.meetings.domain.counting import Votes
from bangfu.meetings.models import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

SEALED: Final = (AgendaItem._meta.db_table, "sealed")
"""Table and column that items are sealed for."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as a page shows it.

    Attributes:
        title: whom it is about. words: why. remark: what was said.
        votes: None while they are not counted.
        passed: what was decided; None until the meeting is closed.
    """

    id: UUID
    matter_id: UUID
    position: int
    title: str
    words: str
    url: str
    remark: str
    votes: Votes | None
    passed: bool | None


def packed_item(item_id: UUID, words: Mapping[str, str]) -> bytes:
    """The words of an item, sealed."""
    return seal(*SEALED, item_id, json.dumps(dict(words), ensure_ascii=False, sort_keys=True))


def words_of(items: Iterable[AgendaItem]) -> dict[UUID, dict[str, str]]:
    """The words of items, opened."""
    rows = [(each.pk, bytes(each.sealed)) for each in items]
    texts = unseal_many(*SEALED, rows)
    return {row: json.loads(text) for (row, _), text in zip(rows, texts, strict=True)}


def views_of(items: Iterable[AgendaItem]) -> list[ItemView]:
    """Items as a page shows them, in the order of the agenda."""
    rows = sorted(items, key=lambda each: each.position)
    opened = words_of(rows)
    return [_view(each, opened[each.pk]) for each in rows]


def _view(item: AgendaItem, words: Mapping[str, str]) -> ItemView:
    votes = None
    if item.in_favour is not None and item.against is not None and item.abstained is not None:
        votes = Votes(item.in_favour, item.against, item.abstained, words["remark"])
    return ItemView(
        id=item.pk,
        matter_id=item.matter_id,
        position=item.position,
        title=words["title"],
        words=words["words"],
        url=words["url"],
        remark=words["remark"],
        votes=votes,
        passed=item.passed,
    )
