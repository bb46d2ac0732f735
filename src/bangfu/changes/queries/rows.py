"""A change request as a line of a list, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.procedures.api import pinned_procedure, working_calendar
from bangfu.registry.api import (
    DECREASE,
    INCREASE,
    AdjustmentKind,
    code_label,
    list_divisions,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.changes.models import ChangeRequest
    from bangfu.procedures.api import WorkingCalendar


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line.

    Attributes:
        what: kind and reason in words, `减少成员：死亡`.
        days_left: working days until the due day; None without one, or when it is closed.
        seen: the version to hand back with a move, so that a stale page is told.
    """

    id: UUID
    household_id: UUID
    number: str
    head_name: str
    township: str
    village: str
    kind: str
    kind_label: str
    reason_label: str
    day: date
    source: str
    source_label: str
    state: str
    state_label: str
    closed: bool
    crosses: bool
    asked_at: datetime
    asked_by: str
    due_on: date | None
    due_provisional: bool
    days_left: int | None
    seen: int

    @property
    def what(self) -> str:
        """Kind and reason."""
        return "：".join(text for text in (self.kind_label, self.reason_label) if text)


def rows_of(requests: Iterable[ChangeRequest]) -> list[RequestRow]:
    """Requests as lines; they come with matter and household joined."""
    shown = list(requests)
    if not shown:
        return []
    places = {part for x in shown for part in (x.division, x.division[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places, today())}
    calendar = working_calendar(today())
    return [_row(each, names, calendar) for each in shown]


def reason_label(request: ChangeRequest) -> str:
    """The reason for joining or leaving in words; empty for other kinds."""
    if not request.reason:
        return ""
    joining = request.kind == AdjustmentKind.JOIN.value
    return code_label(INCREASE if joining else DECREASE, request.reason, reader_language())


def _row(request: ChangeRequest, names: Mapping[str, str], calendar: WorkingCalendar) -> RequestRow:
    matter, household = request.matter, request.household
    language = reader_language()
    procedure = pinned_procedure(matter.version_id)
    source = procedure.choice("source", request.source)
    closed = matter.closed_at is not None
    due = None if closed else matter.due_on
    township = request.division[: int(Level.TOWNSHIP)]
    return RequestRow(
        id=request.pk,
        household_id=household.pk,
        number=household.household_number,
        head_name=household.head_name,
        township=names.get(township, township),
        village=names.get(request.division, request.division),
        kind=request.kind,
        kind_label=str(request.get_kind_display()),
        reason_label=reason_label(request),
        day=request.day,
        source=request.source,
        source_label=source.label.text(language) if source else request.source,
        state=matter.state,
        state_label=procedure.states[matter.state].label.text(language),
        closed=closed,
        crosses=request.crosses,
        asked_at=request.asked_at,
        asked_by=request.asked_by,
        due_on=due,
        due_provisional=matter.due_provisional and not closed,
        days_left=None if due is None else calendar.between(today(), due),
        seen=matter.lock_version,
    )
