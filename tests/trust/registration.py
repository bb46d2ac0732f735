"""Registration workbooks as people fill them in, from the rows of the register's tests."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import xlsxwriter

from bangfu.rules.layout import HUNDREDTHS, Item, ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from registry.making import Pair


def _cell(item: Item, value: Any) -> str | int | float:
    """A value as it stands in a cell."""
    if item.type in (ItemType.CODE, ItemType.CODES, ItemType.FLAG):
        labels = {each.code: each.zh for each in load_layout().lists[item.list or "flag"].codes}
        codes = value if isinstance(value, tuple) else (value,)
        return "、".join(labels[{True: "yes", False: "no"}.get(each, each)] for each in codes)
    if item.type in HUNDREDTHS:
        return float(value) / 100
    if item.type is ItemType.COUNT:
        return int(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def workbook_of(pairs: Sequence[Pair]) -> bytes:
    """Both sheets, with these households and their members."""
    layout, out = load_layout(), io.BytesIO()
    rows = {
        "household": [pair[0] for pair in pairs],
        "member": [person for pair in pairs for person in pair[1]],
    }
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for entity, items in layout.sheet_items().items():
            sheet = book.add_worksheet(layout.sheets[entity]["zh"])
            sheet.write_row(0, 0, [item.zh for item in items])
            for number, row in enumerate(rows[entity], start=1):
                for position, item in enumerate(items):
                    if item.name in row:
                        sheet.write(number, position, _cell(item, row[item.name]))
    return out.getvalue()
