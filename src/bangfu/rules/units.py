"""Units of parameters and facts: how the pack writes them, what engines compute in, how they read.

A unit is a word, or words joined by `/` (`yuan/person/year`); the first says what is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.kernel.money import AmountInvalid, format_hundredths, parse_hundredths
from bangfu.rules.kinds import LARGEST_PARAMETER, LARGEST_PERCENT, Kind, Measure
from bangfu.rules.kinds import Base as _Base
from bangfu.rules.text import Text

if TYPE_CHECKING:
    from bangfu.rules.layout import Language


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A word of a unit and what it measures; `one` is the English word beside the number 1."""

    text: Text
    measure: Measure = Measure.PLAIN
    one: str = ""


UNIT_WORDS: Final = {
    "yuan": UnitWord(Text("元", "yuan"), Measure.FEN),
    "mu": UnitWord(Text("亩", "mu"), Measure.MU),
    "sqm": UnitWord(Text("平方米", "m²"), Measure.SQM),
    "km": UnitWord(Text("公里", "km"), Measure.KM),
    "person": UnitWord(Text("人", "person")),
    "people": UnitWord(Text("人", "people"), one="person"),
    "household": UnitWord(Text("户", "household")),
    "households": UnitWord(Text("户", "households"), one="household"),
    "year": UnitWord(Text("年", "year")),
    "years": UnitWord(Text("年", "years"), one="year"),
    "age": UnitWord(Text("周岁", "years of age"), one="year of age"),
    "month": UnitWord(Text("月", "month")),
    "months": UnitWord(Text("个月", "months"), one="month"),
    "days": UnitWord(Text("天", "days"), one="day"),
    "working_days": UnitWord(Text("个工作日", "working days"), one="working day"),
    "percent": UnitWord(Text("%", "%")),
    "times": UnitWord(Text("次", "times"), one="time"),
}
_DEFAULTS: Final = {
    Measure.FEN: "yuan",
    Measure.MU: "mu",
    Measure.SQM: "sqm",
    Measure.KM: "km",
}
"""Measures kept in hundredths, and the unit they are shown in when none is named."""

_PERCENT: Final = "percent"


def kind_of_unit(unit: str) -> Kind | None:
    """The kind of numbers a unit measures; None when a word of it is not known."""
    words = unit.split("/")
    if not all(word in UNIT_WORDS for word in words):
        return None
    return Kind(_Base.NUMBER, UNIT_WORDS[words[0]].measure)


def largest_of(unit: str) -> int:
    """More than any parameter of this unit is, in the engine's unit."""
    return LARGEST_PERCENT if unit == _PERCENT else LARGEST_PARAMETER


def is_hundredths(kind: Kind) -> bool:
    """Whether values are kept in hundredths of the unit people write."""
    return kind.is_number and kind.measure in _DEFAULTS


def default_unit(kind: Kind) -> str:
    """The unit to show when none is named: yuan, mu, m² or km, else none."""
    return _DEFAULTS.get(kind.measure, "") if kind.is_number else ""


def parse_amount(text: str | int, unit: str) -> int | None:
    """Read `6000`, `"6000.50"` (yuan) in the engine's unit; None when it is no such amount."""
    kind = kind_of_unit(unit)
    if kind is None or isinstance(text, bool):
        return None
    try:
        value = parse_hundredths(str(text))
    except AmountInvalid:
        return None
    if not is_hundredths(kind):
        value, cents = divmod(value, 100)
        if cents:
            return None
    return value if 0 <= value <= largest_of(unit) else None


def unit_text(unit: str, language: Language) -> str:
    """`yuan/person/year` as 元/人/年."""
    return "/".join(UNIT_WORDS[word].text.of(language) for word in unit.split("/")) if unit else ""


def number_text(value: int, unit: str) -> str:
    """A number of the engine without its unit: `6,000`; decimals only where needed."""
    kind = kind_of_unit(unit) if unit else None
    if kind is not None and kind.measure in _DEFAULTS:
        return format_hundredths(value, decimals=value % 100 != 0)
    return f"{value:,}"


def show_number(value: int, unit: str, language: Language) -> str:
    """A number of the engine as people write it: `6,000 元/人/年`, `1 person`, `20%`."""
    word = unit_text(unit, language)
    if value == 1 and language == "en" and unit in UNIT_WORDS:
        word = UNIT_WORDS[unit].one or word
    gap = "" if unit == _PERCENT or not unit else " "
    return f"{number_text(value, unit)}{gap}{word}"
