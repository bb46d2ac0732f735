"""What a route is and what it may be asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from access_matrix.evaluator import Rights
    from access_matrix.world import Who, World


@dataclass(frozen=True, slots=True)
class Case:
    """One way to ask for a route.

    Attributes:
        name: what is asked for, for the report.
        found: whether it is there for somebody; else the answer is 404.
        acts: what the action needs beyond seeing; without it the answer is 403.
        posts: what a form sends.
        says: numbers that the page must say, by a pattern with one group.
    """

    name: str
    found: Callable[[Rights], bool] = lambda rights: True
    arguments: tuple[object, ...] = ()
    query: str = ""
    acts: Callable[[Rights], bool] = lambda rights: True
    posts: dict[str, Any] = field(default_factory=dict)
    says: tuple[tuple[str, Callable[[Rights], int]], ...] = ()


def plain(world: World, who: Who) -> Iterator[Case]:
    """A page that asks for nothing."""
    yield Case("")


@dataclass(frozen=True, slots=True)
class Route:
    """A page.

    Attributes:
        capability: what its door asks for.
        methods: what it answers to.
        shows_all: the kinds of things of which it lists all that the reader may see.
    """

    capability: str
    methods: str = "GET HEAD"
    cases: Callable[[World, Who], Iterator[Case]] = plain
    shows_all: tuple[str, ...] = ()


def inside(capability: str, place: str) -> Callable[[Rights], bool]:
    """Whether the capability reaches everything in a place."""
    return lambda rights: rights.covers(capability, place)


def meeting(capability: str, place: str) -> Callable[[Rights], bool]:
    """Whether the capability reaches a part of a place."""
    return lambda rights: rights.meets(capability, place)
