"""The tables of places for the reference: kinds of tags with published counts, village items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tables import Section, code, kind_of, notes_of

from bangfu.places.api import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bangfu.places.api import TagKind


def _counts(kind: TagKind) -> Iterator[list[str]]:
    """A row a published count; one row for a kind of which nothing was published."""
    tiers = ", ".join(tier.name.lower() for tier in kind.tiers)
    first = [code(kind.code), kind.zh, kind.en, tiers]
    for each in kind.published:
        days = f"{each.period.start} to {each.period.end or 'now'}"
        checked = "unverified" if each.unverified else ""
        yield [*first, each.batch, f"{each.count:,} in {each.within}", days, each.source, checked]
    if not kind.published:
        yield [*first, "", "", "", "", ""]


def tag_kinds() -> list[Section]:
    """Every kind of area tag with what was published about it."""
    headers = ["Kind", "In the sheet", "English", "Tiers", "Batch", "Published", "Days", "Source",
               ""]  # fmt: skip
    kinds = load_catalogue().kinds.values()
    return [("", headers, [row for kind in kinds for row in _counts(kind)])]


def place_items() -> list[Section]:
    """The columns of the two sheets."""
    catalogue = load_catalogue()
    headers = ["Item", "Column in the sheet", "English", "Holds", "Notes"]
    return [
        (
            f"{layout.sheets[name]['zh']} ({layout.sheets[name]['en']})",
            headers,
            [[code(x.name), x.zh, x.en, kind_of(x), notes_of(x)] for x in items],
        )
        for layout in (catalogue.tags, catalogue.records)
        for name, items in layout.items.items()
    ]


PLACE_TABLES: dict[str, Callable[[], list[Section]]] = {
    "tag-kinds": tag_kinds,
    "place-items": place_items,
}
