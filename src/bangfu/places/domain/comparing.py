"""Our tags of a kind against the counts that were published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bangfu.places.domain.catalogue import Published, TagKind
    from bangfu.places.domain.rows import TagRow


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind, or one batch of it, on a day.

    Attributes:
        ours: places that have the tag.
        published: what the source says; None when nothing was published for the day.
        unmatched: names on the list that no place was found for; they are not in `ours`.
    """

    kind: TagKind
    batch: str
    ours: int
    published: Published | None
    unmatched: tuple[str, ...]

    @property
    def difference(self) -> int | None:
        """Ours less the published count; None where there is nothing to compare with."""
        return None if self.published is None else self.ours - self.published.count


def compare_kind(kind: TagKind, tags: Iterable[TagRow], day: date) -> list[Compared]:
    """A kind's tags that hold on a day against each count published for that day.

    The whole comes first, compared or not; after it the batches that were published.
    """
    held = [
        tag
        for tag in tags
        if tag.valid_from <= day and (tag.valid_to is None or day < tag.valid_to)
    ]
    published = kind.published_on(day)
    whole = next((each for each in published if not each.batch), None)
    lines = [(whole, "")] + [(each, each.batch) for each in published if each.batch]
    return [_line(kind, held, said, batch) for said, batch in lines]


def _line(kind: TagKind, held: list[TagRow], said: Published | None, batch: str) -> Compared:
    within = said.within if said else ""
    mine = [tag for tag in held if not batch or tag.batch == batch]
    places = {tag.division for tag in mine if tag.division and tag.division.startswith(within)}
    names = {tag.name for tag in mine if not tag.division and tag.within.startswith(within)}
    return Compared(kind, batch, len(places), said, tuple(sorted(names)))
