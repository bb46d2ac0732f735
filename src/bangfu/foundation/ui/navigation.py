"""The top navigation: entries that features bring, shown to who holds the capability."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

__all__ = ["Entry", "entries", "register_entry"]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One entry: its place in the row, its label, the URL name, who sees it and the path it owns.

    `count` tells how many things wait behind the entry, or None when there is nothing to tell.
    """

    order: int
    label: str | _StrPromise
    url_name: str
    capability: str
    prefix: str
    count: Callable[[HttpRequest], int | None] | None = field(default=None, compare=False)


_entries: dict[str, Entry] = {}


def register_entry(entry: Entry) -> None:
    """Add an entry; the URL name is its identity."""
    _entries[entry.url_name] = entry


def entries() -> list[Entry]:
    """All entries in order."""
    return sorted(_entries.values(), key=lambda entry: entry.order)
