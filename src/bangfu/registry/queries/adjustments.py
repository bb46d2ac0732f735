"""Changes that were made: taking one back, and where households came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.versions import VersionMark, version_in_force
from bangfu.registry.models import Adjustment, HouseholdSuccession, HouseholdVersion
from bangfu.registry.permissions import READ
from bangfu.registry.queries.conflicts import Claim, claim_of, find_taken
from bangfu.registry.queries.histories import contents_of, marks_of
from bangfu.registry.queries.history import HistoryEntry, list_history

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.domain.document import Document
    from bangfu.registry.models import Household


@dataclass(frozen=True, slots=True)
class Undoing:
    """One household of a change that goes back.

    Attributes:
        written: the versions the change wrote.
        restored: what holds then; None when the register had no such household.
        content: its document and hash.
    """

    household_id: UUID
    last_number: int
    written: tuple[VersionMark, ...]
    restored: VersionMark | None
    content: tuple[Document, bytes] | None


def get_adjustment(actor: Actor, adjustment_id: UUID, capability: str = READ) -> Adjustment:
    """A change that was made.

    Raises:
        Http404: when there is none where the actor may read households.
        AccessRefused: without the capability there.
    """
    found = Adjustment.objects.filter(actor.scope(READ).q("division"), pk=adjustment_id).first()
    if found is None:
        raise Http404
    actor.check(capability, found.division)
    return found


def plan_undoing(actor: Actor, adjustment: Adjustment) -> list[Undoing]:
    """What taking a change back would do now.

    Raises:
        Refused: `registry.undone_already`; `registry.changed_since_adjusted` when somebody changed
            one of the households since; `registry.people_moved_on` when one of their people is a
            member elsewhere by now.
    """
    if adjustment.undone_at is not None:
        raise Refused(Problem("registry.undone_already"))
    rows = HouseholdVersion.objects.filter(adjustment=adjustment, revokes__isnull=True)
    written: dict[UUID, set[UUID]] = {}
    for household_id, version_id in rows.values_list("household_id", "id"):
        written.setdefault(household_id, set()).add(version_id)
    marks = marks_of(written)
    if any(_changed_since(marks[each], ids) for each, ids in written.items()):
        raise Refused(Problem("registry.changed_since_adjusted"))
    undoings = _undoings(written, marks)
    claims = [
        claim_of(each.household_id, each.content[0]["members"])
        if each.content
        else Claim(each.household_id, frozenset(), frozenset())
        for each in undoings
    ]
    if find_taken(claims, actor.scope(READ)):
        raise Refused(Problem("registry.people_moved_since"))
    return undoings


def _changed_since(marks: Sequence[VersionMark], written: set[UUID]) -> bool:
    revoked = {mark.revokes for mark in marks}
    last = max(mark.number for mark in marks if mark.id in written)
    return any(
        mark.number > last and mark.revokes is None and mark.id not in revoked for mark in marks
    )


def _undoings(
    written: Mapping[UUID, set[UUID]], marks: Mapping[UUID, list[VersionMark]]
) -> list[Undoing]:
    restored = {
        each: version_in_force([m for m in marks[each] if m.id not in ids])
        for each, ids in written.items()
    }
    contents = contents_of({m.content for m in restored.values() if m and m.content})
    found = []
    for each, ids in written.items():
        mark = restored[each]
        content = contents[mark.content] if mark is not None and mark.content else None
        last = max(known.number for known in marks[each])
        taken_back = tuple(known for known in marks[each] if known.id in ids)
        found.append(Undoing(each, last, taken_back, mark, content))
    return found


def can_undo(actor: Actor, adjustment: Adjustment) -> bool:
    """Whether a change could be taken back now."""
    try:
        plan_undoing(actor, adjustment)
    except Refused:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Relative:
    """A household that another came from, or that came from it.

    Attributes:
        id: None when it lies outside what the reader may see; nothing else is told of it then.
        kind: `split` or `merged`.
    """

    id: UUID | None
    number: str
    head_name: str
    kind: str
    kind_label: str
    day: date


def _successions() -> QuerySet[HouseholdSuccession]:
    """Splits and mergers that stand."""
    kinds = (HouseholdSuccession.Kind.SPLIT, HouseholdSuccession.Kind.MERGED)
    rows = HouseholdSuccession.objects.filter(kind__in=kinds, version__revoked_by=None)
    return rows.select_related("predecessor", "successor").order_by("day", "id")


def _relative(actor: Actor, row: HouseholdSuccession, household: Household) -> Relative:
    seen = actor.may(READ, household.village_code)
    return Relative(
        household.pk if seen else None,
        household.household_number if seen else "",
        household.head_name if seen else "",
        row.kind,
        str(HouseholdSuccession.Kind(row.kind).label),
        row.day,
    )


def list_origins(actor: Actor, household_id: UUID) -> list[Relative]:
    """The households that one the actor has opened split off from or took in."""
    rows = _successions().filter(successor=household_id)
    return [_relative(actor, each, each.predecessor) for each in rows]


def list_offspring(actor: Actor, household_id: UUID) -> list[Relative]:
    """The households that split off from one the actor has opened, or took it in."""
    rows = _successions().filter(predecessor=household_id)
    return [_relative(actor, each, each.successor) for each in rows]


@dataclass(frozen=True, slots=True)
class Past:
    """What a household has in common with one it came from.

    Attributes:
        entries: the other household's history up to the day, the last recorded first; empty
            where it lies outside what the reader may see.
    """

    origin: Relative
    household: Household | None
    entries: tuple[HistoryEntry, ...]


@transaction.atomic
def list_common_past(actor: Actor, household_id: UUID) -> list[Past]:
    """The histories of the households that one came from, up to the day it did, and theirs.

    Each of them that the actor may see is opened, which the audit says.
    """
    found: list[Past] = []
    waiting: list[tuple[UUID, date | None]] = [(household_id, None)]
    seen = {household_id}
    while waiting:
        household, until = waiting.pop()
        for origin in list_origins(actor, household):
            day = min(each for each in (origin.day, until) if each is not None)
            found.append(_past(actor, origin, day))
            if origin.id is not None and origin.id not in seen:
                seen.add(origin.id)
                waiting.append((origin.id, day))
    return found


def _past(actor: Actor, origin: Relative, day: date) -> Past:
    if origin.id is None:
        return Past(origin, None, ())
    household, entries = list_history(actor, origin.id)
    return Past(origin, household, tuple(each for each in entries if each.version.valid_from < day))
