"""Facts as cells of the registration forms: headers, labels and blanks from the register's layout.

The one module of this room that reads the layout, and the mapping files of departments' lists.
The forms leave "does not apply" empty where another item says so (no school status beside an
education); the layout's `blank` says where.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

import yaml

from bangfu.rules.layout import HUNDREDTHS, ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bangfu.rules.layout import Item
    from bangfu.synthetic.people import Fact

Cell = str | int | float | date | None
Row = dict[str, Cell]
"""Cells by item name."""
ENTITIES: Final = ("household", "member")
_HUNDRED: Final = 100


class Column(NamedTuple):
    """How an item's facts become cells."""

    name: str
    write: Callable[[Fact], Cell]
    blank: str
    blank_when: str


def _hundredths(fact: Fact) -> Cell:
    value = _number(fact)
    return value / _HUNDRED if value % _HUNDRED else value // _HUNDRED


def _plain(fact: Fact) -> Cell:
    return fact if isinstance(fact, str | date) else str(fact)


def _number(fact: Fact) -> int:
    return fact if isinstance(fact, int) else int(str(fact))


def _labels(item: Item) -> Callable[[Fact], Cell]:
    labels = {code.code: code.zh for code in load_layout().lists[item.list or "flag"].codes}
    yes, no = labels.get("yes"), labels.get("no")
    if item.type is ItemType.FLAG:
        return lambda fact: yes if fact else no
    if item.type is ItemType.CODES:
        return lambda fact: "、".join(labels[code] for code in _several(fact))
    return lambda fact: labels[str(fact)]


def _several(fact: Fact) -> tuple[str, ...]:
    return fact if isinstance(fact, tuple) else (str(fact),)


def _writer(item: Item) -> Callable[[Fact], Cell]:
    if item.type in (ItemType.CODE, ItemType.CODES, ItemType.FLAG):
        return _labels(item)
    if item.type in HUNDREDTHS:
        return _hundredths
    return _number if item.type is ItemType.COUNT else _plain


@cache
def items(entity: str, day: date) -> tuple[Item, ...]:
    """The entity's items in the form of a day, in the order of its sheet."""
    return load_layout().form_of(day).items[entity]


@cache
def columns(entity: str, day: date) -> tuple[Column, ...]:
    """How the entity's row of a day's form is written."""
    return tuple(
        Column(item.name, _writer(item), item.blank, item.blank_when) for item in items(entity, day)
    )


@cache
def titles() -> dict[str, str]:
    """The Chinese name of each entity's sheet."""
    return {entity: load_layout().sheets[entity]["zh"] for entity in ENTITIES}


def headers(entity: str, day: date) -> list[str]:
    """The Chinese headers of the entity's sheet in the form of a day."""
    return [item.zh for item in items(entity, day)]


_PERSONAL: Final = frozenset({ItemType.TEXT, ItemType.DATE})


@cache
def snapshot_items(entity: str, day: date) -> dict[str, str]:
    """Name and type of the items that a day's snapshot holds: no texts, no days, no secrets."""
    return {
        item.name: item.type.value
        for item in items(entity, day)
        if item.type not in _PERSONAL and not item.secret
    }


def row_of(entity: str, facts: Mapping[str, Fact], day: date) -> Row:
    """The row of a day's form that tells these facts."""
    row: Row = {}
    for name, write, blank, blank_when in columns(entity, day):
        fact = facts[name]
        if fact is None or (blank and fact == blank and facts[blank_when] is not None):
            row[name] = None
        else:
            row[name] = write(fact)
    return row


class ListForm(NamedTuple):
    """A department's list: what it reports, the title of its sheet, and its columns.

    Attributes:
        columns: the item of each column with its header.
    """

    feed: str
    trigger: str
    title: str
    columns: tuple[tuple[str, str], ...]

    def headers(self) -> list[str]:
        """The Chinese headers."""
        return [header for _, header in self.columns]


@cache
def list_forms() -> tuple[ListForm, ...]:
    """The lists that departments send, by their mapping files."""
    folder = files("bangfu") / "packs" / "register" / "feeds"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    forms = []
    for name in sorted(texts):
        feed = yaml.safe_load(texts[name])
        columns = tuple((each["item"], each["zh"]) for each in feed["columns"])
        forms.append(ListForm(feed["feed"], feed["trigger"], feed["sheet"]["zh"], columns))
    return tuple(forms)


def product_label(code: str) -> str:
    """The Chinese name of a product."""
    found = load_layout().lists["product"].find(code)
    return found.zh if found else code
