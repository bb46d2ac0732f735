"""Lowers the frozen form to Polars expressions.

A number is a pair of expressions, its low and its high end, which are one and the same where no
range can occur; null is "not known". Truths are nullable: Polars' `&` and `|` follow Kleene.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import polars as pl

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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.tree import Comparison

Ends = tuple[pl.Expr, pl.Expr]
UNKNOWN_TRUTH = pl.lit(None, dtype=pl.Boolean)


def point(expression: pl.Expr) -> Ends:
    """A number that is known or not, but never a range."""
    return expression, expression


def number_literal(value: int | None) -> Ends:
    """A known number, or an unknown one."""
    return point(pl.lit(value, dtype=pl.Int64))


class Lowering:
    """Lowers expressions that read the given columns."""

    def __init__(self, names: Mapping[str, Ends]) -> None:
        self._names = names

    def truth(self, tree: Tree) -> pl.Expr:
        """A condition: true, false or null."""
        match tree:
            case Both(left, right):
                return self.truth(left) & self.truth(right)
            case Either(left, right):
                return self.truth(left) | self.truth(right)
            case Not(inner):
                return ~self.truth(inner)
            case Choose(condition, then, otherwise):
                return self._choose(condition, self.truth(then), self.truth(otherwise))
            case Compare() | OneOf() | Holds():
                return self._atom(tree)
            case _:
                return self._plain(tree)

    def _atom(self, tree: Compare | OneOf | Holds) -> pl.Expr:
        match tree:
            case Compare(operator, left, right):
                return compare(operator, self.number(left), self.number(right))
            case OneOf(inner, options):
                return self._one_of(inner, options)
            case Holds(item, code):
                return self._names[item.name][0].list.contains(pl.lit(code))

    def _plain(self, tree: Tree) -> pl.Expr:
        if isinstance(tree, Literal):
            return pl.lit(tree.value)
        return self._names[cast("Name", tree).name][0]

    def _choose(self, condition: Tree, then: pl.Expr, otherwise: pl.Expr) -> pl.Expr:
        chosen = self.truth(condition)
        return pl.when(chosen).then(then).when(~chosen).then(otherwise)

    def number(self, tree: Tree) -> Ends:
        """A number's ends."""
        match tree:
            case Literal(value):
                return number_literal(int(value))
            case Name(name):
                return self._names[name]
            case Choose(condition, then, otherwise):
                return self._choose_number(condition, self.number(then), self.number(otherwise))
            case FloorDivide(left, right):
                low, high = self.number(left)
                divisor, _ = self.number(right)
                return point(low // divisor) if low is high else (low // divisor, high // divisor)
            case Arithmetic(operator, left, right):
                return self._arithmetic(operator, self.number(left), self.number(right))
            case _:
                raise TypeError(tree)

    def _choose_number(self, condition: Tree, then: Ends, otherwise: Ends) -> Ends:
        low = self._choose(condition, then[0], otherwise[0])
        if then[0] is then[1] and otherwise[0] is otherwise[1]:
            return point(low)
        return low, self._choose(condition, then[1], otherwise[1])

    @staticmethod
    def _arithmetic(operator: str, left: Ends, right: Ends) -> Ends:
        certain = left[0] is left[1] and right[0] is right[1]
        if operator == "*":
            return point(left[0] * right[0]) if certain else _product(left, right)
        if operator == "+":
            low = left[0] + right[0]
            return point(low) if certain else (low, left[1] + right[1])
        low = left[0] - right[1]
        return point(low) if certain else (low, left[1] - right[0])

    def _one_of(self, inner: Tree, options: tuple[int | str, ...]) -> pl.Expr:
        if isinstance(options[0], str):
            return self._plain(inner).is_in(list(options))
        ends = self.number(inner)
        found = pl.lit(False)
        for option in options:
            found = found | compare("==", ends, number_literal(cast("int", option)))
        return found


def compare(operator: Comparison, left: Ends, right: Ends) -> pl.Expr:
    """A comparison of numbers; null where the ranges do not decide it."""
    if left[0] is left[1] and right[0] is right[1]:
        return _compare_points(operator, left[0], right[0])
    if operator in {"<=", "!=", ">="}:
        opposite: Mapping[str, Comparison] = {"<=": ">", "!=": "==", ">=": "<"}
        return ~compare(opposite[operator], left, right)
    below, above = left[1] < right[0], left[0] > right[1]
    if operator == "<":
        return _decided(below, left[0] >= right[1])
    if operator == ">":
        return _decided(above, left[1] <= right[0])
    return _decided((left[0] >= right[1]) & (right[0] >= left[1]), below | above)


def _compare_points(operator: Comparison, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    match operator:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "==":
            return left == right
        case "!=":
            return left != right


def _decided(true: pl.Expr, false: pl.Expr) -> pl.Expr:
    return pl.when(true).then(True).when(false).then(False).otherwise(UNKNOWN_TRUTH)


def _product(left: Ends, right: Ends) -> Ends:
    """A range times a known number; the checker admits no range on both sides."""
    (low, high), (factor, _) = (left, right) if right[0] is right[1] else (right, left)
    one, other = low * factor, high * factor
    rising = factor >= 0
    return pl.when(rising).then(one).otherwise(other), pl.when(rising).then(other).otherwise(one)
