"""What reversing a batch would do, and which households it would leave alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.bulk.api import fetch_by
from bangfu.registry.domain.versions import VersionMark, version_in_force
from bangfu.registry.models import Household, HouseholdVersion, ImportBatch
from bangfu.registry.queries.conflicts import Claim, claim_of, find_taken
from bangfu.registry.queries.histories import contents_of, marks_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from bangfu.foundation.access.api import Scope
    from bangfu.registry.domain.document import Document


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A household that a reversal does not touch: `registry.changed_since` or
    `registry.people_moved_on`."""

    household_id: UUID
    household_number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """One household of a batch that goes back.

    Attributes:
        revoked: the version the batch wrote.
        restored: the version in force then; None when the register had no such household.
        content: its document and hash.
        shown_anew: whether the current tables change; not when the batch wrote history only.
    """

    household_id: UUID
    last_number: int
    revoked: VersionMark
    restored: VersionMark | None
    content: tuple[Document, bytes] | None
    shown_anew: bool


@dataclass(frozen=True, slots=True)
class ReversalPlan:
    """What a reversal would do."""

    reversals: tuple[Reversal, ...]
    left_alone: tuple[LeftAlone, ...]


def plan_reversal(batch: ImportBatch, scope: Scope) -> ReversalPlan:
    """What reversing the batch would do now; for services and for the page that asks first.

    Args:
        batch: a committed one that the actor may reverse.
        scope: where the actor may; a person who lives beyond it by now has moved on.
    """
    written = HouseholdVersion.objects.filter(batch=batch, revokes__isnull=True)
    versions = dict(written.values_list("household_id", "id"))
    marks = marks_of(versions)
    untouched = {each for each in versions if _changed_since(marks[each], versions[each])}
    reversals = _reversals({k: v for k, v in versions.items() if k not in untouched}, marks)
    blocked = _blocked(reversals, scope)
    reasons = dict.fromkeys(untouched, "registry.changed_since")
    reasons |= dict.fromkeys(blocked, "registry.people_moved_on")
    return ReversalPlan(
        tuple(each for each in reversals if each.household_id not in blocked),
        _left_alone(reasons),
    )


def _changed_since(marks: list[VersionMark], written: UUID) -> bool:
    """Whether a version that stands was recorded after the batch's."""
    revoked = {mark.revokes for mark in marks}
    number = next(mark.number for mark in marks if mark.id == written)
    return any(
        mark.number > number and mark.revokes is None and mark.id not in revoked for mark in marks
    )


def _reversals(
    versions: Mapping[UUID, UUID], marks: Mapping[UUID, list[VersionMark]]
) -> list[Reversal]:
    found: list[tuple[UUID, VersionMark, VersionMark | None, VersionMark | None]] = []
    for household_id, version_id in versions.items():
        known = marks[household_id]
        revoked = next(mark for mark in known if mark.id == version_id)
        before = version_in_force(known)
        after = version_in_force(
            [mark for mark in known if version_id not in (mark.id, mark.revokes)]
        )
        found.append((household_id, revoked, before, after))
    contents = contents_of({after.content for *_, after in found if after and after.content})
    return [
        Reversal(
            household_id,
            max(mark.number for mark in marks[household_id]),
            revoked,
            after,
            contents[after.content] if after and after.content else None,
            shown_anew=after is not None and after != before,
        )
        for household_id, revoked, before, after in found
    ]


def _blocked(reversals: list[Reversal], scope: Scope) -> set[UUID]:
    """Households whose people, as they were, are active members elsewhere by now."""
    claims = []
    for each in reversals:
        if each.content is None:
            claims.append(Claim(each.household_id, frozenset(), frozenset()))
        elif each.shown_anew:
            claims.append(claim_of(each.household_id, each.content[0]["members"]))
    return {taken.claim.household_id for taken in find_taken(claims, scope)}


def _left_alone(reasons: Mapping[UUID, str]) -> tuple[LeftAlone, ...]:
    rows = Household.objects.values_list("id", "household_number")
    named = sorted(fetch_by(rows, "id", reasons), key=lambda row: row[1])
    return tuple(LeftAlone(row_id, number, reasons[row_id]) for row_id, number in named)
