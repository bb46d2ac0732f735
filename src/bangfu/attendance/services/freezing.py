"""Writing down what a month came to, once it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.attendance.domain.months import month_of
from bangfu.attendance.models import DutyMonth
from bangfu.attendance.queries.duties import holding_in, resident_duties
from bangfu.attendance.queries.months import counted_now
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now, today
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from bangfu.attendance.domain.months import Month
    from bangfu.attendance.queries.months import MonthCount
    from bangfu.foundation.access.api import Actor
    from bangfu.teams.api import Duty


@transaction.atomic
def freeze_month(*, actor: Actor, month: Month | None = None) -> int:
    """Write the record of every resident duty of a month that is over (the last one).

    A record that is written stays as it is: presence told later changes nothing.

    Args:
        actor: the part of the system that does it.
        month: which month.

    Returns:
        How many records were written.

    Raises:
        Refused: `attendance.month_going_on`.
    """
    wanted = month or month_of(today()).before
    if wanted.end > today():
        raise Refused(Problem("attendance.month_going_on", values={"month": str(wanted)}))
    known = DutyMonth.objects.filter(month=wanted.first).values("duty")
    duties = list(resident_duties().filter(holding_in(wanted)).exclude(pk__in=known))
    counts = counted_now(duties, wanted)
    rows = [_row(each, wanted, counts[each.pk]) for each in duties]
    DutyMonth.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    if rows:
        record(
            actor=actor,
            action="attendance.month_frozen",
            kind="changed",
            subject_type="duty_month",
            count=len(rows),
            filters={"month": str(wanted)},
        )
    return len(rows)


def _row(duty: Duty, month: Month, count: MonthCount) -> DutyMonth:
    return DutyMonth(
        duty=duty,
        division=duty.division,
        month=month.first,
        required=count.required,
        present=count.present,
        visits=count.visits,
        away=count.away,
        notes=count.notes,
        missing=count.missing,
        frozen_at=now(),
    )
