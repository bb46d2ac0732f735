"""Workbooks as people fill them in, and people who sign in, for the tests of the pages."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

from django.test import Client

from bangfu.rules.layout import HUNDREDTHS, ItemType, load_layout
from importing.workbooks import workbook

if TYPE_CHECKING:
    from bangfu.rules.layout import Item
    from registry.making import Pair
    from support.people import Worker


def cell(item: Item, value: Any) -> Any:
    """A value as it stands in a cell of the form: labels for codes, yuan for fen."""
    layout = load_layout()
    if value is None:
        return ""
    if item.type is ItemType.FLAG:
        return "是" if value else "否"
    if item.type in HUNDREDTHS:
        return value / 100
    if item.type in (ItemType.CODE, ItemType.CODES):
        codes = [value] if item.type is ItemType.CODE else value
        found = [layout.lists[item.list].find(code) for code in codes]
        return "、".join(code.zh if code else str(value) for code in found)
    return value.isoformat() if isinstance(value, date) else value


def book_of(*pairs: Pair) -> bytes:
    """The registration workbook with these households."""
    layout = load_layout()
    rows = {
        "household": [pair[0] for pair in pairs],
        "member": [person for _, people in pairs for person in people],
    }
    sheets = {
        layout.sheets[entity]["zh"]: [
            [item.zh for item in items],
            *([cell(item, row.get(item.name)) for item in items] for row in rows[entity]),
        ]
        for entity, items in layout.sheet_items().items()
    }
    return workbook(sheets)


def signed_in(worker: Worker) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(worker.person)
    return client


def words(answer: Any) -> str:
    """The text of an answer's main part as it is read, in single spaces."""
    text = answer.content.decode()
    main = text.partition("<main")[2].partition("</main>")[0] or text
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", f"<main{main}")).split())
