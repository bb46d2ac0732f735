"""What every page's frame needs: navigation, scope, person, demo mark, and the remarks at the foot.

The frame lies at the bottom of the house and knows none of the rooms above it. They bring what
they know: the shell its addresses and postings, the register the names of divisions, screening
and policy their remarks for the foot.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.conf import settings
from django.urls import reverse

from bangfu.foundation.ui.navigation import Entry, entries
from bangfu.kernel.problems import NothingInForce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

__all__ = [
    "Navigation",
    "NavigationItem",
    "PostingChoice",
    "frame",
    "register_foot",
    "register_place",
    "register_postings",
    "register_scope",
]


class Reader(Protocol):
    """What the frame asks of the person in front of the page."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    def holds(self, capability: str, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry as this reader sees it."""

    label: str
    url: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class PostingChoice:
    """One posting this person may work under."""

    posting_id: str
    organisation: str
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """The entries in the row, and those folded away behind it."""

    row: list[NavigationItem]
    folded: list[NavigationItem]

    @property
    def items(self) -> list[NavigationItem]:
        """Every entry."""
        return self.row + self.folded


ROW_HOLDS: Final = 8
"""How many entries stand in the navigation's row; with more than that, the last fold away."""

_places: dict[str, str] = {}
_feet: dict[str, tuple[int, Callable[[HttpRequest], str | None]]] = {}
_postings: list[Callable[[HttpRequest], Iterable[PostingChoice]]] = []
_scopes: list[Callable[[HttpRequest], str]] = []


def register_place(name: str, url_name: str) -> None:
    """Tell the frame an address: `home`, `search`, `language`, `posting`, `sign_out`."""
    _places[name] = url_name


def register_foot(name: str, order: int, remark: Callable[[HttpRequest], str | None]) -> None:
    """Add a remark to the foot of every page of a signed-in reader."""
    _feet[name] = (order, remark)


def register_postings(source: Callable[[HttpRequest], Iterable[PostingChoice]]) -> None:
    """Tell the frame which postings a reader may switch to."""
    _postings[:] = [source]


def register_scope(source: Callable[[HttpRequest], str]) -> None:
    """Tell the frame how to name the place a reader works in: `通江县`."""
    _scopes[:] = [source]


def reader_of(request: HttpRequest) -> Reader | None:
    """The actor on the request, or None for a visitor who has not signed in."""
    actor = getattr(request, "actor", None)
    return actor if actor is not None and actor.person_id is not None else None


def _item(entry: Entry, request: HttpRequest) -> NavigationItem:
    """An entry as the page draws it."""
    return NavigationItem(
        label=str(entry.label),
        url=reverse(entry.url_name),
        current=_owns(entry.prefix, request.path),
        count=_count(entry, request),
    )


def _count(entry: Entry, request: HttpRequest) -> int | None:
    """How many things wait behind an entry; nothing before a policy is in force."""
    try:
        return entry.count(request) if entry.count else None
    except NothingInForce:
        return None


def _owns(prefix: str, path: str) -> bool:
    """Whether an entry's pages include `path`; the root owns itself alone."""
    return path == prefix if prefix == "/" else path.startswith(prefix)


class _Frame:
    """The frame of one request; each part is asked for only when the page draws it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.reader = reader_of(request)
        self.demo = bool(settings.BANGFU_DEMO)
        self.languages = settings.LANGUAGES
        self.places = {name: reverse(url_name) for name, url_name in _places.items()}

    @property
    def here(self) -> str:
        """Where to come back to after switching language or posting."""
        return self._request.get_full_path() if self._request.method == "GET" else "/"

    @cached_property
    def navigation(self) -> Navigation:
        """The entries this reader may use, in order; those that do not fit the row are folded."""
        reader = self.reader
        if reader is None:
            return Navigation([], [])
        items = [
            _item(entry, self._request)
            for entry in entries()
            if not entry.capability or reader.holds(entry.capability)
        ]
        if len(items) <= ROW_HOLDS:
            return Navigation(items, [])
        kept, rest = items[: ROW_HOLDS - 1], items[ROW_HOLDS - 1 :]
        # Where the reader is stays in sight.
        here = [each for each in rest if each.current]
        return Navigation(kept + here, [each for each in rest if not each.current])

    @property
    def scope(self) -> str:
        """The place this reader works in; empty when nobody can name it."""
        return _scopes[0](self._request) if _scopes and self.reader else ""

    @property
    def postings(self) -> list[PostingChoice]:
        """The postings this reader may work under."""
        return list(_postings[0](self._request)) if _postings and self.reader else []

    @property
    def foot(self) -> list[str]:
        """The remarks at the foot, in order."""
        if self.reader is None:
            return []
        made = (remark(self._request) for _, remark in sorted(_feet.values(), key=lambda x: x[0]))
        return [each for each in made if each]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: `frame`, with everything the page's head and foot draw."""
    return {"frame": _Frame(request)}
