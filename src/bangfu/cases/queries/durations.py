"""How long cases take, step by step and as a whole, by place and by risk. Nobody is named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.domain.durations import Measured, measure
from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.models import Case
from bangfu.cases.permissions import READ
from bangfu.cases.queries.rows import reader_for, risk_label
from bangfu.foundation.audit.api import record_counted
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.clock import civil_day
from bangfu.kernel.division import DivisionCode, Level
from bangfu.policy.api import active_pack
from bangfu.procedures.api import (
    MatterMove,
    load_procedure,
    main_way,
    working_calendar,
)
from bangfu.registry.api import division_name, list_divisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.procedures.api import Procedure

FEWEST: Final = "durations_fewest"
KINDS: Final = (CaseKind.RECOGNITION, CaseKind.MONITORING)
ENDS: Final = "announce"
"""The move of either kind that ends what is measured as a whole; the opening begins it."""
PERIODS: Final = {"year": 365, "half": 183, "all": 0}
"""Days back from today; 0 is everything."""


@dataclass(frozen=True, slots=True)
class DurationFilters:
    """What is measured.

    Attributes:
        division: a place of the actor's scope; empty for all of it.
        risk: a risk type; empty for all.
        period: a name of `PERIODS`; what ended in it is counted.
    """

    division: str = ""
    risk: str = ""
    period: str = "year"

    def as_document(self) -> dict[str, Any]:
        """For the audit."""
        return {"risk": self.risk, "period": self.period, "division": self.division}


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long cases stood at a step.

    Attributes:
        tier: whose step it is, by the procedure's moves out of it.
        limit: the working days the step may last; None where the limit counts otherwise.
    """

    kind: str
    kind_label: str
    state: str
    label: str
    tier: str
    limit: int | None
    measured: Measured


@dataclass(frozen=True, slots=True)
class GroupTime:
    """How long whole cases took in a place, or for a risk: recognition, then to elimination."""

    code: str
    label: str
    recognition: Measured
    elimination: Measured


