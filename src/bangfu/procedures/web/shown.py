"""What a procedure's page shows of its table, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bangfu.foundation.access.api import load_roles
from bangfu.foundation.ui.api import reader_language
from bangfu.procedures.domain.table import (
    CountedFrom,
    DayKind,
    FactType,
    PaperOrigin,
)
from bangfu.procedures.permissions import holds_at
from bangfu.procedures.wording import joined, text_of, tier_text
from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.functional import _StrPromise

    from bangfu.procedures.domain.table import Fact, Guard, Limit, Move, Procedure, State
    from bangfu.rules.api import Pack

_ORIGINS: Final[dict[PaperOrigin, _StrPromise]] = {
    PaperOrigin.UPLOAD: gettext_lazy("上传"),
    PaperOrigin.ISSUED: gettext_lazy("系统出具"),
    PaperOrigin.MEETING: gettext_lazy("会议记录"),
}
_TYPES: Final[dict[FactType, _StrPromise]] = {
    FactType.FLAG: gettext_lazy("是或否"),
    FactType.COUNT: gettext_lazy("数量"),
    FactType.CODE: gettext_lazy("代码"),
    FactType.AMOUNT: gettext_lazy("金额"),
    FactType.PARAMETER: gettext_lazy("政策参数"),
    FactType.HOUSEHOLD_FACT: gettext_lazy("农户事实"),
}
_UNITS: Final = {DayKind.WORKING: "working_days", DayKind.CALENDAR: "days"}


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """A limit with the days that hold today.

    Attributes:
        days: in words; empty while nobody has set them. whole: whether it counts from the opening.
        source: who says so. marks: that it is still to be verified, or made up.
    """

    parameter: str
    days: str
    whole: bool
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class ShownState:
    """A state with how long it may last and who is told when it lasts longer."""

    name: str
    label: str
    final: bool
    limit: ShownLimit | None
    notice: str
    place: str
    notice_limit: ShownLimit | None
    tells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ShownMove:
    """A move: what it does, who makes it, and what it asks.

    Attributes:
        number: its number in the drawing. who: tiers with the roles that hold the right there.
        guards: reason given when it does not hold, the condition as written, and its source.
        papers: name and origin. apart: moves whose makers may not make this one.
    """

    number: int
    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: tuple[tuple[str, str], ...]
    guards: tuple[tuple[str, str, str], ...]
    papers: tuple[tuple[str, str], ...]
    note_required: bool
    apart: str
    during_notice: bool
    law: str


@dataclass(frozen=True, slots=True)
class ShownFact:
    """Something the conditions look at, and who knows it."""

    name: str
    label: str
    type: str
    value: str
    asked: bool


class Shown:
    """A procedure in words, on a day and for a place."""

    def __init__(self, procedure: Procedure, pack: Pack, day: date, division: str) -> None:
        self._procedure, self._pack = procedure, pack
        self._day, self._division = day, division

    def states(self) -> list[ShownState]:
        """Every state, in the table's order."""
        return [self._state(each) for each in self._procedure.states.values()]

    def moves(self) -> list[ShownMove]:
        """Every move, in the table's order, which is that of the drawing's numbers."""
        return [
            self._move(number, each)
            for number, each in enumerate(self._procedure.moves.values(), 1)
        ]

    def facts(self) -> list[ShownFact]:
        """Everything the conditions look at."""
        return [
            ShownFact(
                each.name,
                text_of(each.label),
                str(_TYPES[each.type]),
                self._number(each) if each.type is FactType.PARAMETER else "",
                each.asked,
            )
            for each in self._procedure.facts.values()
        ]

    def _state(self, state: State) -> ShownState:
        notice = state.notice
        return ShownState(
            name=state.name,
            label=text_of(state.label),
            final=state.final,
            limit=self._limit(state.limit) if state.limit else None,
            notice=text_of(notice.label) if notice else "",
            place=text_of(notice.place) if notice else "",
            notice_limit=self._limit(notice.limit) if notice else None,
            tells=tuple((each.after, tier_text(each.tier)) for each in state.escalates),
        )

    def _limit(self, limit: Limit) -> ShownLimit:
        parameter = self._pack.parameters.get(limit.parameter)
        value = parameter.value_on(self._day, self._division) if parameter else None
        language = reader_language()
        return ShownLimit(
            parameter=limit.parameter,
            days=show_number(value.value, _UNITS[limit.kind], language) if value else "",
            whole=limit.counted_from is CountedFrom.OPENED,
            source=value.source if value else "",
            unverified=bool(value and value.unverified),
        )

    def _number(self, fact: Fact) -> str:
        parameter = self._pack.parameters.get(fact.of)
        value = parameter.value_on(self._day, self._division) if parameter else None
        if parameter is None or value is None:
            return _("待录入")
        return show_number(value.value, parameter.unit, reader_language())

    def _move(self, number: int, move: Move) -> ShownMove:
        states = self._procedure.states
        return ShownMove(
            number=number,
            name=move.name,
            label=text_of(move.label),
            sources=tuple(text_of(states[name].label) for name in move.sources),
            target=text_of(states[move.target].label),
            who=who_makes(move),
            guards=tuple(self._guard(self._procedure.guards[name], move) for name in move.guards),
            papers=tuple(
                (text_of(paper.label), str(_ORIGINS[paper.origin]))
                for paper in (self._procedure.papers[name] for name in move.papers)
            ),
            note_required=move.note_required,
            apart=joined(text_of(self._procedure.label_of(name)) for name in move.not_after),
            during_notice=move.during_notice,
            law=move.law,
        )

    @staticmethod
    def _guard(guard: Guard, move: Move) -> tuple[str, str, str]:
        law = guard.law if guard.law != move.law else ""
        return text_of(guard.reason), " ".join(guard.condition.text.split()), law


def who_makes(move: Move) -> tuple[tuple[str, str], ...]:
    """The tiers of a move with the roles that hold its right there, the finest tier first."""
    language = reader_language()
    return tuple(
        (
            tier_text(tier),
            joined(
                role.label(language)
                for role in load_roles().values()
                if holds_at(role, move.capability, tier)
            ),
        )
        for tier in sorted(move.tiers, reverse=True)
    )


def longest_limit(states: Sequence[ShownState]) -> ShownLimit | None:
    """The limit of the whole way: the one that counts from the opening, of the last state."""
    whole = [each.limit for each in states if each.limit and each.limit.whole and each.limit.days]
    return whole[-1] if whole else None


def first_notice(states: Sequence[ShownState]) -> ShownLimit | None:
    """How long the first public notice hangs."""
    return next((each.notice_limit for each in states if each.notice_limit), None)
