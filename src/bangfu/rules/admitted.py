"""The admitted subset of CEL (Common Expression Language), in one table.

The checker builds only what stands here, every engine lowers what the checker builds, and the
reference page prints it. `function` is the name the official parser gives to an operator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Admitted:
    """One row of the table: how it is written and what it does, in both languages."""

    function: str
    written: str
    zh: str
    en: str


ADMITTED: Final = (
    Admitted("_==_", "a == b", "相等；代码项只能与代码比较", "equal; a code item only with a code"),
    Admitted("_!=_", "a != b", "不相等", "not equal"),
    Admitted("_<_", "a < b", "小于；两边计量相同", "below; both sides of one measure"),
    Admitted("_<=_", "a <= b", "不大于", "at most"),
    Admitted("_>_", "a > b", "大于", "above"),
    Admitted("_>=_", "a >= b", "不小于", "at least"),
    Admitted("_&&_", "a && b", "并且；一边为假即为假", "and; false when one side is false"),
    Admitted("_||_", "a || b", "或者；一边为真即为真", "or; true when one side is true"),
    Admitted("!_", "!a", "非；未知仍为未知", "not; unknown stays unknown"),
    Admitted(
        "_?_:_", "a ? b : c", "如果 a 则 b，否则 c；a 未知则未知", "b if a, else c; unknown with a"
    ),
    Admitted("_+_", "a + b", "加；两边计量相同", "sum; both sides of one measure"),
    Admitted("_-_", "a - b", "减；两边计量相同", "difference; both sides of one measure"),
    Admitted("_*_", "a * b", "乘；至少一边是普通数", "product; one side a plain number"),
    Admitted("-_", "-a", "取负", "negative"),
    Admitted(
        "@in",
        'a in ["x", "y"]；"x" in a',
        "属于所列；多选项含有某代码",
        "one listed; a choice holds",
    ),
    Admitted(
        "div_floor",
        "div_floor(a, b)",
        "整除，向下取整；b 必须大于零",
        "division rounded down; b above 0",
    ),
    Admitted("age", "age(birth_month, as_of)", "周岁，按月计算", "completed years, by months"),
    Admitted("months_between", "months_between(a, b)", "从 a 到 b 的月数", "months from a to b"),
)

ADMITTED_FUNCTIONS: Final = frozenset(row.function for row in ADMITTED)
