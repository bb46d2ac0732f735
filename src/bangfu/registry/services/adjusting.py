"""Making a change of households, and taking it back: always by new versions with both times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.foundation.files.api import get_stored
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.adjusting import (
    Change,
    Join,
    Leave,
    Merge,
    Move,
    Split,
    existing_households,
    kind_of,
)
from bangfu.registry.domain.document import content_hash, member_key, to_text
from bangfu.registry.domain.versions import ChangeKind
from bangfu.registry.models import (
    Adjustment,
    Household,
    HouseholdSuccession,
    HouseholdVersion,
    Member,
)
from bangfu.registry.permissions import CHANGE
from bangfu.registry.queries.adjusting import known_households, last_numbers, plan_change
from bangfu.registry.queries.adjustments import get_adjustment, plan_undoing
from bangfu.registry.services.committing import take_turns
from bangfu.registry.services.current import present_of, put_present, withdraw
from bangfu.registry.services.sealing import seal_rows
from bangfu.registry.services.versions import Entry, add_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.queries.adjusting import Plan, PlannedVersion
    from bangfu.registry.queries.adjustments import Undoing


def apply_change(
    *,
    actor: Actor,
    change: Change,
    day: date,
    reason: str,
    evidence: Sequence[UUID] = (),
    expected: Mapping[UUID, UUID],
) -> list[HouseholdVersion]:
    """Make a change: every household it touches gets its new version, or none does.

    Args:
        actor: needs `registry.change` in every village touched, before and after.
        change: what happens; see `registry.domain.adjusting`.
        day: from which day it holds.
        reason: why, in the actor's words; stands in the history.
        evidence: ids of stored files that the actor may open.
        expected: the version of each household that whoever asked for the change has seen. What
            changed since and is not in the change's way stays; the change comes on top of it.

    Returns:
        The versions written, in the order of their days.

    Raises:
        AccessRefused: without the capability in one of the villages.
        Refused: with every reason against it; nothing is written then.
    """
    if not reason.strip():
        raise Refused(Problem("registry.reason_missing"))
    try:
        return _apply(actor, change, day, (reason.strip(), evidence), expected)
    except IntegrityError:
        # A number was taken by somebody else between the plan and the write.
        raise Refused(Problem("registry.register_changed")) from None


@transaction.atomic
def _apply(
    actor: Actor,
    change: Change,
    day: date,
    grounds: tuple[str, Sequence[UUID]],
    expected: Mapping[UUID, UUID],
) -> list[HouseholdVersion]:
    reason, evidence = grounds
    known = known_households(actor, existing_households(change))
    places = {each.household.village_code for each in known.values()} | _wished(change)
    for place in sorted(places):
        actor.check(CHANGE, place)
    take_turns(_counties(places))
    plan = plan_change(actor, change, day, expected)
    if not plan.villages() <= places:
        raise Refused(Problem("registry.register_changed"))
    adjustment = Adjustment.objects.create(
        kind=kind_of(change).value,
        division=plan.before[change.household]["household"]["village_code"],
        day=day,
        reason=change.reason if isinstance(change, Join | Leave) else "",
        note=reason,
        evidence=[str(get_stored(actor, each).pk) for each in evidence],
        recorded_at=now(),
        actor_id=actor.person_id,
        actor_name=actor.name,
    )
    versions = _write(actor, plan, adjustment)
    _tell(actor, "registry.household_changed", adjustment, plan.villages(), versions)
    return versions


def _wished(change: Change) -> set[str]:
    village = change.village if isinstance(change, Move | Split) else ""
    return {village} if village else set()


def _counties(villages: Collection[str]) -> list[str]:
    return sorted({str(DivisionCode(each).at(Level.COUNTY)) for each in villages})


def _write(actor: Actor, plan: Plan, adjustment: Adjustment) -> list[HouseholdVersion]:
    """Add the versions, then bring the current tables to the last of each household."""
    seal_rows([(each.household_id, each.document) for each in plan.versions])
    numbers = last_numbers([each.household_id for each in plan.versions])
    pairs: list[tuple[PlannedVersion, Entry]] = []
    for each in plan.versions:
        numbers[each.household_id] = numbers.get(each.household_id, 0) + 1
        pairs.append((each, _entry(each, numbers[each.household_id])))
    present = plan.present()
    presents = [
        present_of(
            each.household_id, entry.id, each.valid_from, each.document, entry.content_hash or b""
        )
        for each, entry in pairs
        if present.get(each.number) is each
    ]
    add_versions(
        [entry for _, entry in pairs],
        actor=actor,
        batch_id=None,
        recorded_at=adjustment.recorded_at,
        reason=adjustment.note,
        adjustment_id=adjustment.id,
    )
    put_present(presents)
    _date_leaving(plan)
    _write_successions(plan, {each.number: entry.id for each, entry in pairs})
    written = HouseholdVersion.objects.filter(pk__in=[entry.id for _, entry in pairs])
    return list(written.order_by("valid_from", "household_id"))


def _entry(planned: PlannedVersion, number: int) -> Entry:
    kind = ChangeKind.CREATED if planned.created else ChangeKind.CHANGED
    return Entry(
        planned.household_id,
        number,
        planned.valid_from,
        kind,
        document=to_text(planned.document),
        content_hash=content_hash(planned.document),
    )


def _date_leaving(plan: Plan) -> None:
    """Who left, and a household nobody is left of, did so on the change's day."""
    for number, planned in plan.present().items():
        left = plan.before.get(number)
        if left is None:
            continue
        staying = {member_key(row) for row in planned.document["members"]}
        gone = {member_key(row) for row in left["members"]} - staying
        members = Member.objects.filter(household=planned.household_id, active=False)
        members.filter(person_number__in=gone).update(left_on=plan.day)
        if not staying:
            Household.objects.filter(pk=planned.household_id).update(left_on=plan.day)


