"""Histories of many households at once, as imports and snapshots need them; shown to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.bulk.api import fetch_by
from bangfu.registry.domain.document import Document, from_text
from bangfu.registry.domain.versions import VersionMark, version_in_force
from bangfu.registry.models import Household, HouseholdVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class History:
    """What the register knows of one household when a file brings it.

    Attributes:
        last_number: the number of the last version recorded; 0 for none.
        base: the version in force on the file's data date, and its document and hash.
        latest: the version in force on the last day known; the current tables show it.
    """

    household_id: UUID
    last_number: int = 0
    base: VersionMark | None = None
    latest: VersionMark | None = None
    document: Document | None = None
    content_hash: bytes = b""

    def becomes_current(self, day: date) -> bool:
        """Whether facts of `day` are newer than, or as new as, what the current tables show."""
        return self.latest is None or day >= self.latest.valid_from


def marks_of(household_ids: Collection[UUID]) -> dict[UUID, list[VersionMark]]:
    """The version marks of households."""
    rows = HouseholdVersion.objects.defer("document", "content_hash", "reason", "actor_name")
    marks: dict[UUID, list[VersionMark]] = {each: [] for each in household_ids}
    for version in fetch_by(rows, "household_id", household_ids):
        marks[version.household_id].append(version.mark)
    return marks


def contents_of(version_ids: Collection[UUID]) -> dict[UUID, tuple[Document, bytes]]:
    """Documents and their hashes by version."""
    rows = HouseholdVersion.objects.values_list("id", "document", "content_hash")
    return {
        version_id: (from_text(text), bytes(content_hash or b""))
        for version_id, text, content_hash in fetch_by(rows, "id", version_ids)
    }


def find_histories(numbers: Collection[str], day: date) -> dict[str, History]:
    """The histories of the households with these numbers, seen from `day`, as far as known."""
    rows = Household.objects.values_list("household_number", "id")
    found = dict(fetch_by(rows, "household_number", numbers))
    marks = marks_of(found.values())
    bases = {each: version_in_force(marks[each], day) for each in found.values()}
    contents = contents_of(_content_ids(bases.values()))
    return {
        number: _history(household_id, marks[household_id], bases[household_id], contents)
        for number, household_id in found.items()
    }


def _content_ids(marks: Iterable[VersionMark | None]) -> set[UUID]:
    return {mark.content for mark in marks if mark is not None and mark.content is not None}


def _history(
    household_id: UUID,
    marks: list[VersionMark],
    base: VersionMark | None,
    contents: Mapping[UUID, tuple[Document, bytes]],
) -> History:
    content = base.content if base is not None else None
    document, content_hash = contents[content] if content is not None else (None, b"")
    last = max((mark.number for mark in marks), default=0)
    return History(household_id, last, base, version_in_force(marks), document, content_hash)
