"""The few words that values and verdicts need around the pack's own, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.rules.text import Text
from bangfu.rules.units import number_text, show_number
from bangfu.rules.values import Range, Value

if TYPE_CHECKING:
    from bangfu.rules.layout import CodeList, Language

UNKNOWN: Final = Text("未知", "unknown")
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
NONE: Final = Text("无", "none")
BETWEEN: Final = Text("{low} 至 {high}", "{low} to {high}")
AT_LEAST: Final = Text("至少 {low}", "at least {low}")
AT_MOST: Final = Text("至多 {high}", "at most {high}")
LIST_COMMA: Final = Text("、", ", ")
CLEAR: Final = Text("未达到本规则的条件。", "The condition of this rule is not met.")
CANNOT_TELL: Final = Text("资料不全，尚不能判断。", "Not enough is known to tell.")
OPERATORS: Final = {
    "<": Text("低于", "below"),
    "<=": Text("不高于", "at most"),
    ">": Text("高于", "above"),
    ">=": Text("不低于", "at least"),
    "==": Text("等于", "equal to"),
    "!=": Text("不等于", "other than"),
    "in": Text("属于", "one of"),
}


def _show_range(value: Range, unit: str, language: Language) -> str:
    if value.low is None or value.high is None:
        wording = AT_MOST if value.low is None else AT_LEAST
        end = value.high if value.low is None else value.low
        shown = show_number(end or 0, unit, language)
        return wording.of(language).format(low=shown, high=shown)
    high = show_number(value.high, unit, language)
    return BETWEEN.of(language).format(low=number_text(value.low, unit), high=high)


def _show_code(code: str, codes: CodeList | None, language: Language) -> str:
    found = codes.find(code) if codes else None
    return found.label(language) if found else code


def show_value(value: Value, unit: str, codes: CodeList | None, language: Language) -> str:
    """A value as people read it, in the reader's language."""
    match value:
        case None:
            return UNKNOWN.of(language)
        case bool():
            return (YES if value else NO).of(language)
        case int():
            return show_number(value, unit, language)
        case Range():
            return _show_range(value, unit, language)
        case str():
            return _show_code(value, codes, language)
        case tuple():
            shown = [_show_code(each, codes, language) for each in value]
            return LIST_COMMA.of(language).join(shown) or NONE.of(language)
