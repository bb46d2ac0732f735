"""The top navigation: entries that features bring, shown to who holds the capability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

__all__ = ["Entry", "entries", "register_entry"]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One entry: its place in the row, its label, the URL name, who sees it and the path it owns."""

    order: int
    label: str | _StrPromise
    url_name: str
    capability: str
    prefix: str


_entries: dict[str, Entry] = {}


def register_entry(entry: Entry) -> None:
    """Add an entry; the URL name is its identity."""
    _entries[entry.url_name] = entry


def entries() -> list[Entry]:
    """All entries in order."""
    return sorted(_entries.values(), key=lambda entry: entry.order)
