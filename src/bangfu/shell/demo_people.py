"""The people of a demo home, named on its sign-in page with their passwords.

Only a demo home has the file; the production check refuses a home that is marked as one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["DemoPerson", "list_demo_people"]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody made up, who may be signed in as."""

    username: str
    password: str
    name: str
    title: str


def list_demo_people() -> list[DemoPerson]:
    """The people of the demo, as the demo command wrote them; none outside a demo home."""
    if not settings.BANGFU_DEMO:
        return []
    return _read(settings.BANGFU_HOME / "demo.json")


def _read(path: Path) -> list[DemoPerson]:
    people = json.loads(path.read_text(encoding="utf-8")).get("people", [])
    return [
        DemoPerson(each["username"], each["password"], each["name"], each["title"])
        for each in people
    ]
