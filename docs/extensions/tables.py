"""The tables of the reference: each asks the product, and answers sections of rows.

A section is a title (empty for the only one of its page), the headers, and rows of Markdown.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import TYPE_CHECKING

from django.utils.translation import override

from bangfu.config.command.arguments import build_parser
from bangfu.foundation.ui.wording import sentences
from bangfu.rules.layout import ItemType, load_layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.rules.layout import Item

Section = tuple[str, list[str], list[list[str]]]

TYPES = {
    ItemType.TEXT: "text",
    ItemType.CODE: "one code",
    ItemType.CODES: "several codes",
    ItemType.FLAG: "yes or no",
    ItemType.COUNT: "whole number",
    ItemType.MONTH: "month, YYYYMM",
    ItemType.DATE: "day",
    ItemType.FEN: "yuan with at most two decimals; kept as whole fen",
    ItemType.MU: "mu with at most two decimals; kept as whole 0.01 mu",
    ItemType.SQM: "square metres with at most two decimals; kept as whole 0.01 m²",
    ItemType.KM: "kilometres with at most two decimals; kept as whole 0.01 km",
    ItemType.DIVISION: "division code of 12 digits",
}


OTHER_ENTITIES = {
    "snapshot": "What only snapshots hold of a household",
    "report": "One row of a department's list",
}


def days_of(item: Item) -> str:
    """The days on which the form has an item; empty for always."""
    start = f"from {item.valid_from}" if item.valid_from else ""
    end = f"until {item.valid_to}" if item.valid_to else ""
    return " ".join(each for each in (start, end) if each)


def code(text: str) -> str:
    """A word of the code."""
    return f"`{text}`"


def kind_of(item: Item) -> str:
    """What a cell of the item holds, with its list and limits."""
    words = [TYPES[item.type]]
    if item.list:
        words.append(f"list {code(item.list)}")
    if item.min is not None:
        words.append(f"at least {item.min}")
    if item.max is not None:
        words.append(f"at most {item.max}")
    return ", ".join(words)


def notes_of(item: Item) -> str:
    """What else holds for the item."""
    notes = [
        (item.required, "required"),
        (item.key, "key"),
        (item.secret, "encrypted"),
        (item.sensitive, "sensitive"),
        (bool(item.sum_of), f"sum of {', '.join(map(code, item.sum_of))}"),
        (
            bool(item.blank),
            f"empty means {code(item.blank)} where {code(item.blank_when)} is filled",
        ),
    ]
    return "; ".join(words for holds, words in notes if holds)


def items() -> list[Section]:
    """The register's items, sheet by sheet in the workbook's order."""
    layout = load_layout()
    headers = ["Item", "Column in the sheet", "English", "Holds", "Days on the form", "Notes"]
    titles = {name: f"{words['zh']} ({words['en']})" for name, words in layout.sheets.items()}
    return [
        (
            titles.get(entity) or OTHER_ENTITIES[entity],
            headers,
            [
                [code(each.name), each.zh, each.en, kind_of(each), days_of(each), notes_of(each)]
                for each in listed
            ],
        )
        for entity, listed in layout.items.items()
    ]


def code_lists() -> list[Section]:
    """The code lists with the days on which a code may be used."""
    return [
        (
            each.name + (f" ({each.source})" if each.source else ""),
            ["Code", "In the sheet", "English", "National code", "From", "Until"],
            [
                [
                    code(value.code),
                    value.zh,
                    value.en,
                    value.gb,
                    str(value.valid_from or ""),
                    str(value.valid_to or ""),
                ]
                for value in each.codes
            ],
        )
        for each in load_layout().lists.values()
    ]


def option_of(action: argparse.Action) -> list[str]:
    """How an argument is written, and what it does."""
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    shown = str(value if isinstance(value, str) else " ".join(value))
    if action.choices:
        shown = "\\|".join(str(choice) for choice in action.choices)
    written = " ".join([*action.option_strings[-1:], shown]).strip()
    told = [action.help or ""]
    if action.required and action.option_strings:
        told.append("required")
    if action.default not in (None, False, [], argparse.SUPPRESS) and "default" not in told[0]:
        told.append(f"default: {action.default}")
    return [code(written.replace("\\|", " or ")), "; ".join(word for word in told if word)]


def _children(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands under a command; none for most."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _command(name: str, parser: argparse.ArgumentParser) -> list[Section]:
    """A command with its arguments, or one section for each of the commands under it."""
    children = _children(parser)
    if children:
        return [each for child in children for each in _command(f"{name} {child}", children[child])]
    rows = [option_of(each) for each in parser._actions if each.dest != "help"]
    return [(name, ["Argument", str(parser.description)], rows or [["none", ""]])]


def commands() -> list[Section]:
    """The `bangfu` command, from its own parser."""
    return _command("bangfu", build_parser())


def problems() -> list[Section]:
    """Every refusal and notice, by its code."""
    # The command is no app: it gives its refusals their words when it acts.
    import_module("bangfu.config.command.actions")
    with override("zh-hans"):
        zh = {name: (str(each.title), str(each.remedy)) for name, each in sentences().items()}
    with override("en"):
        en = {name: (str(each.title), str(each.remedy)) for name, each in sentences().items()}
    headers = ["Code", "Sentence", "Remedy"]
    rooms = sorted({name.split(".")[0] for name in zh})
    return [
        (
            room,
            headers,
            [
                [code(name), *(f"{zh[name][part]} / {en[name][part]}" for part in (0, 1))]
                for name in zh
                if name.split(".")[0] == room
            ],
        )
        for room in rooms
    ]


TABLES: dict[str, Callable[[], list[Section]]] = {
    "items": items,
    "code-lists": code_lists,
    "commands": commands,
    "problems": problems,
}
