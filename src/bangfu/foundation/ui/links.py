"""Pages that lower rooms point to without knowing the room above: `division` is a place's page.

The register's crumbs lead to a division; its page belongs to a room above. That room brings the
address by name, and a page asks for it by name; nobody brought it, nothing is linked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["link_to", "register_link"]

_makers: dict[str, Callable[..., str]] = {}


def register_link(name: str, maker: Callable[..., str]) -> None:
    """Bring the address of a page; the last one brought under a name holds."""
    _makers[name] = maker


def link_to(name: str, *values: object) -> str:
    """The address of a page; empty when no room brings it."""
    maker = _makers.get(name)
    return maker(*values) if maker else ""
