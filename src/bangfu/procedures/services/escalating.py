"""Telling the tiers above of matters that are overdue, as their tables say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Q

from bangfu.foundation.audit.api import record
from bangfu.foundation.bulk.api import chunks_of, insert_rows
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.division import DivisionCode, Level, common_division
from bangfu.procedures.domain.deadlines import tiers_to_tell
from bangfu.procedures.models import Escalation, Matter
from bangfu.procedures.queries.tables import pinned_procedure, working_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bangfu.foundation.access.api import Actor

MATTER_ESCALATED: Final = "procedures.matter_escalated"
_COLUMNS: Final = (
    "id",
    "matter_id",
    "procedure",
    "state",
    "entered_at",
    "due_on",
    "overdue",
    "tier",
    "division",
    "told_at",
)


@transaction.atomic
def escalate_overdue(*, actor: Actor) -> int:
    """Tell every tier whose turn has come of every overdue matter; answer how many were told.

    A tier is told once for each time a state was entered: run twice, it tells nobody again.

    Raises:
        AccessRefused: when the actor does not operate the system.
    """
    actor.check("system.operate", "")
    told = 0
    for where in _escalating_states():
        late = Matter.objects.filter(where, closed_at=None, due_on__lt=today())
        for chunk in chunks_of(list(late.order_by("pk").values_list("pk", flat=True))):
            told += _tell(list(Matter.objects.filter(pk__in=chunk)), actor)
    return told


def _escalating_states() -> list[Q]:
    """Where overdue matters may be that anybody has to be told of, one condition a table."""
    versions = Matter.objects.filter(closed_at=None, due_on__lt=today())
    found = []
    for version in sorted(set(versions.values_list("version_id", flat=True))):
        states = pinned_procedure(version).states.values()
        names = [state.name for state in states if state.escalates]
        if names:
            found.append(Q(version_id=version, state__in=names))
    return found


def _tell(matters: Sequence[Matter], actor: Actor) -> int:
    told_before = set(
        Escalation.objects.filter(matter__in=matters).values_list("matter", "entered_at", "tier")
    )
    told = [
        each
        for each in _due_escalations(matters)
        if (each.matter_id, each.entered_at, each.tier) not in told_before
    ]
    rows = [tuple(getattr(each, name) for name in _COLUMNS) for each in told]
    insert_rows(Escalation, _COLUMNS, rows)
    for each in told:
        announce(MATTER_ESCALATED, _payload(each))
    if told:
        record(
            actor=actor,
            action="procedures.escalate_overdue",
            kind="changed",
            subject_type="matter",
            subject_ids=sorted({each.matter_id for each in told}),
            division=common_division(each.division for each in told),
            count=len(told),
        )
    return len(told)


def _due_escalations(matters: Sequence[Matter]) -> Iterator[Escalation]:
    """Everything that has to have been said by today."""
    day, moment, calendar = today(), now(), working_calendar()
    for matter in matters:
        state = pinned_procedure(matter.version_id).states[matter.state]
        if matter.due_on is None:
            continue
        overdue = calendar.between(matter.due_on, day)
        for tier in tiers_to_tell(state, matter.due_on, day, calendar):
            yield Escalation(
                id=new_id(),
                matter_id=matter.pk,
                procedure=matter.procedure,
                state=matter.state,
                entered_at=matter.entered_at,
                due_on=matter.due_on,
                overdue=overdue,
                tier=int(tier),
                division=_place(matter.division, tier),
                told_at=moment,
            )


def _place(division: str, tier: Level) -> DivisionCode:
    """The division of a tier that a matter lies in; its own where it lies above that tier."""
    code = DivisionCode(division)
    return code.at(min(tier, code.level))


def _payload(told: Escalation) -> dict[str, Any]:
    return {
        "matter": str(told.matter_id),
        "procedure": told.procedure,
        "tier": Level(told.tier).name.lower(),
        "division": told.division,
        "overdue": told.overdue,
    }
