"""Changes of a few items through a household's history, as known today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.ui.api import reader_language
from bangfu.registry.domain.display import shown
from bangfu.registry.domain.items import items_of
from bangfu.registry.queries.histories import contents_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from bangfu.registry.models import Household, HouseholdVersion


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One item that changed.

    Attributes:
        day: from when the new value holds. at: when it was recorded.
        version: the number of the version that says so. first: whether it began the history.
        before, after: in words; empty when unknown.
    """

    day: date
    at: datetime
    version: int
    by: str
    label: str
    before: str
    after: str
    first: bool


def list_key_changes(household: Household, names: Sequence[str]) -> list[KeyChange]:
    """What changed in items of a household the reader has opened, the first first.

    Versions that were taken out of force are left out; of several for one day the last counts.
    Secret items are not for this function.
    """
    rows = list(household.versions.defer("document").order_by("valid_from", "number"))
    revoked = {row.revokes_id for row in rows}
    standing = [row for row in rows if row.revokes_id is None and row.pk not in revoked]
    contents = contents_of({mark.content for row in standing if (mark := row.mark).content})
    before: Mapping[str, Any] = {}
    found: list[KeyChange] = []
    for position, row in enumerate(standing):
        content = row.mark.content
        if content is None:
            continue
        after = contents[content][0]["household"]
        found += _changes(row, before, after, names, first=position == 0)
        before = after
    return found


def _changes(
    row: HouseholdVersion,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Sequence[str],
    *,
    first: bool,
) -> Iterator[KeyChange]:
    language, items = reader_language(), items_of("household")
    for name in names:
        old, new = before.get(name), after.get(name)
        if old != new:
            yield KeyChange(
                row.valid_from, row.recorded_at, row.number, row.actor_name,
                items[name].label(language), shown(items[name], old, language),
                shown(items[name], new, language), first,
            )  # fmt: skip
