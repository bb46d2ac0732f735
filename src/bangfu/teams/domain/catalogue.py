"""Roles, kinds, tiers and sheets, read from `packs/register/teams.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from bangfu.kernel.division import Level
from bangfu.rules.layout import Code, CodeList, Item, ItemType, Layout, load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.layout import Language

ORGANISATION: Final = "organisation"
DUTY: Final = "duty"
PAIRING: Final = "pairing"
GRID: Final = "grid"
KINDS: Final = (ORGANISATION, DUTY, PAIRING, GRID)
"""What can be imported, each in a sheet of its own."""
_FLAGS: Final = "flag"
_TIERS: Final[Mapping[str, Level]] = {each.name.lower(): each for each in Level}


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody may be at a place for a time; see the head of `teams.yaml`."""

    name: str
    tiers: tuple[Level, ...]
    sole: bool = False
    cell: bool = False
    sends: bool = False
    expected: bool = False
    notice_days: int = 0
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Net:
    """A tier of the grid: the level of its division, and of the place of each kind of cell."""

    level: Level
    cells: Mapping[str, Level]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything of the table.

    Attributes:
        helped: the codes of household items that say that somebody should help the household.
    """

    version: str
    lists: Mapping[str, CodeList]
    roles: Mapping[str, Role]
    nets: Mapping[str, Net]
    helped: Mapping[str, tuple[str, ...]]
    layouts: Mapping[str, Layout]

    def label(self, listed: str, code: str, language: Language) -> str:
        """A code of a list in the reader's language; an unknown one stands for itself."""
        found = self.lists[listed].find(code)
        return found.label(language) if found else code


def _item(entity: str, row: dict[str, Any]) -> Item:
    own = {"par": entity, "page": "", "generate": "", **row, "type": ItemType(row["type"])}
    return Item(entity=entity, **own)


def _code_list(name: str, row: dict[str, Any]) -> CodeList:
    codes = tuple(Code(each["code"], each["zh"], each["en"]) for each in row["codes"])
    return CodeList(name, codes, row.get("source", ""))


def _role(name: str, row: dict[str, Any]) -> Role:
    return Role(name, **{**row, "tiers": tuple(_TIERS[each] for each in row["tiers"])})


def _net(row: dict[str, Any]) -> Net:
    return Net(_TIERS[row["tier"]], {kind: _TIERS[tier] for kind, tier in row["cells"].items()})


def read_catalogue(table: dict[str, Any]) -> Catalogue:
    """The table as it was parsed from YAML."""
    lists = {name: _code_list(name, row) for name, row in table["lists"].items()}
    known = {**lists, _FLAGS: load_layout().lists[_FLAGS]}
    return Catalogue(
        version=table["version"],
        lists=lists,
        roles={name: _role(name, row) for name, row in table["roles"].items()},
        nets={name: _net(row) for name, row in table["grid"].items()},
        helped={name: tuple(codes) for name, codes in table["helped"].items()},
        layouts={kind: _layout(kind, table, known) for kind in KINDS},
    )


def _layout(kind: str, table: dict[str, Any], lists: Mapping[str, CodeList]) -> Layout:
    return Layout(
        version=table["version"],
        items={kind: tuple(_item(kind, row) for row in table["items"][kind])},
        sheets={kind: table["sheets"][kind]},
        lists=lists,
    )


@cache
def load_catalogue() -> Catalogue:
    """The table that this version of the product carries."""
    path = files("bangfu") / "packs" / "register" / "teams.yaml"
    return read_catalogue(yaml.safe_load(path.read_text(encoding="utf-8")))
