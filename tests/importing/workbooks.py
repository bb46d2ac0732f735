"""Making workbooks for the tests: honest ones, and honest ones with a part replaced."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter

from bangfu.rules.layout import Code, CodeList, Item, ItemType, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FLAG = CodeList("flag", (Code("yes", "是", "Yes"), Code("no", "否", "No")))
SEX = CodeList("sex", (Code("male", "男", "Male"), Code("female", "女", "Female")))


def item(name: str, kind: ItemType, zh: str, entity: str = "house", **more: Any) -> Item:
    return Item(
        entity=entity, name=name, type=kind, zh=zh, en=name, par="", page="", generate="", **more
    )


def small_layout() -> Layout:
    """Two sheets: houses with a number, an owner and money; people with a house and an ID."""
    houses = (
        item("number", ItemType.TEXT, "户编号", required=True, key=True),
        item("owner", ItemType.TEXT, "户主姓名"),
        item("income", ItemType.FEN, "收入（元）", min=0),
    )
    people = (
        item("number", ItemType.TEXT, "户编号", "person", required=True),
        item("id_number", ItemType.TEXT, "证件号码", "person", secret=True),
        item("sex", ItemType.CODE, "性别", "person", list="sex"),
    )
    return Layout(
        version="test",
        items={"house": houses, "person": people},
        sheets={
            "house": {"zh": "农户", "en": "Houses"},
            "person": {"zh": "成员", "en": "People"},
        },
        lists={"flag": FLAG, "sex": SEX},
    )


HOUSES = [["户编号", "户主姓名", "收入（元）"], ["H1", "张三", 1200.5], ["H2", "李四", 0]]
PEOPLE = [["户编号", "证件号码", "性别"], ["H1", "519900199001010010", "男"]]


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None,
    *,
    finish: Callable[[Any, dict[str, Any]], None] | None = None,
    **options: Any,
) -> bytes:
    """An xlsx file; `finish(book, sheets by name)` may add what rows of values cannot say."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    made = {}
    for name, rows in (sheets or {"农户": HOUSES, "成员": PEOPLE}).items():
        made[name] = book.add_worksheet(name)
        for number, row in enumerate(rows):
            made[name].write_row(number, 0, row)
    if finish:
        finish(book, made)
    book.close()
    return out.getvalue()


def repacked(
    data: bytes,
    changes: Mapping[str, bytes | Callable[[bytes], bytes] | None],
    packing: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """The container with parts replaced (bytes), edited (function), added, or left out (None)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", packing) as new:
        for name in old.namelist():
            change = changes.get(name, old.read(name))
            if change is not None:
                new.writestr(name, change(old.read(name)) if callable(change) else change)
        for name, change in changes.items():
            if name not in old.namelist() and isinstance(change, bytes):
                new.writestr(name, change)
    return out.getvalue()


SHEET_1 = "xl/worksheets/sheet1.xml"


def with_markup(old: bytes, new: bytes) -> bytes:
    """The honest workbook whose first sheet has `old` replaced by `new`."""
    return repacked(workbook(), {SHEET_1: lambda markup: markup.replace(old, new)})
