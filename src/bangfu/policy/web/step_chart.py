"""A parameter through time as bars: one for every value, as wide as the days it holds on.

One drawing for each place that has values, all on one scale from zero. Geometry only: the
template draws it, and the table beside it says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bangfu.rules.units import show_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.rules.api import Parameter, ParameterValue
    from bangfu.rules.layout import Language

_TOP: Final = 22
_BOTTOM: Final = 22
_HEIGHT: Final = 170
_DIGIT: Final = 8
"""About how wide a character of a label is."""
_YEAR_LABEL: Final = 44
_A_YEAR: Final = timedelta(days=365)
SIZES: Final = (("chart-wide", 880), ("chart-narrow", 320))
"""The class of a drawing and its width: one for desks, one for phones."""


@dataclass(frozen=True, slots=True)
class Step:
    """A value as drawn; `label` is empty where there is no room for it."""

    series: str
    left: int
    width: int
    top: int
    height: int
    label: str

    @property
    def middle(self) -> int:
        """The middle of the bar."""
        return self.left + self.width // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A year written under the axis, where it begins."""

    year: int
    x: int


@dataclass(frozen=True, slots=True)
class StepChart:
    """One place's values: bars, the days without one, years, and where today is."""

    name: str
    width: int
    height: int
    zero: int
    top: int
    steps: tuple[Step, ...]
    gaps: tuple[tuple[int, int], ...]
    ticks: tuple[Tick, ...]
    today: int

    @property
    def label_y(self) -> int:
        """Where the years are written."""
        return self.height - 5


@dataclass(frozen=True, slots=True)
class _Span:
    """From days to positions."""

    start: date
    end: date
    width: int

    def at(self, day: date) -> int:
        """The position of a day, kept within the drawing."""
        days = (min(max(day, self.start), self.end) - self.start).days
        return days * self.width // (self.end - self.start).days


def _span_of(values: Sequence[ParameterValue], today: date) -> tuple[date, date]:
    """From the first value to a while after the last change and today."""
    start = min(each.period.start for each in values)
    last = max([today, *(each.period.end or each.period.start for each in values)])
    end = last + max(_A_YEAR // 2, (last - start) // 12)
    return min(start, today), end


def _series(value: ParameterValue) -> str:
    if value.demo:
        return "s3"
    return "s2" if value.unverified else "s1"


def _number(value: ParameterValue, parameter: Parameter, language: Language) -> str:
    return show_number(value.value, parameter.unit, language).partition(" ")[0]


def _gaps(values: Sequence[ParameterValue], span: _Span) -> tuple[tuple[int, int], ...]:
    """The days between the first value and the end on which nothing holds."""
    found: list[tuple[int, int]] = []
    known = min(each.period.start for each in values)
    for each in sorted(values, key=lambda value: value.period.start):
        if each.period.start > known:
            found.append((span.at(known), span.at(each.period.start) - span.at(known)))
        known = max(known, each.period.end or date.max)
    if known < span.end:
        found.append((span.at(known), span.width - span.at(known)))
    return tuple(found)


def _ticks(span: _Span) -> tuple[Tick, ...]:
    years = range(span.start.year, span.end.year + 1)
    room = max(span.width // _YEAR_LABEL, 1)
    every = -(-len(years) // room)
    ticks = (Tick(year, span.at(date(year, 1, 1))) for year in years[::every])
    return tuple(each for each in ticks if each.x <= span.width - _YEAR_LABEL // 2)


def draw_steps(
    parameter: Parameter,
    values: Sequence[ParameterValue],
    today: date,
    language: Language,
    named: tuple[str, int],
) -> StepChart:
    """One place's values of a parameter in one size; `values` is not empty.

    The scale is that of all values of the parameter, so that places can be compared.
    """
    name, width = named
    span = _Span(*_span_of(parameter.values, today), width)
    highest = max([1, *(each.value for each in parameter.values)])
    zero = _HEIGHT - _BOTTOM
    steps = []
    for each in values:
        left = span.at(each.period.start)
        wide = max(span.at(each.period.end or span.end) - left - 1, 2)
        height = (zero - _TOP) * each.value // highest
        label = _number(each, parameter, language)
        fits = len(label) * _DIGIT <= wide
        top = zero - height
        steps.append(Step(_series(each), left, wide, top, height, label if fits else ""))
    return StepChart(
        name=name,
        width=width,
        height=_HEIGHT,
        zero=zero,
        top=_TOP,
        steps=tuple(steps),
        gaps=_gaps(values, span),
        ticks=_ticks(span),
        today=span.at(today),
    )


def charts_of(
    parameter: Parameter, values: Sequence[ParameterValue], today: date, language: Language
) -> list[StepChart]:
    """The drawing in both sizes."""
    return [draw_steps(parameter, values, today, language, named) for named in SIZES]
