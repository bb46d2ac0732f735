"""One household through time: as it was on a day, as it was known then, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.foundation.audit.api import record_opened
from bangfu.kernel.clock import CHINA
from bangfu.registry.domain.document import Document, diff_documents, from_text
from bangfu.registry.domain.versions import VersionMark, version_in_force
from bangfu.registry.models import Household, HouseholdVersion
from bangfu.registry.queries.households import SUBJECT, scoped_households
from bangfu.registry.queries.shown import ShownChange, describe_changes

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class HouseholdState:
    """A household as one of its versions has it.

    Attributes:
        version: the version that holds; it may repeat the document of an earlier one.
        document: the whole household; secret leaves are sealed.
    """

    household: Household
    version: HouseholdVersion
    document: Document


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """One line of a household's history, the reversed ones included.

    Attributes:
        stands: False when a later version took it out of force.
    """

    version: HouseholdVersion
    stands: bool


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of a household's history with what it changed, item by item.

    Attributes:
        stands: False when a later version took it out of force.
        changes: against what stood for that day before it was recorded; secrets masked.
    """

    version: HouseholdVersion
    stands: bool
    changes: tuple[ShownChange, ...]

    @property
    def first(self) -> bool:
        """Whether it brought the household into the register, so that everything is new."""
        return self.version.kind == HouseholdVersion.Kind.CREATED


def _end_of(day: date) -> datetime:
    """The last moment of a day in China."""
    start = datetime.combine(day, time.min, CHINA)
    return start + timedelta(days=1) - timedelta(microseconds=1)


def _open(actor: Actor, household_id: UUID) -> Household:
    household = scoped_households(actor).filter(pk=household_id).first()
    if household is None:
        raise Http404
    record_opened(actor, SUBJECT, household.id, household.village_code)
    return household


def _versions(household: Household) -> dict[UUID, HouseholdVersion]:
    """The versions without their documents, by id."""
    rows = household.versions.defer("document").order_by("number")
    return {row.id: row for row in rows}


def _document_of(mark: VersionMark | None) -> Document:
    """What a version says; nothing at all when there is none."""
    if mark is None or mark.content is None:
        return Document(household={}, members=[], incomes=[])
    rows = HouseholdVersion.objects.values_list("household_id", "document")
    _owner, text = rows.get(pk=mark.content)
    return from_text(text)


@transaction.atomic
def get_household_as_of(
    actor: Actor, household_id: UUID, day: date, known_on: date | None = None
) -> HouseholdState:
    """Open a household as it was on a day.

    Args:
        actor: who looks.
        household_id: which household.
        day: the day it is asked about.
        known_on: as far as was known by the end of this day; None: as known today.

    Raises:
        Http404: when there is none in the actor's scope, or it was not in the register then.
    """
    household = _open(actor, household_id)
    versions = _versions(household)
    known_at = None if known_on is None else _end_of(known_on)
    mark = version_in_force((row.mark for row in versions.values()), day, known_at)
    if mark is None:
        raise Http404
    return HouseholdState(household, versions[mark.id], _document_of(mark))


@transaction.atomic
def list_versions(actor: Actor, household_id: UUID) -> list[ListedVersion]:
    """Every version of a household, the last recorded first.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    household = _open(actor, household_id)
    rows = _versions(household).values()
    revoked = {row.revokes_id for row in rows}
    return [ListedVersion(row, row.id not in revoked) for row in reversed(list(rows))]


@transaction.atomic
def diff_versions(actor: Actor, household_id: UUID, before: int, after: int) -> list[ShownChange]:
    """What differs between two versions, item by item, in words; secrets masked.

    Args:
        actor: who looks.
        household_id: which household.
        before, after: version numbers; 0 before the first is an empty household.

    Raises:
        Http404: when there is none in the actor's scope, or it has no such version.
    """
    household = _open(actor, household_id)
    by_number = {row.number: row.mark for row in _versions(household).values()}
    old, new = _document_at(by_number, before), _document_at(by_number, after)
    return describe_changes(diff_documents(old, new), old, new, household.id)


@dataclass(frozen=True, slots=True)
class TwoDays:
    """A household on two days, as known today: the versions that held and what differs."""

    household: Household
    before: HouseholdVersion
    after: HouseholdVersion
    changes: tuple[ShownChange, ...]


@transaction.atomic
def compare_days(actor: Actor, household_id: UUID, before: date, after: date) -> TwoDays:
    """What differs between a household on two days, in words; secrets masked.

    Raises:
        Http404: when there is none in the actor's scope, or it was not in the register on a day.
    """
    household = _open(actor, household_id)
    versions = _versions(household)
    marks = [version_in_force((row.mark for row in versions.values()), d) for d in (before, after)]
    held = [mark for mark in marks if mark is not None]
    if len(held) < len(marks):
        raise Http404
    old, new = (_document_of(mark) for mark in held)
    changes = describe_changes(diff_documents(old, new), old, new, household.id)
    first, second = (versions[mark.id] for mark in held)
    return TwoDays(household, first, second, tuple(changes))


def _document_at(by_number: dict[int, VersionMark], number: int) -> Document:
    if number == 0:
        return _document_of(None)
    if number not in by_number:
        raise Http404
    mark = by_number[number]
    if mark.content is not None:
        return _document_of(mark)
    # A reversal says nothing itself: what stood before stands again.
    known = (each for each in by_number.values() if each.number <= number)
    return _document_of(version_in_force(known, mark.valid_from))


@transaction.atomic
def list_history(actor: Actor, household_id: UUID) -> tuple[Household, list[HistoryEntry]]:
    """Open a household with every version of it, the last recorded first, and its changes.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    household = _open(actor, household_id)
    versions = household.versions.select_related("batch", "adjustment").defer("document")
    rows = list(versions.order_by("number"))
    revoked = {row.revokes_id for row in rows}
    marks = [row.mark for row in rows]
    entries = []
    for position, row in enumerate(rows):
        before = _document_of(version_in_force(marks[:position], row.valid_from))
        after = _document_of(version_in_force(marks[: position + 1], row.valid_from))
        changes = describe_changes(diff_documents(before, after), before, after, household.id)
        entries.append(HistoryEntry(row, row.id not in revoked, tuple(changes)))
    return household, entries[::-1]
