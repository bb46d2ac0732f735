"""One official's month: every day of it, with notes, leaves and recall. Opening it is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.attendance.domain.months import days_between
from bangfu.attendance.models import SignIn
from bangfu.attendance.permissions import MANAGE
from bangfu.attendance.queries.duties import SUBJECT, find_duty
from bangfu.attendance.queries.leaves import rows_of, scoped_leaves, spans_of
from bangfu.attendance.queries.lists import lines_of
from bangfu.attendance.queries.months import came_in
from bangfu.attendance.queries.notes import notes_of
from bangfu.attendance.queries.recalls import find_recall
from bangfu.foundation.audit.api import record_opened
from bangfu.foundation.clock.api import today
from bangfu.teams.api import MANAGE as MANAGE_TEAMS

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.attendance.domain.months import Month
    from bangfu.attendance.models import Recall
    from bangfu.attendance.queries.leaves import LeaveRow
    from bangfu.attendance.queries.lists import MonthLine
    from bangfu.foundation.access.api import Actor
    from bangfu.teams.api import Duty

HERE, VISIT, AWAY, NONE, AHEAD, OUTSIDE = "here", "visit", "away", "none", "ahead", "outside"
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar.

    Attributes:
        mark: `here` (signed in), `visit` (a visit tells it), `away` (on leave), `none`, `ahead`
            (has not come), `outside` (of the duty).
    """

    day: date
    mark: str
    today: bool
    note: str


@dataclass(frozen=True, slots=True)
class DutyDetail:
    """A month's page.

    Attributes:
        weeks: days by week from Monday; None before the first and after the last day.
        may_recall: whether the reader may call the person back.
        recall: how the duty ended by a recall, and why.
    """

    line: MonthLine
    month: Month
    weeks: list[list[Day | None]]
    leaves: list[LeaveRow]
    noted: list[Day]
    begins: date
    ends: date | None
    recall: tuple[Recall, str] | None
    may_recall: bool


def weeks_of(days: list[Day]) -> list[list[Day | None]]:
    """Days in rows of a week from Monday."""
    cells: list[Day | None] = [None] * days[0].day.weekday()
    cells += days
    cells += [None] * (-len(cells) % _WEEK)
    return [cells[start : start + _WEEK] for start in range(0, len(cells), _WEEK)]


def days_of(duty: Duty, month: Month) -> list[Day]:
    """Every day of a month with what is known of it."""
    came = came_in([duty], month)[duty.pk]
    away = days_between(month, spans_of([duty.pk], month).get(duty.pk, []))
    rows = SignIn.objects.filter(
        cadre=duty.cadre_id, division=duty.division, day__gte=month.first, day__lt=month.end
    )
    notes = notes_of(rows)
    signed = {each.day for each in rows if each.source == SignIn.SIGNED}
    now = today()

    def mark(day: date) -> str:
        if day < duty.valid_from or (duty.valid_to is not None and day >= duty.valid_to):
            return OUTSIDE
        if day in came.days:
            return HERE if day in signed else VISIT
        if day in away:
            return AWAY
        return AHEAD if day > now else NONE

    return [Day(day, mark(day), day == now, notes.get(day, "")) for day in month.days()]


@transaction.atomic
def get_duty_month(actor: Actor, duty_id: UUID, month: Month) -> DutyDetail:
    """Open one official's month.

    Raises:
        Http404: when the duty is neither in the actor's scope nor their own.
    """
    duty = find_duty(actor, duty_id)
    record_opened(actor, SUBJECT, duty.cadre_id, duty.division)
    days = days_of(duty, month)
    (line,) = lines_of([duty], month)
    leaves = scoped_leaves(actor).filter(
        duty=duty, first_day__lt=month.end, last_day__gte=month.first
    )
    joined = leaves.select_related("matter", "duty__cadre").order_by("first_day", "asked_at")
    may = actor.may(MANAGE, duty.division) and actor.may(MANAGE_TEAMS, duty.division)
    return DutyDetail(
        line=line,
        month=month,
        weeks=weeks_of(days),
        leaves=rows_of(actor, joined),
        noted=[each for each in reversed(days) if each.note],
        begins=duty.valid_from,
        ends=duty.valid_to,
        recall=find_recall(actor, duty.pk),
        may_recall=may and duty.valid_to is None,
    )
