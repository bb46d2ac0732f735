"""What each person may see, worked out from the table of roles alone, without the product's code.

A place is a division code; a code contains every code that begins with it. The answers to a request
follow from three questions in this order: is anybody signed in, does their role hold the page's
capability at all, does the thing asked for lie in a place of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

import bangfu

_TABLE: Final = Path(bangfu.__file__).parent / "packs" / "register" / "roles.yaml"
ROLES: Final[dict[str, dict[str, Any]]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))[
    "roles"
]
TIERS: Final = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}


@dataclass(frozen=True, slots=True)
class Rights:
    """Somebody's role and places; nobody signed in has none, and `signed_in` is False."""

    role: str = ""
    places: tuple[str, ...] = ()
    signed_in: bool = True

    def holds(self, capability: str) -> bool:
        """Whether the role has the capability, in whatever place."""
        return bool(self.places) and capability in ROLES[self.role]["capabilities"]

    def covers(self, capability: str, place: str) -> bool:
        """Whether the capability reaches everything in a place."""
        return self.holds(capability) and any(place.startswith(each) for each in self.places)

    def meets(self, capability: str, place: str) -> bool:
        """Whether the capability reaches a part of a place."""
        return self.covers(capability, place) or (
            self.holds(capability) and any(each.startswith(place) for each in self.places)
        )


OPEN: Final = ""
SIGNED_IN: Final = "*"


def door(rights: Rights, capability: str) -> int | None:
    """The answer of the page's door: 302 to sign in, 403, or None when it lets in."""
    if capability == OPEN:
        return None
    if not rights.signed_in:
        return 302
    if capability != SIGNED_IN and not rights.holds(capability):
        return 403
    return None
