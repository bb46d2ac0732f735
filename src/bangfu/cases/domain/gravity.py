"""Which of several findings, or rules, of one risk speaks for all: the gravest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_ORDER: Final = ("low", "medium", "high")


class Grave(Protocol):
    """What has a severity."""

    @property
    def severity(self) -> str:
        """`low`, `medium` or `high`."""


_Found = TypeVar("_Found", bound=Grave)


def _weight(severity: str) -> int:
    return _ORDER.index(severity) if severity in _ORDER else -1


def graver(severity: str, other: str) -> bool:
    """Whether one severity weighs more than another; an unknown one weighs least."""
    return _weight(severity) > _weight(other)


def gravest(found: Iterable[_Found], name: Callable[[_Found], str]) -> _Found:
    """The gravest; of equals the one that comes first by name, in whatever order they come.

    Raises:
        ValueError: of nothing.
    """
    return min(found, key=lambda each: (-_weight(each.severity), name(each)))
