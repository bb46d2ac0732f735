"""Evaluates the frozen form where values may be ranges: the meaning of "unknown" in one place.

A comparison is decided where every value in the ranges of both sides decides it the same way, and
unknown otherwise; `&&`, `||` and `!` follow Kleene; `?:` is unknown where its condition is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bangfu.rules.tree import (
    Arithmetic,
    Both,
    Choose,
    Compare,
    Either,
    FloorDivide,
    Holds,
    Literal,
    Name,
    Not,
    OneOf,
    Tree,
)
from bangfu.rules.values import Range, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.tree import Comparison

Ends = tuple[int | None, int | None]


def evaluate(tree: Tree, values: Mapping[str, Value]) -> Value:
    """The value of `tree`; names that are missing from `values` are unknown."""
    match tree:
        case Literal(value):
            return value
        case Name(name):
            return values.get(name)
        case Arithmetic() | FloorDivide():
            return _number(tree, values)
        case Choose(condition, then, otherwise):
            chosen = evaluate(condition, values)
            return None if chosen is None else evaluate(then if chosen else otherwise, values)
        case _:
            return truth(tree, values)


def truth(tree: Tree, values: Mapping[str, Value]) -> bool | None:
    """The truth of a condition: true, false or unknown (None)."""
    match tree:
        case Both(left, right):
            return _both(truth(left, values), truth(right, values))
        case Either(left, right):
            return _negated(_both(_negated(truth(left, values)), _negated(truth(right, values))))
        case Not(inner):
            return _negated(truth(inner, values))
        case Compare() | OneOf() | Holds():
            return _atom(tree, values)
        case _:
            return cast("bool | None", evaluate(tree, values))


def _atom(tree: Compare | OneOf | Holds, values: Mapping[str, Value]) -> bool | None:
    match tree:
        case Compare(operator, left, right):
            return compare(operator, evaluate(left, values), evaluate(right, values))
        case OneOf(inner, options):
            return _one_of(evaluate(inner, values), options)
        case Holds(item, code):
            held = cast("tuple[str, ...] | None", evaluate(item, values))
            return None if held is None else code in held


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def _one_of(value: Value, options: tuple[int | str, ...]) -> bool | None:
    if value is None or isinstance(value, str):
        return None if value is None else value in options
    found: bool | None = False
    for option in options:
        equal = compare("==", value, option)
        found = _negated(_both(_negated(found), _negated(equal)))
    return found


def ends_of(value: Value) -> Ends:
    """The ends of a number's range; a known number is both, an unknown one has none."""
    if isinstance(value, Range):
        return value.low, value.high
    number = cast("int | None", value)
    return number, number


def between(low: int | None, high: int | None) -> Value:
    """The value with these ends: a number where they meet, unknown where there are none."""
    return low if low == high else Range(low, high)


def _below(high: int | None, low: int | None) -> bool:
    """Whether a high end is surely below a low end."""
    return high is not None and low is not None and high < low


def compare(operator: Comparison, left: Value, right: Value) -> bool | None:
    """One comparison of numbers: known, ranges or unknown."""
    (left_low, left_high), (right_low, right_high) = ends_of(left), ends_of(right)
    below, above = _below(left_high, right_low), _below(right_high, left_low)
    match operator:
        case "<":
            return True if below else False if _at_least(left_low, right_high) else None
        case ">":
            return True if above else False if _at_least(right_low, left_high) else None
        case "<=":
            return _negated(compare(">", left, right))
        case ">=":
            return _negated(compare("<", left, right))
        case "==" | "!=":
            same = _at_least(left_low, right_high) and _at_least(right_low, left_high)
            equal = True if same else False if below or above else None
            return equal if operator == "==" else _negated(equal)


def _at_least(low: int | None, high: int | None) -> bool:
    return low is not None and high is not None and low >= high


def _number(tree: Arithmetic | FloorDivide, values: Mapping[str, Value]) -> Value:
    left = ends_of(evaluate(tree.left, values))
    right = ends_of(evaluate(tree.right, values))
    if isinstance(tree, FloorDivide):
        divisor = right[0]
        return between(_divided(left[0], divisor), _divided(left[1], divisor))
    if tree.operator == "+":
        return between(_added(left[0], right[0]), _added(left[1], right[1]))
    if tree.operator == "-":
        return between(_subtracted(left[0], right[1]), _subtracted(left[1], right[0]))
    return _product(left, right)


def _divided(dividend: int | None, divisor: int | None) -> int | None:
    return None if dividend is None or divisor is None else dividend // divisor


def _added(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _subtracted(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _product(left: Ends, right: Ends) -> Value:
    """A range times a known number; the checker admits no range on both sides."""
    (low, high), (factor, _) = (left, right) if right[0] == right[1] else (right, left)
    if factor is None:
        return None
    ends = [None if end is None else end * factor for end in (low, high)]
    return between(*(ends if factor >= 0 else reversed(ends)))
