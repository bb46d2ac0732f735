"""Feeds: which columns an office's list has and what a row of it reports, read from YAML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.kernel.problems import Problem, Refused
from bangfu.rules.layout import Item, ItemType, Layout
from bangfu.rules.reading import Unreadable, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bangfu.rules.layout import CodeList, Language
    from bangfu.rules.reading import Entry
    from bangfu.rules.text import Text

ROW: Final = "row"
"""The entity of a feed's only sheet."""
IDENTITY: Final = "id_number"
HOUSEHOLD: Final = "household_number"
NAME: Final = "name"
DATE: Final = "date"
AMOUNT: Final = "amount"
PERCENT: Final = "percent"
PRODUCT: Final = "product"
PLACE: Final = "division"
NOTE: Final = "note"

LARGEST: Final = 64 * 1024
"""Characters of a mapping file."""
_MOST_DAYS: Final = 3660
_HEAD: Final = frozenset({"feed", "trigger", "office", "name", "sheet", "every_days", "source"})
_COLUMN: Final = frozenset({"item", "zh", "en"})
_COLUMN_MORE: Final = frozenset({"also", "required"})

_SHAPES: Final[Mapping[str, Mapping[str, Any]]] = {
    IDENTITY: {"type": ItemType.TEXT, "secret": True},
    HOUSEHOLD: {"type": ItemType.TEXT, "key": True},
    NAME: {"type": ItemType.TEXT},
    DATE: {"type": ItemType.DATE},
    AMOUNT: {"type": ItemType.FEN, "min": 0},
    PERCENT: {"type": ItemType.COUNT, "min": 0, "max": 100},
    PRODUCT: {"type": ItemType.CODE, "list": PRODUCT},
    PLACE: {"type": ItemType.TEXT, "key": True},
    NOTE: {"type": ItemType.TEXT, "sensitive": True},
}
"""What a column of a list may hold, and how its cells are read."""


@dataclass(frozen=True, slots=True)
class FeedColumn:
    """A column: the item it holds, its header in both languages, other headers it goes by."""

    item: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    required: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """Everything the column may be called."""
        return (self.zh, self.en, *self.also)


@dataclass(frozen=True, slots=True)
class Feed:
    """One kind of list.

    Attributes:
        name: its identity, `medical_costs`.
        trigger: what a row reports, a code of the list `report_trigger`.
        office, label, sheet: who sends it, what it is called, the title of its sheet.
        every_days: after how many days without a list it is overdue.
        source: where the list and its columns come from.
        text: the mapping file itself; a list keeps it, so that it is read the same way for ever.
        proposes: why whoever is on the list left the household, a code of `member_decrease`; empty
            when the list asks for no change of the register.
    """

    name: str
    trigger: str
    office: Text
    label: Text
    sheet: Text
    every_days: int
    source: str
    columns: tuple[FeedColumn, ...]
    text: str
    proposes: str = ""

    def has(self, item: str) -> bool:
        """Whether the list has a column for the item."""
        return any(column.item == item for column in self.columns)

    @property
    def about_places(self) -> bool:
        """Whether a row names a place and a product, and nobody."""
        return not (self.has(IDENTITY) or self.has(HOUSEHOLD))

    def layout(
        self, lists: Mapping[str, CodeList], columns: Iterable[FeedColumn] | None = None
    ) -> Layout:
        """The list as the import kit reads and writes it.

        Args:
            lists: the register's code lists.
            columns: those of the feed's columns that a file has; None for all.
        """
        used = {PRODUCT: lists[PRODUCT]} if self.has(PRODUCT) else {}
        titles = {"zh": self.sheet.zh, "en": self.sheet.en}
        items = tuple(_item(column) for column in columns or self.columns)
        return Layout(self.name, {ROW: items}, {ROW: titles}, used)

    def header(self, item: str, language: Language) -> str:
        """The header of an item's column; empty without one."""
        found = (column for column in self.columns if column.item == item)
        return next((each.zh if language == "zh" else each.en for each in found), "")


