"""Reading area tags. They name places, never people: everybody of the house may, unaudited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode
from bangfu.places.domain.catalogue import TagKind, load_catalogue
from bangfu.places.domain.comparing import Compared, compare_kind
from bangfu.places.domain.rows import TagRow
from bangfu.places.models import AreaTag

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bangfu.places.domain.rows import Key

SORTS: Final = {
    "kind": ("kind", "division", "name", "valid_from"),
    "division": ("division", "name", "kind", "valid_from"),
    "valid_from": ("valid_from", "kind", "division", "name"),
}
"""Orders of the list by name; a leading `-` turns the first round."""


@dataclass(frozen=True, slots=True)
class HeldTag:
    """A tag that a place has on a day.

    Attributes:
        division: the place that the list names.
        inherited: whether that is a division above the one asked for.
    """

    kind: TagKind
    division: str
    inherited: bool
    batch: str
    valid_from: date
    valid_to: date | None
    source: str
    demo: bool


@dataclass(frozen=True, slots=True)
class TagFilters:
    """What the list of tags is narrowed to; an empty filter narrows nothing.

    Attributes:
        division: a place, with everything in it.
        unmatched: only names that no place was found for.
        on: only what holds on that day.
    """

    kind: str = ""
    division: str = ""
    unmatched: bool = False
    on: date | None = None

    def q(self) -> Q:
        """The same as a condition on tags."""
        wanted = Q(current=True)
        if self.kind:
            wanted &= Q(kind=self.kind)
        if self.division:
            place = DivisionCode(self.division)
            inside = Q(division__gte=place, division__lt=place.ceiling)
            named = Q(division="", within__gte=place, within__lt=place.ceiling)
            wanted &= inside | named
        if self.unmatched:
            wanted &= Q(division="")
        return wanted & _holding(self.on) if self.on else wanted


def _holding(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def tags_of(division: str, on: date | None = None) -> list[HeldTag]:
    """The tags that a place has on a day (None: today), its own and those of the divisions above.

    A village in a key county is in a key county. The place's own tags come first, then from near
    to far, in the order of the kinds.
    """
    place = DivisionCode(division)
    above = [each for each in (*place.ancestors(), place) if each]
    kinds = load_catalogue().kinds
    order = {code: number for number, code in enumerate(kinds)}
    found = AreaTag.objects.filter(
        _holding(on or today()), current=True, division__in=above, kind__in=kinds
    )
    rows = sorted(found, key=lambda row: (-len(row.division), order[row.kind], row.valid_from))
    return [_held(row, kinds[row.kind], place) for row in rows]


def _held(row: AreaTag, kind: TagKind, place: str) -> HeldTag:
    return HeldTag(
        kind=kind,
        division=row.division,
        inherited=row.division != place,
        batch=row.batch,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        demo=row.demo,
    )


def divisions_with(kind: str, on: date | None = None) -> frozenset[str]:
    """The codes of the places that themselves have a tag of this kind on a day (None: today)."""
    found = AreaTag.objects.filter(_holding(on or today()), current=True, kind=kind)
    return frozenset(found.exclude(division="").values_list("division", flat=True))


def list_tags(filters: TagFilters, *, sort: str, bounds: slice) -> list[AreaTag]:
    """The tags of a list, those of `bounds`."""
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["kind"])
    order = [f"-{first}" if sort.startswith("-") else first, *rest, "id"]
    return list(AreaTag.objects.filter(filters.q()).order_by(*order)[bounds])


def count_tags(filters: TagFilters) -> int:
    """How many tags a list has."""
    return AreaTag.objects.filter(filters.q()).count()


def compare_tags(on: date) -> list[Compared]:
    """Every kind's tags on a day against what was published for it, in the order of the kinds."""
    rows = AreaTag.objects.filter(_holding(on), current=True)
    by_kind: dict[str, list[TagRow]] = {}
    for row in rows.iterator():
        by_kind.setdefault(row.kind, []).append(tag_row(row))
    kinds = load_catalogue().kinds.values()
    return [line for kind in kinds for line in compare_kind(kind, by_kind.get(kind.code, ()), on)]


def tag_row(row: AreaTag) -> TagRow:
    """A stored tag as a line of a list."""
    return TagRow(
        kind=row.kind,
        division=row.division,
        name=row.name,
        within=row.within,
        valid_from=row.valid_from,
        source=row.source,
        batch=row.batch,
        valid_to=row.valid_to,
    )


def known_tags(rows: Sequence[TagRow]) -> dict[Key, AreaTag]:
    """The current tags that lines of a list may change, by their keys. For services only."""
    lists = {row.within for row in rows}
    names = {row.name for row in rows if not row.division}
    current = AreaTag.objects.filter(current=True)
    found = [
        *fetch_by(current, "division", {row.division for row in rows if row.division}),
        *current.filter(division="", within__in=lists),
        *fetch_by(current.filter(within__in=lists), "name", names),
    ]
    return {tag_row(row).key: row for row in found}
