"""Kinds of area tags and items of a village's record, read from `packs/register/places.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from bangfu.kernel.division import Level
from bangfu.kernel.period import Period
from bangfu.rules.layout import Code, CodeList, Item, ItemType, Layout, load_layout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.rules.layout import Language

TAG: Final = "area_tag"
RECORD: Final = "village_record"
KINDS: Final = "tag_kind"
_FLAGS: Final = "flag"
_TIERS: Final[Mapping[str, Level]] = {each.name.lower(): each for each in Level}


@dataclass(frozen=True, slots=True)
class Published:
    """How many places had a tag according to a source.

    Attributes:
        within: the division that was counted in.
        batch: only those of one batch; empty counts all.
        period: the days for which the source says so.
        unverified: whether the number or its days stand in no verified source.
    """

    count: int
    within: str
    period: Period
    source: str
    batch: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class TagKind:
    """A kind of area tag.

    Attributes:
        tiers: the tiers of divisions on which it may stand.
        batches: the batches that a tag may name; none means any text.
    """

    code: str
    zh: str
    en: str
    tiers: tuple[Level, ...]
    batches: tuple[str, ...] = ()
    published: tuple[Published, ...] = ()

    def label(self, language: Language) -> str:
        """The kind's name in the reader's language."""
        return self.zh if language == "zh" else self.en

    def published_on(self, day: date) -> tuple[Published, ...]:
        """What was published for a day, the whole before the batches."""
        found = (each for each in self.published if each.period.contains(day))
        return tuple(sorted(found, key=lambda each: each.batch))


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the village page that items stand in."""

    code: str
    zh: str
    en: str
    items: tuple[Item, ...]

    def label(self, language: Language) -> str:
        """The block's name in the reader's language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything `places.yaml` says."""

    version: str
    kinds: Mapping[str, TagKind]
    tags: Layout
    records: Layout
    blocks: tuple[Block, ...]


def _item(entity: str, row: dict[str, Any]) -> Item:
    row = {"page": entity, "par": "", "generate": "", **row, "type": ItemType(row["type"])}
    return Item(entity=entity, **row)


def _published(row: dict[str, Any]) -> Published:
    period = Period(row.pop("from"), row.pop("to", None))
    return Published(period=period, **row)


def _kind(row: dict[str, Any]) -> TagKind:
    return TagKind(
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        tiers=tuple(_TIERS[each] for each in row["tiers"]),
        batches=tuple(row.get("batches", ())),
        published=tuple(_published(each) for each in row.get("published", ())),
    )


def _layout(document: dict[str, Any], entity: str, lists: dict[str, CodeList]) -> Layout:
    items = tuple(_item(entity, row) for row in document[entity])
    sheets = {entity: document["sheets"][entity]}
    return Layout(document["version"], {entity: items}, sheets, lists)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that this version of the product carries."""
    path = files("bangfu") / "packs" / "register" / "places.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    kinds = {each.code: each for each in map(_kind, document["kinds"])}
    codes = tuple(Code(each.code, each.zh, each.en) for each in kinds.values())
    records = _layout(document, RECORD, {_FLAGS: load_layout().lists[_FLAGS]})
    blocks = tuple(
        Block(**row, items=tuple(i for i in records.items[RECORD] if i.page == row["code"]))
        for row in document["blocks"]
    )
    tags = _layout(document, TAG, {KINDS: CodeList(KINDS, codes)})
    return Catalogue(document["version"], kinds, tags, records, blocks)


def record_items() -> tuple[Item, ...]:
    """What a village's record says of the village: without its key and its origin."""
    return tuple(item for block in load_catalogue().blocks for item in block.items)
