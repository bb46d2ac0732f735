"""What a workbook is expected to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bangfu.rules.layout import Item, Layout


@dataclass(frozen=True, slots=True)
class SheetExpected:
    """One sheet: the entity its rows are, its titles and its items in the order of a template."""

    entity: str
    title: str
    title_en: str
    items: tuple[Item, ...]

    def is_titled(self, name: str) -> bool:
        """Whether `name` is this sheet's title in one of the languages."""
        return name.strip().lower() in {self.title, self.title_en.lower()}


def expected_sheets(layout: Layout) -> tuple[SheetExpected, ...]:
    """The sheets of a layout, in its order."""
    return tuple(
        SheetExpected(entity, titles["zh"], titles["en"], layout.items[entity])
        for entity, titles in layout.sheets.items()
    )
