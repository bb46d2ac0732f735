"""Sheets, tags and records for the tests of places. All of them are made up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.access.api import Actor, Grant
from bangfu.foundation.clock.api import new_id
from bangfu.kernel.division import DivisionCode
from bangfu.places.api import RecordRow, TagRow
from bangfu.places.domain.catalogue import RECORD, TAG
from bangfu.places.imports import layout_of
from bangfu.rules.layout import HUNDREDTHS, ItemType
from importing.workbooks import workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.rules.layout import Item

SOURCE: Final = "演示名单（虚构）"
DAY: Final = date(2026, 11, 1)
CAPABILITIES: Final = frozenset({"places.read", "places.manage", "registry.read"})


def keeper(division: str = "511921", *capabilities: str) -> Actor:
    """Somebody who keeps the places of a division, or may only do what is named."""
    may = frozenset(capabilities) or CAPABILITIES
    grant = Grant("county_officer", DivisionCode(division), may)
    return Actor(new_id(), new_id(), "周敏", "县级经办", "", (grant,))


def tag(division: str = "511921", **changes: Any) -> TagRow:
    """A county's tag, one change away from anything."""
    given: dict[str, Any] = {
        "kind": "national_key_county",
        "division": division,
        "name": "通江县",
        "within": division[:6],
        "valid_from": date(2021, 8, 1),
        "source": SOURCE,
        **changes,
    }
    return TagRow(**given)


def record(village: str, year: int = 2025, *, day: date = DAY, **values: Any) -> RecordRow:
    """A village's record with a few items."""
    return RecordRow(village, year, SOURCE, day, values)


def _cell(kind: str, item: Item, value: Any) -> Any:
    """A value as it stands in a cell: labels for codes, yuan for fen."""
    if value is None:
        return ""
    if item.type is ItemType.FLAG:
        return "是" if value else "否"
    if item.type is ItemType.CODE:
        known = layout_of(kind).lists[item.list].find(value)
        return known.zh if known else value
    if item.type in HUNDREDTHS:
        return value / 100
    return value.isoformat() if isinstance(value, date) else value


def sheet_of(kind: str, rows: Sequence[dict[str, Any]]) -> bytes:
    """A workbook of one sheet with these rows; an item that a row leaves out is empty."""
    layout = layout_of(kind)
    items = layout.items[kind]
    lines = [[_cell(kind, item, row.get(item.name)) for item in items] for row in rows]
    return workbook({layout.sheets[kind]["zh"]: [[item.zh for item in items], *lines]})


def tag_sheet(*rows: dict[str, Any]) -> bytes:
    """A list of tags; a row says only what differs from a national key county."""
    usual = {
        "kind": "national_key_county", "name": "通江县", "valid_from": date(2021, 8, 1),
        "source": SOURCE,
    }  # fmt: skip
    return sheet_of(TAG, [{**usual, **row} for row in rows])


def record_sheet(*rows: dict[str, Any]) -> bytes:
    """A sheet of villages' records."""
    usual = {"record_year": 2025, "source": SOURCE, "day": DAY}
    return sheet_of(RECORD, [{**usual, **row} for row in rows])