def _item(column: FeedColumn) -> Item:
    return Item(
        entity=ROW, name=column.item, zh=column.zh, en=column.en, par="feed", page="none",
        generate="feed", required=column.required, **_SHAPES[column.item],
    )  # fmt: skip


def read_feed(text: str, file: str, triggers: frozenset[str], reasons: frozenset[str]) -> Feed:
    """A feed from its mapping file.

    Args:
        text: the YAML.
        file: what it is called, for refusals.
        triggers: the codes of the list `report_trigger`.
        reasons: the codes of the list `member_decrease`.

    Raises:
        Refused: with line and reason.
    """
    if len(text) > LARGEST:
        raise Refused(Problem("exchange.mapping_too_long", values={"limit": str(LARGEST // 1024)}))
    try:
        return _feed(read_entry(text, file), text, triggers, reasons)
    except Unreadable as unreadable:
        raise Refused(unreadable.problem) from None


def _feed(entry: Entry, text: str, triggers: frozenset[str], reasons: frozenset[str]) -> Feed:
    found = entry.fields(_HEAD | {"columns"}, frozenset({"proposes"}))
    trigger = found["trigger"].text()
    if trigger not in triggers:
        raise found["trigger"].refusal("exchange.mapping_trigger", value=trigger)
    proposes = found["proposes"].text() if "proposes" in found else ""
    if proposes and proposes not in reasons:
        raise found["proposes"].refusal("exchange.mapping_proposes", value=proposes)
    feed = Feed(
        name=found["feed"].name(),
        trigger=trigger,
        office=found["office"].words(),
        label=found["name"].words(),
        sheet=found["sheet"].words(),
        every_days=_days(found["every_days"]),
        source=found["source"].text(),
        columns=tuple(_column(each) for each in found["columns"].items()),
        text=text,
        proposes=proposes,
    )
    _check_columns(feed, found["columns"])
    _check_headers(found["columns"])
    return feed


def _days(entry: Entry) -> int:
    text = entry.text()
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= _MOST_DAYS):
        raise entry.refusal("exchange.mapping_days", value=text, most=str(_MOST_DAYS))
    return int(text)


def _column(entry: Entry) -> FeedColumn:
    found = entry.fields(_COLUMN, _COLUMN_MORE)
    item = found["item"].text()
    if item not in _SHAPES:
        raise found["item"].refusal("exchange.mapping_item", value=item, known="、".join(_SHAPES))
    return FeedColumn(
        item,
        found["zh"].text().strip(),
        found["en"].text().strip(),
        found["also"].texts() if "also" in found else (),
        required=found["required"].truth() if "required" in found else False,
    )


def _check_columns(feed: Feed, entry: Entry) -> None:
    """A list says of whom or of what, and when; each item has one column."""
    items = [column.item for column in feed.columns]
    for item in items:
        if items.count(item) > 1:
            raise entry.refusal("exchange.mapping_item_twice", value=item)
    needed = {column.item for column in feed.columns if column.required}
    if DATE not in needed:
        raise entry.refusal("exchange.mapping_needs_date")
    if feed.about_places and not {PLACE, PRODUCT} <= needed:
        raise entry.refusal("exchange.mapping_needs_subject")
    if not feed.about_places and feed.has(PRODUCT):
        raise entry.refusal("exchange.mapping_two_subjects")


def _check_headers(entry: Entry) -> None:
    """A header leads to one column."""
    seen: set[str] = set()
    for each in entry.items():
        found = dict(each.entries())
        column = _column(each)
        for header in {column.zh, column.en.lower(), *column.also}:
            if not header.strip():
                raise each.refusal("exchange.mapping_header_empty")
            if header in seen:
                place = found.get("also", each)
                raise place.refusal("exchange.mapping_header_twice", value=header)
            seen.add(header)