@dataclass(frozen=True, slots=True)
class Durations:
    """Everything the page shows.

    Attributes:
        recognition: from the opening to the announcement. elimination: from then on to the
            announcement that the risk is gone.
        fewest: fewer than so many are not told.
    """

    fewest: int
    steps: tuple[StepTime, ...]
    recognition: Measured
    elimination: Measured
    places: tuple[GroupTime, ...]
    risks: tuple[GroupTime, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of a case: at which step, how long; the empty step is the whole."""

    kind: str
    state: str
    division: str
    risks: tuple[str, ...]
    days: int


class _WorkingDays:
    """Working days between two days, counted once for each pair."""

    def __init__(self) -> None:
        self._calendar = working_calendar()
        self._known: dict[tuple[date, date], int] = {}

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`."""
        if (start, end) not in self._known:
            self._known[start, end] = self._calendar.between(start, end)
        return self._known[start, end]


@transaction.atomic
def measure_durations(actor: Actor, filters: DurationFilters | None = None) -> Durations:
    """How long cases take where the actor may read them.

    Raises:
        Refused: when no pack is in force.
    """
    wanted = filters or DurationFilters()
    place = actor.scope(READ).common
    parameters = active_pack(today()).parameters_on(today(), wanted.division or place)
    fewest = parameters.get(FEWEST, 0)
    passages = list(_passages(_cases(actor, wanted), wanted))
    record_counted(actor, "case", wanted.as_document(), wanted.division or place)
    whole = [each for each in passages if not each.state]
    return Durations(
        fewest=fewest,
        steps=tuple(_steps(passages, fewest, parameters)),
        recognition=_of_kind(whole, CaseKind.RECOGNITION, fewest),
        elimination=_of_kind(whole, CaseKind.MONITORING, fewest),
        places=tuple(_by_place(whole, fewest, wanted.division or place)),
        risks=tuple(_by_risk(whole, fewest)),
    )


def _cases(actor: Actor, wanted: DurationFilters) -> QuerySet[Case]:
    rows = Case.objects.filter(actor.scope(READ).q("division"), kind__in=KINDS)
    if wanted.division:
        place = DivisionCode(wanted.division)
        rows = rows.filter(division__gte=place, division__lt=place.ceiling)
    return rows


def _passages(cases: QuerySet[Case], wanted: DurationFilters) -> Iterator[_Passage]:
    days = PERIODS.get(wanted.period, 0)
    since = today() - timedelta(days=days) if days else None
    held = {
        matter: (kind, division, tuple(risks))
        for matter, kind, division, risks in cases.values_list(
            "matter_id", "kind", "division", "risks"
        )
        if not wanted.risk or wanted.risk in risks
    }
    rows = MatterMove.objects.filter(matter__in=cases.values("matter_id"))
    fields = ("matter_id", "move", "from_state", "to_state", "at")
    by_matter: dict[UUID, list[tuple[str, str, str, date]]] = defaultdict(list)
    for matter, move, left, came, at in rows.order_by("matter_id", "number").values_list(*fields):
        if matter in held:
            by_matter[matter].append((move, left, came, civil_day(at)))
    calendar = _WorkingDays()
    for matter, moves in by_matter.items():
        kind, division, risks = held[matter]
        for state, start, end in _stretches(moves):
            if since is None or end >= since:
                yield _Passage(kind, state, division, risks, calendar.between(start, end))


def _stretches(
    moves: Sequence[tuple[str, str, str, date]],
) -> Iterator[tuple[str, date, date]]:
    """Every step that was left, with its days; the whole as the empty step, once."""
    entered, opened = moves[0][3], moves[0][3]
    ended = False
    for move, left, came, day in moves[1:]:
        if came == left:
            continue
        yield left, entered, day
        entered = day
        if not ended and move == ENDS:
            ended = True
            yield "", opened, day


def _of_kind(whole: Iterable[_Passage], kind: CaseKind, fewest: int) -> Measured:
    return measure([each.days for each in whole if each.kind == kind], fewest)


def _steps(
    passages: Sequence[_Passage], fewest: int, parameters: Mapping[str, int]
) -> Iterator[StepTime]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in passages:
        found[each.kind, each.state].append(each.days)
    language = reader_language()
    for kind in KINDS:
        table = load_procedure(kind.value)
        for name in main_way(table):
            state, days = table.states[name], found[kind.value, name]
            if state.final or not days:
                continue
            limit = state.limit
            own = limit is not None and (limit.kind, limit.counted_from) == (
                "working_days",
                "entered",
            )
            yield StepTime(
                kind=kind.value,
                kind_label=table.label.text(language),
                state=name,
                label=state.label.text(language),
                tier=_tier_of(table, name),
                limit=parameters.get(limit.parameter) if limit is not None and own else None,
                measured=measure(days, fewest),
            )


def _tier_of(table: Procedure, state: str) -> str:
    """The tier that moves a case on along the main way: the finest of those who may."""
    way = main_way(table)
    onward = way[way.index(state) + 1] if state != way[-1] else ""
    tiers = [
        tier for move in table.moves_from(state) if move.target == onward for tier in move.tiers
    ]
    return max(tiers).name.lower() if tiers else ""


def _by_place(whole: Sequence[_Passage], fewest: int, place: str) -> Iterator[GroupTime]:
    """By the divisions one tier below the place looked at; a village has none below."""
    finer = [each for each in Level if each > len(place)]
    if not finer:
        return
    width = int(finer[0])
    codes = sorted({each.division[:width] for each in whole})
    names = {each.code: each.name for each in list_divisions(codes)}
    for code in codes:
        inside = [each for each in whole if each.division[:width] == code]
        yield _group(code, names.get(code, code), inside, fewest)


def _by_risk(whole: Sequence[_Passage], fewest: int) -> Iterator[GroupTime]:
    reader = reader_for(set())
    for risk in sorted({risk for each in whole for risk in each.risks}):
        inside = [each for each in whole if risk in each.risks]
        yield _group(risk, risk_label(risk, reader), inside, fewest)


def _group(code: str, label: str, inside: Sequence[_Passage], fewest: int) -> GroupTime:
    return GroupTime(
        code,
        label,
        _of_kind(inside, CaseKind.RECOGNITION, fewest),
        _of_kind(inside, CaseKind.MONITORING, fewest),
    )


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """The places the actor may narrow to: the scope's own divisions."""
    return [(str(each), division_name(each)) for each in actor.scope(READ).divisions if each]
