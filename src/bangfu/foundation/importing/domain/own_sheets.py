"""The sheets our own workbooks carry beside the data.

Their titles are not looked up in a catalogue: a workbook is known again by them, also when it was
made in the other language or by an earlier version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bangfu.rules.layout import Language

NOTES: Final[dict[Language, str]] = {"zh": "填写说明", "en": "How to fill in"}
CODES: Final[dict[Language, str]] = {"zh": "代码表", "en": "Code lists"}
PROBLEMS: Final[dict[Language, str]] = {"zh": "问题清单", "en": "Problems"}
OWN_TITLES: Final = frozenset(title for each in (NOTES, CODES, PROBLEMS) for title in each.values())

EXPLANATION: Final[dict[Language, str]] = {"zh": "导入问题说明", "en": "Import problems"}
"""The header of the column that a returned workbook carries at the end."""
