"""Whose attendance is kept, read from `packs/register/attendance.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Roles that live in a village, and those sent to a county as a group."""

    resident: tuple[str, ...]
    groups: tuple[str, ...]


@cache
def load_roles() -> Catalogue:
    """The table that this version of the product carries."""
    path = files("bangfu") / "packs" / "register" / "attendance.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Catalogue(tuple(table["resident"]), tuple(table["groups"]))
