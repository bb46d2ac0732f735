"""The track of a matter: every state of its main way, and how much of the time has gone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bangfu.foundation.clock.api import now, today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.clock import civil_day
from bangfu.policy.api import active_pack
from bangfu.procedures.domain.deadlines import start_of
from bangfu.procedures.domain.table import CountedFrom, DayKind
from bangfu.procedures.domain.ways import way_ahead, way_so_far
from bangfu.procedures.models import MatterMove
from bangfu.procedures.queries.dues import Dues
from bangfu.procedures.queries.notices import notice_of
from bangfu.procedures.queries.tables import pinned_procedure, working_calendar
from bangfu.procedures.wording import text_of
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from datetime import date

    from bangfu.procedures.domain.table import Limit, Procedure, State
    from bangfu.procedures.models import Matter

_UNITS: Final = {DayKind.WORKING: "working_days", DayKind.CALENDAR: "days"}


class StepPlace(StrEnum):
    """Where a step stands, seen from the matter."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Clock:
    """How much of a limit has gone.

    Attributes:
        used, total: days gone with today, and days there are; more than all of them when overdue.
        left: days left; negative when overdue. working: whether they are working days.
        whole: whether they count from the matter's opening, not from the present state's.
        due_on: the last day in time. provisional: its year's working days are not announced yet.
    """

    used: int
    total: int
    working: bool
    whole: bool
    due_on: date
    provisional: bool = False

    @property
    def left(self) -> int:
        """Days left; negative when overdue."""
        return self.total - self.used


@dataclass(frozen=True, slots=True)
class Step:
    """One state on the main way.

    Attributes:
        day, who: when the matter came there and through whom; empty for what lies ahead, and
            nobody for the system.
        limit: how long it may last, in words (`10 个工作日`); of a notice, how long it hangs.
        due_on: the last day in time, where it is known: for the present state, and for those
            ahead whose limit counts from the matter's opening.
        clock: how much of the limit has gone; of the present state only.
    """

    state: str
    label: str
    place: StepPlace
    day: date | None = None
    who: str = ""
    limit: str = ""
    due_on: date | None = None
    clock: Clock | None = None


def steps_of(matter: Matter) -> list[Step]:
    """The matter's main way: the states come through, the present one, and those to come.

    A return takes the steps undone off the way; a matter that is closed has nothing ahead.
    """
    procedure = pinned_procedure(matter.version_id)
    rows = list(MatterMove.objects.filter(matter=matter.pk).order_by("number"))
    behind = way_so_far(row.to_state for row in rows)
    came = {row.to_state: row for row in rows}
    ahead = [] if matter.closed_at else way_ahead(procedure, matter.state, behind)
    words = _Limits(procedure, matter)
    done = [
        Step(
            name,
            text_of(procedure.states[name].label),
            StepPlace.DONE,
            civil_day(came[name].at),
            came[name].by_name if came[name].by_id else "",
            words.of(name),
        )
        for name in behind
        if name != matter.state
    ]
    to_come = [
        Step(
            name,
            text_of(procedure.states[name].label),
            StepPlace.AHEAD,
            limit=words.of(name),
            due_on=words.due_ahead(name),
        )
        for name in ahead
    ]
    return [*done, _present(procedure, matter, came.get(matter.state), words), *to_come]


def _present(procedure: Procedure, matter: Matter, came: MatterMove | None, words: _Limits) -> Step:
    clock = clock_of(matter)
    return Step(
        matter.state,
        text_of(procedure.states[matter.state].label),
        StepPlace.DONE if matter.closed_at else StepPlace.NOW,
        civil_day(came.at if came else matter.entered_at),
        came.by_name if came and came.by_id else "",
        words.of(matter.state),
        clock.due_on if clock else None,
        clock,
    )


class _Limits:
    """The limits of a matter's states, as the pack has them today."""

    def __init__(self, procedure: Procedure, matter: Matter) -> None:
        self._procedure, self._matter = procedure, matter
        self._days = active_pack(today()).parameters_on(today(), matter.division)

    def of(self, name: str) -> str:
        """In words; empty where nothing limits the state or nobody set how long."""
        limit = shown_limit(self._procedure.states[name])
        if limit is None or limit.parameter not in self._days:
            return ""
        return show_number(self._days[limit.parameter], _UNITS[limit.kind], reader_language())

    def due_ahead(self, name: str) -> date | None:
        """The last day of a state to come, where its limit counts from the matter's opening."""
        limit = self._procedure.states[name].limit
        if limit is None or limit.counted_from is not CountedFrom.OPENED:
            return None
        matter = self._matter
        dues = Dues(self._procedure, name)
        due = dues.of(opened=matter.opened_at, entered=now(), division=matter.division)
        return due.day if due else None


def shown_limit(state: State) -> Limit | None:
    """The limit people wait for: of a state with a notice, how long it has to hang."""
    return state.notice.limit if state.notice else state.limit


def clock_of(matter: Matter) -> Clock | None:
    """How much of the present state's time has gone; None when nothing limits it.

    Of a state with a notice and no limit of its own, how long it has hung.
    """
    state = pinned_procedure(matter.version_id).states[matter.state]
    if matter.closed_at is not None:
        return None
    if state.limit is not None and matter.due_on is not None:
        return _clock(state.limit, matter, matter.due_on, matter.due_provisional)
    notice = notice_of(matter.pk) if state.notice is not None else None
    if state.notice is None or notice is None or notice.state != state.name:
        return None
    return _clock(state.notice.limit, matter, notice.ends_on)


def _clock(limit: Limit, matter: Matter, due_on: date, provisional: bool = False) -> Clock:
    opened, entered = civil_day(matter.opened_at), civil_day(matter.entered_at)
    begun = start_of(limit, opened=opened, entered=entered)
    if limit.kind is DayKind.WORKING:
        calendar = working_calendar()
        total, used = calendar.between(begun, due_on), calendar.between(begun, today())
    else:
        total, used = (due_on - begun).days, (today() - begun).days
    whole = limit.counted_from is CountedFrom.OPENED
    return Clock(used, total, limit.kind is DayKind.WORKING, whole, due_on, provisional)
