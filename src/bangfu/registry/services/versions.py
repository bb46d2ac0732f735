"""Adding versions to the history, many at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id
from bangfu.registry.models import HouseholdVersion

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.domain.versions import ChangeKind

_COLUMNS: Final = (
    "id", "household_id", "number", "valid_from", "recorded_at", "kind", "batch_id",
    "adjustment_id", "actor_id", "actor_name", "reason", "document", "content_hash",
    "same_as_id", "revokes_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One version to add: a document, the repetition of another's, or the revocation of one."""

    household_id: UUID
    number: int
    valid_from: date
    kind: ChangeKind
    document: str = ""
    content_hash: bytes | None = None
    same_as: UUID | None = None
    revokes: UUID | None = None
    id: UUID = field(default_factory=new_id)


def add_versions(
    entries: Sequence[Entry],
    *,
    actor: Actor,
    batch_id: UUID | None,
    recorded_at: datetime,
    reason: str = "",
    adjustment_id: UUID | None = None,
) -> None:
    """Add versions. Runs inside the caller's transaction.

    Raises:
        IntegrityError: when another version of a household took the number meanwhile.
    """
    insert_rows(
        HouseholdVersion,
        _COLUMNS,
        [
            (
                each.id, each.household_id, each.number, each.valid_from, recorded_at,
                each.kind.value, batch_id, adjustment_id, actor.person_id, actor.name, reason,
                each.document, each.content_hash, each.same_as, each.revokes,
            )
            for each in entries
        ],
    )  # fmt: skip
