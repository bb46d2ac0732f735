"""Which items a household, an income statement and a member hold: the layout, cut by table.

The household sheet of the workbook carries one year's income beside the household's own items;
in the register a year's income is a row of its own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from bangfu.rules.layout import ItemType, load_layout

if TYPE_CHECKING:
    from bangfu.rules.layout import Item

INCOME_YEAR: Final = "income_year"
INCOME_PURPOSE: Final = "income_purpose"
HOUSEHOLD_NUMBER: Final = "household_number"
PERSON_NUMBER: Final = "person_number"


@cache
def household_items() -> tuple[Item, ...]:
    """The household's own items, in sheet order, without those of an income statement."""
    return tuple(each for each in load_layout().items["household"] if each.page != "income")


@cache
def income_items() -> tuple[Item, ...]:
    """The amounts of an income statement in fen, in sheet order, without the year."""
    return tuple(
        each
        for each in load_layout().items["household"]
        if each.page == "income" and each.type is ItemType.FEN
    )


@cache
def statement_items() -> tuple[Item, ...]:
    """All items of an income statement, in sheet order: year, purpose, months and amounts."""
    return tuple(each for each in load_layout().items["household"] if each.page == "income")


@cache
def member_items() -> tuple[Item, ...]:
    """A member's items, in sheet order, without the number that names the household."""
    return tuple(each for each in load_layout().items["member"] if each.name != HOUSEHOLD_NUMBER)


@cache
def items_of(section: str) -> dict[str, Item]:
    """The items of a document's section (`household`, `members`, `incomes`) by name."""
    sections = {
        "household": household_items(),
        "members": member_items(),
        "incomes": statement_items(),
    }
    return {item.name: item for item in sections[section]}


@cache
def secret_names(section: str) -> tuple[str, ...]:
    """The names of the items of a section that are kept encrypted."""
    return tuple(name for name, item in items_of(section).items() if item.secret)


@cache
def required_names(entity: str) -> tuple[str, ...]:
    """The items that a row of a sheet (`household`, `member`) must fill."""
    return tuple(item.name for item in load_layout().items[entity] if item.required)
