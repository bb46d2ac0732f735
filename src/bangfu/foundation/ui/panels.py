"""Open places in pages: a lower feature's page shows blocks that higher features bring.

The register's household page cannot import the rooms above it, yet people want to see the
verdicts and clues there. A higher feature registers a panel for a named place; the page draws
what is registered, in order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from bangfu.kernel.problems import NothingInForce

if TYPE_CHECKING:
    from django.http import HttpRequest

__all__ = ["Panel", "panels_for", "register_panel"]


@dataclass(frozen=True, slots=True)
class Panel:
    """A rendered-later block: a template with its context, in the `main` or `side` column."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    column: str = "main"


class PanelSource(Protocol):
    """Makes a panel for a subject, or None when there is nothing to say."""

    def __call__(self, request: HttpRequest, subject: Any) -> Panel | None: ...


_sources: dict[str, list[tuple[int, PanelSource]]] = {}


def register_panel(place: str, order: int, source: PanelSource) -> None:
    """Put `source` at `place`; lower `order` comes first."""
    entries = _sources.setdefault(place, [])
    if (order, source) not in entries:
        entries.append((order, source))


def panels_for(place: str, request: HttpRequest, subject: Any) -> list[Panel]:
    """The panels of a place for this subject, in order.

    What follows from a policy is left out before one is in force: the page stays readable.
    """
    entries = sorted(_sources.get(place, ()), key=lambda entry: entry[0])
    made = (_made(source, request, subject) for _, source in entries)
    return [panel for panel in made if panel is not None]


def _made(source: PanelSource, request: HttpRequest, subject: Any) -> Panel | None:
    try:
        return source(request, subject)
    except NothingInForce:
        return None
