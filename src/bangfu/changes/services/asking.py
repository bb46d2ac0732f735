"""Asking for a change: it is kept, and nothing is changed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.changes.models import ChangeRequest
from bangfu.changes.permissions import READ, REQUEST
from bangfu.changes.queries.details import SEALED, packed
from bangfu.changes.queries.filters import OPEN, PROCEDURE
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.files.api import Purpose, get_stored, register_purpose
from bangfu.foundation.secrets.api import fingerprint, seal
from bangfu.kernel.division import Level
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import Subject, load_procedure, open_matter
from bangfu.registry.api import (
    Household,
    Merge,
    Move,
    Split,
    current_versions,
    existing_households,
    kind_of,
    plan_change,
    to_plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Change

CADRE: Final = "cadre"
DEPARTMENT: Final = "department"

EVIDENCE: Final = Purpose(
    "changes.evidence", read=READ, write=REQUEST, zh="信息变更佐证", en="Evidence of a change"
)
register_purpose(EVIDENCE)


@transaction.atomic
def propose_change(
    *,
    actor: Actor,
    change: Change,
    day: date,
    note: str,
    source: str = CADRE,
    evidence: Sequence[UUID] = (),
    expected: Mapping[UUID, UUID] | None = None,
) -> ChangeRequest:
    """Ask for a change of households; somebody else decides.

    What departments report is taken as it comes, the same wish once: a person sees what stands in
    its way. What people ask for must be possible today.

    Args:
        actor: needs `changes.request` in the household's village.
        change: see `registry.domain.adjusting`.
        day: from which day it would hold.
        note: why, in plain words.
        source: a code of the procedure's list `source`.
        evidence: ids of stored files of purpose `changes.evidence`.
        expected: the versions seen; None for those of now.

    Raises:
        AccessRefused: without the capability there.
        Refused: `registry.reason_missing`; `changes.asked_already`; what stands against it.
    """
    if not note.strip():
        raise Refused(Problem("registry.reason_missing"))
    if load_procedure(PROCEDURE).choice("source", source) is None:
        raise Refused(Problem("changes.source_unknown", values={"source": source}))
    now_there = current_versions(actor, change)
    versions = dict(expected or now_there)
    key = fingerprint("change", packed([to_plain(change), day.isoformat()]))
    households = _households(change)
    household = households[change.household]
    actor.check(REQUEST, household.village_code)
    known = ChangeRequest.objects.filter(OPEN, household=household, key=key).first()
    if known is not None and source == DEPARTMENT:
        return known
    if known is not None:
        raise Refused(Problem("changes.asked_already"))
    if source != DEPARTMENT:
        plan_change(actor, change, day, versions)
    files = [str(get_stored(actor, each).pk) for each in evidence]
    matter = open_matter(
        actor=actor,
        procedure=PROCEDURE,
        subject=Subject(household.village_code, "household", household.pk),
    )
    row_id = new_id()
    other = households[change.target] if isinstance(change, Merge) else None
    return ChangeRequest.objects.create(
        id=row_id,
        matter=matter,
        household=household,
        other=other,
        division=household.village_code,
        kind=kind_of(change).value,
        reason=getattr(change, "reason", ""),
        day=day,
        source=source,
        crosses=_crosses(change, households),
        key=key,
        sealed=seal(*SEALED, row_id, packed(_content(change, versions, note.strip()))),
        evidence=files,
        asked_at=now(),
        asked_by_id=actor.person_id,
        asked_by=actor.name,
    )


def _households(change: Change) -> dict[str, Household]:
    rows = Household.objects.filter(household_number__in=existing_households(change))
    return {each.household_number: each for each in rows}


def _content(change: Change, versions: Mapping[UUID, UUID], note: str) -> dict[str, Any]:
    expected = {str(row): str(version) for row, version in versions.items()}
    return {"change": to_plain(change), "expected": expected, "note": note}


def _crosses(change: Change, households: Mapping[str, Household]) -> bool:
    """Whether the change leads from one township to another."""
    places = {each.village_code for each in households.values()}
    if isinstance(change, Split | Move) and change.village:
        places.add(change.village)
    return len({each[: int(Level.TOWNSHIP)] for each in places}) > 1