def _write_successions(plan: Plan, versions: Mapping[str, UUID]) -> None:
    change, last = plan.change, plan.last()
    kinds = HouseholdSuccession.Kind
    if isinstance(change, Split):
        successor, kind = change.number, kinds.SPLIT
    elif isinstance(change, Merge):
        successor, kind = change.target, kinds.MERGED
    elif isinstance(change, Move) and change.village:
        successor, kind = change.household, kinds.MOVED
    else:
        return
    HouseholdSuccession.objects.create(
        predecessor_id=plan.known[change.household].household.pk,
        successor_id=last[successor].household_id,
        day=plan.day,
        kind=kind,
        left_place=plan.before[change.household]["household"]["village_code"],
        version_id=versions[successor],
    )


def _tell(
    actor: Actor,
    action: str,
    adjustment: Adjustment,
    villages: Collection[str],
    versions: Sequence[HouseholdVersion],
) -> None:
    """One audit row with the households, and the event."""
    households = sorted({str(each.household_id) for each in versions})
    record(
        actor=actor,
        action=action,
        kind="changed",
        subject_type="household",
        subject_ids=households,
        division=adjustment.division,
        count=len(households),
        filters={"kind": adjustment.kind, "adjustment": str(adjustment.pk)},
    )
    counties = _counties(villages)
    announce("registry.households_changed", {"households": households, "counties": counties})


@transaction.atomic
def undo_change(*, actor: Actor, adjustment_id: UUID, reason: str) -> Adjustment:
    """Take a change back: its versions go out of force, what stood before stands again.

    Raises:
        Http404: when the actor sees no such change.
        AccessRefused: without `registry.change` in one of the villages.
        Refused: `registry.reason_missing`; `registry.undone_already`;
            `registry.changed_since_adjusted`; `registry.people_moved_since`.
    """
    adjustment = get_adjustment(actor, adjustment_id, CHANGE)
    if not reason.strip():
        raise Refused(Problem("registry.reason_missing"))
    rows = list(adjustment.versions.select_related("household"))
    villages = {each.household.village_code for each in rows} | {adjustment.division}
    for place in sorted(villages):
        actor.check(CHANGE, place)
    take_turns(_counties(villages))
    adjustment = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    undoings = plan_undoing(actor, adjustment)
    adjustment.undone_at, adjustment.undone_by = now(), actor.name
    adjustment.undo_reason = reason.strip()
    adjustment.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    _revoke(actor, adjustment, undoings)
    _tell(actor, "registry.household_restored", adjustment, villages, rows)
    return adjustment


def _revoke(actor: Actor, adjustment: Adjustment, undoings: Sequence[Undoing]) -> None:
    entries = [
        Entry(
            each.household_id,
            each.last_number + step,
            mark.valid_from,
            ChangeKind.REVERSED,
            revokes=mark.id,
        )
        for each in undoings
        for step, mark in enumerate(each.written, start=1)
    ]
    add_versions(
        entries,
        actor=actor,
        batch_id=None,
        recorded_at=adjustment.undone_at or now(),
        reason=adjustment.undo_reason,
        adjustment_id=adjustment.pk,
    )
    withdraw([each.household_id for each in undoings if each.restored is None])
    put_present(
        [
            present_of(each.household_id, each.restored.id, each.restored.valid_from, *each.content)
            for each in undoings
            if each.restored is not None and each.content is not None
        ]
    )
