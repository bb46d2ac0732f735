"""Values as people read them: labels for codes, yuan and mu with two decimals, days as digits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bangfu.kernel.money import format_hundredths
from bangfu.rules.layout import HUNDREDTHS, ItemType, load_layout

if TYPE_CHECKING:
    from bangfu.rules.layout import Item, Language

_SEPARATORS: Final = {"zh": "、", "en": ", "}
_NUMBERS: Final = HUNDREDTHS | {ItemType.COUNT}


def is_number(item: Item) -> bool:
    """Whether the item's values stand right-aligned."""
    return item.type in _NUMBERS


def code_label(list_name: str, code: str, language: Language) -> str:
    """A code in words; the code itself when the list does not have it any more."""
    known = load_layout().lists[list_name].find(code)
    return known.label(language) if known else code


def shown(item: Item, value: Any, language: Language) -> str:
    """A value as text in the reader's language; empty when it is unknown (None or empty).

    Takes values of model columns and of documents alike. Secrets are not for this function.
    """
    if value is None or value in ("", (), []):
        return ""
    match item.type:
        case ItemType.CODE | ItemType.CODES | ItemType.FLAG:
            return _label(item, value, language)
        case kind if kind in HUNDREDTHS:
            return format_hundredths(value)
        case ItemType.MONTH:
            return f"{value // 100:04d}-{value % 100:02d}"
        case _:
            return value.isoformat() if isinstance(value, date) else str(value)


def _label(item: Item, value: Any, language: Language) -> str:
    if item.type is ItemType.FLAG:
        return code_label("flag", "yes" if value else "no", language)
    codes = [value] if item.type is ItemType.CODE else value
    return _SEPARATORS[language].join(code_label(item.list, each, language) for each in codes)
