"""The search in the frame: features bring what they can find, scoped by the actor as ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

__all__ = ["Found", "Hit", "found_by", "register_search"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, the line below it and where it is."""

    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What one feature found: the first hits, how many there are, and where the rest stand."""

    hits: Sequence[Hit] = ()
    total: int = 0
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found under one name."""

    label: str
    found: Found


Source = Callable[["HttpRequest", str], Found]
_sources: dict[str, tuple[int, str | _StrPromise, str, Source]] = {}


def register_search(
    name: str, order: int, label: str | _StrPromise, capability: str, source: Source
) -> None:
    """Let a feature answer searches of whoever holds `capability`."""
    _sources[name] = (order, label, capability, source)


def found_by(request: HttpRequest, words: str, holds: Callable[[str], bool]) -> list[Group]:
    """What every feature that this reader may ask finds for `words`, in order."""
    ordered = sorted(_sources.values(), key=lambda each: each[0])
    return [
        Group(str(label), source(request, words))
        for _, label, capability, source in ordered
        if holds(capability)
    ]
