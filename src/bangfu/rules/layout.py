"""The register's layout: its items, sheets and code lists, read from `packs/register`.

One table drives model, workbook, pages, snapshot and generator: what an item is called, of what
type and unit, which code list it takes, where it stands and which paragraph it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

Language = Literal["zh", "en"]


class ItemType(StrEnum):
    """What a cell of an item holds."""

    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    FLAG = "flag"
    COUNT = "count"
    MONTH = "month"
    DATE = "date"
    FEN = "fen"
    MU = "mu"
    SQM = "sqm"
    KM = "km"
    DIVISION = "division"


AREAS_AND_LENGTHS: Final = frozenset({ItemType.MU, ItemType.SQM, ItemType.KM})
"""Measures kept as whole hundredths of their unit: mu, square metre, kilometre."""

HUNDREDTHS: Final = AREAS_AND_LENGTHS | {ItemType.FEN}
"""What a cell shows with two decimals and the register keeps as a whole number."""

SHEETS: Final = ("household", "member")
"""The entities that people fill in: sheets of the workbook, tables of the register."""

ENTITIES: Final = (*SHEETS, "snapshot", "report")
"""All entities. `snapshot` are items of a household that only snapshots hold; a `report` is one
row of a department's list, matched to a household."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the register. `name` is the code's word for it; the rest is what people see."""

    entity: str
    name: str
    type: ItemType
    zh: str
    en: str
    par: str
    page: str
    generate: str
    list: str = ""
    required: bool = False
    key: bool = False
    secret: bool = False
    sensitive: bool = False
    sum_of: tuple[str, ...] = ()
    blank: str = ""
    blank_when: str = ""
    min: int | None = None
    max: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the form of `day` has the item (from inclusive, to exclusive)."""
        return _holds(self.valid_from, self.valid_to, day)

    def label(self, language: Language) -> str:
        """The item's name in the reader's language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a code list, with the days on which it may be used."""

    code: str
    zh: str
    en: str
    gb: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used on `day` (from inclusive, to exclusive)."""
        return _holds(self.valid_from, self.valid_to, day)

    def label(self, language: Language) -> str:
        """The code's label in the reader's language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class CodeList:
    """A versioned list of codes. `exclusive` is the code that stands alone in a choice."""

    name: str
    codes: tuple[Code, ...]
    source: str = ""
    exclusive: str = ""

    def find(self, code: str) -> Code | None:
        """The code, or None."""
        return next((each for each in self.codes if each.code == code), None)

    def find_label(self, label: str) -> Code | None:
        """The code with this Chinese label, as it stands in sheets, or None."""
        return next((each for each in self.codes if each.zh == label), None)


@dataclass(frozen=True, slots=True)
class Layout:
    """All items by entity (see `ENTITIES`) in sheet order, sheets and code lists."""

    version: str
    items: Mapping[str, tuple[Item, ...]]
    sheets: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, CodeList] = field(default_factory=dict)

    def item(self, entity: str, name: str) -> Item:
        """The item called `name`.

        Raises:
            KeyError: when the entity has no such item.
        """
        for item in self.items[entity]:
            if item.name == name:
                return item
        raise KeyError(f"{entity}.{name}")

    def sheet_items(self) -> dict[str, tuple[Item, ...]]:
        """The items of each sheet, in the order of its columns."""
        return {entity: self.items[entity] for entity in self.sheets}

    def form_of(self, day: date) -> Layout:
        """The layout with the items that the form of a day has. Lists keep all their codes."""
        items = {
            entity: tuple(item for item in items if item.holds_on(day))
            for entity, items in self.items.items()
        }
        return replace(self, items=items)

    def on(self, day: date) -> Layout:
        """The form of a day, and of its lists the codes that may be used then."""
        lists = {
            name: replace(each, codes=tuple(code for code in each.codes if code.holds_on(day)))
            for name, each in self.lists.items()
        }
        return replace(self.form_of(day), lists=lists)

    def __iter__(self) -> Iterator[Item]:
        """The items that people fill in, sheet by sheet."""
        for items in self.sheet_items().values():
            yield from items


def _holds(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def _item(entity: str, row: dict[str, Any]) -> Item:
    row = {**row, "type": ItemType(row["type"]), "sum_of": tuple(row.get("sum_of", ()))}
    days = {"valid_from": row.pop("from", None), "valid_to": row.pop("to", None)}
    return Item(entity=entity, **row, **days)


def _code_list(name: str, row: dict[str, Any]) -> CodeList:
    codes = tuple(
        Code(
            code=each["code"],
            zh=each["zh"],
            en=each["en"],
            gb=each.get("gb", ""),
            valid_from=each.get("from"),
            valid_to=each.get("to"),
        )
        for each in row["codes"]
    )
    return CodeList(name, codes, row.get("source", ""), row.get("exclusive", ""))


def read_layout(folder: Traversable) -> Layout:
    """Read `items.yaml` and `codes.yaml` of a folder."""
    items = yaml.load((folder / "items.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    codes = yaml.load((folder / "codes.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    codes.pop("version")
    return Layout(
        version=items["version"],
        sheets=items["sheets"],
        items={
            entity: tuple(_item(entity, row) for row in items.get(entity, ()))
            for entity in ENTITIES
        },
        lists={name: _code_list(name, row) for name, row in codes.items()},
    )


@cache
def load_layout() -> Layout:
    """The layout that this version of the product carries."""
    return read_layout(files("bangfu") / "packs" / "register")
