"""The audit row of a list that shows households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bangfu.foundation.audit.api import Kind, record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from bangfu.foundation.access.actors import Actor


class OfHousehold(Protocol):
    """A row of a list: about a household, or about none that is known."""

    @property
    def household_id(self) -> UUID | None: ...


def record_households(
    actor: Actor,
    action: str,
    rows: Collection[OfHousehold],
    filters: Mapping[str, Any],
    capability: str,
) -> None:
    """Keep which households a list, a search or an export showed, in the reader's transaction.

    Args:
        actor: who reads.
        action: `clue.listed`.
        rows: what was shown; a household with several rows stands once among the ids.
        filters: how the list was asked for.
        capability: by which right; its scope is the division of the audit row.
    """
    record(
        actor=actor,
        action=action,
        kind=Kind.LISTED,
        subject_type="household",
        subject_ids=sorted({str(row.household_id) for row in rows if row.household_id}),
        division=actor.scope(capability).common,
        count=len(rows),
        filters=filters,
    )
