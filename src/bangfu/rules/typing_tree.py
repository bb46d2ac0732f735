"""From the official checked tree to our frozen form: kinds, units, codes, bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bangfu.rules import checked_tree as raw
from bangfu.rules.admitted import ADMITTED_FUNCTIONS
from bangfu.rules.kinds import LARGEST, PLAIN, TRUTH, Base, Kind, Measure, Signature
from bangfu.rules.refusals import ExpressionRefused
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
    names_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bangfu.rules.layout import CodeList
    from bangfu.rules.tree import Comparison, Operation

_TEXT: Final = Kind(Base.CODE)
_ZERO: Final = Literal(0)
_MONTHS_PER_YEAR: Final = Literal(12)
_COMPARISONS: Final[Mapping[str, Comparison]] = {
    "_==_": "==",
    "_!=_": "!=",
    "_<_": "<",
    "_<=_": "<=",
    "_>_": ">",
    "_>=_": ">=",
}
_OPERATIONS: Final[Mapping[str, Operation]] = {"_+_": "+", "_-_": "-", "_*_": "*"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A node of the frozen form with what is known about its values."""

    tree: Tree
    kind: Kind
    low: int = 0
    high: int = 0
    ranged: bool = False

    @property
    def is_zero(self) -> bool:
        """Whether it is the literal 0, which fits every measure."""
        return isinstance(self.tree, Literal) and self.tree.value == 0 and self.kind.is_number


class Typist:
    """Reads one expression. `names` says what may be read, `lists` which codes exist."""

    def __init__(self, names: Mapping[str, Signature], lists: Mapping[str, CodeList]) -> None:
        self._names = names
        self._lists = lists
        self._readers: dict[str, Callable[[raw.Call], Typed]] = {
            "_&&_": lambda call: self._join(call, Both),
            "_||_": lambda call: self._join(call, Either),
            "!_": self._negation,
            "_?_:_": self._choice,
            "-_": self._minus,
            "@in": self._membership,
            "div_floor": self._floor_division,
            "age": self._age,
            "months_between": self._months_between,
        }
        self._readers |= dict.fromkeys(_COMPARISONS, self._order)
        self._readers |= dict.fromkeys(("_==_", "_!=_"), self._equality)
        self._readers |= dict.fromkeys(_OPERATIONS, self._operation)

    @property
    def readable(self) -> frozenset[str]:
        """The functions it can read; a test holds them against the admitted subset."""
        return frozenset(self._readers)

    def read(self, node: raw.Raw) -> Typed:
        """The node and all below it.

        Raises:
            ExpressionRefused: with the offset of the part that is refused.
        """
        match node:
            case raw.Constant(value=value):
                return self._constant(node, value)
            case raw.Identifier(name=name):
                known = self._names[name]
                return Typed(Name(name), known.kind, known.low, known.high, known.ranged)
            case raw.Call(function=function) if self._admits(node):
                return self._within_bounds(node, self._readers[function](node))
            case raw.Call(function=function):
                raise ExpressionRefused("pack.not_admitted", node.offset, what=function.strip("_"))
            case raw.Listing():
                raise ExpressionRefused("pack.not_admitted", node.offset, what="[]")
            case raw.Foreign(what=what):
                raise ExpressionRefused("pack.not_admitted", node.offset, what=what)

    def _admits(self, call: raw.Call) -> bool:
        return call.function in ADMITTED_FUNCTIONS and not call.method

    @staticmethod
    def _constant(node: raw.Constant, value: bool | int | str | None) -> Typed:
        if value is None:
            raise ExpressionRefused("pack.not_admitted", node.offset, what="null / 1.0 / 1u / b''")
        if isinstance(value, bool):
            return Typed(Literal(value), TRUTH)
        if isinstance(value, int):
            return Typed(Literal(value), PLAIN, value, value)
        return Typed(Literal(value), _TEXT)

    @staticmethod
    def _within_bounds(call: raw.Call, typed: Typed) -> Typed:
        if typed.low < -LARGEST or typed.high > LARGEST:
            raise ExpressionRefused("pack.cannot_lower", call.offset, why="64 bit")
        return typed

    def _join(self, call: raw.Call, node: type[Both] | type[Either]) -> Typed:
        left, right = (self.read(each) for each in call.arguments)
        return Typed(node(left.tree, right.tree), TRUTH)

    def _negation(self, call: raw.Call) -> Typed:
        return Typed(Not(self.read(call.arguments[0]).tree), TRUTH)

    def _choice(self, call: raw.Call) -> Typed:
        condition, then, otherwise = (self.read(each) for each in call.arguments)
        kind = self._same_measure(call, then, otherwise)
        if kind.base in {Base.CODE, Base.CODES}:
            raise ExpressionRefused("pack.not_admitted", call.offset, what='a ? "x" : "y"')
        return Typed(
            Choose(condition.tree, then.tree, otherwise.tree),
            kind,
            min(then.low, otherwise.low),
            max(then.high, otherwise.high),
            then.ranged or otherwise.ranged,
        )

    @staticmethod
    def _same_measure(call: raw.Call, left: Typed, right: Typed) -> Kind:
        if left.is_zero:
            return right.kind
        if not right.is_zero and left.kind.measure is not right.kind.measure:
            raise ExpressionRefused(
                "pack.measure_mismatch",
                call.offset,
                left=left.kind.measure.value,
                right=right.kind.measure.value,
            )
        return left.kind

    def _order(self, call: raw.Call) -> Typed:
        left, right = (self.read(each) for each in call.arguments)
        if not (left.kind.is_number and right.kind.is_number):
            raise ExpressionRefused(
                "pack.type_error", call.offset, operator=call.function.strip("_")
            )
        return self._comparison(call, left, right)

    def _equality(self, call: raw.Call) -> Typed:
        left, right = (self.read(each) for each in call.arguments)
        equal: Tree
        if left.kind.base is Base.NUMBER:
            return self._comparison(call, left, right)
        if left.kind.base is Base.CODE:
            equal = self._code_equality(call, left, right)
        elif left.kind.base is Base.TRUTH:
            same, neither = Both(left.tree, right.tree), Both(Not(left.tree), Not(right.tree))
            equal = Either(same, neither)
        else:
            raise ExpressionRefused(
                "pack.type_error", call.offset, operator=call.function.strip("_")
            )
        return Typed(equal if call.function == "_==_" else Not(equal), TRUTH)

    def _comparison(self, call: raw.Call, left: Typed, right: Typed) -> Typed:
        self._same_measure(call, left, right)
        return Typed(Compare(_COMPARISONS[call.function], left.tree, right.tree), TRUTH)

    def _code_equality(self, call: raw.Call, left: Typed, right: Typed) -> OneOf:
        item, literal = (right, left) if isinstance(left.tree, Literal) else (left, right)
        code = self._code_of(call, item, literal)
        return OneOf(item.tree, (code,))

    def _code_of(self, call: raw.Call, item: Typed, literal: Typed) -> str:
        """The code an item is compared with; it must stand in the item's list."""
        if not (isinstance(item.tree, Name) and isinstance(literal.tree, Literal)):
            raise ExpressionRefused("pack.code_comparison", call.offset)
        code = str(literal.tree.value)
        if self._lists[item.kind.list].find(code) is None:
            raise ExpressionRefused(
                "pack.unknown_code", call.offset, code=code, list=item.kind.list
            )
        return code

    def _operation(self, call: raw.Call) -> Typed:
        left, right = (self.read(each) for each in call.arguments)
        if not (left.kind.is_number and right.kind.is_number):
            raise ExpressionRefused(
                "pack.type_error", call.offset, operator=call.function.strip("_")
            )
        sign = _OPERATIONS[call.function]
        if sign == "*":
            return self._product(call, left, right)
        tree = Arithmetic(sign, left.tree, right.tree)
        kind = self._sum_kind(call, left, right)
        ranged = left.ranged or right.ranged
        if sign == "+":
            return Typed(tree, kind, left.low + right.low, left.high + right.high, ranged)
        return Typed(tree, kind, left.low - right.high, left.high - right.low, ranged)

    def _sum_kind(self, call: raw.Call, left: Typed, right: Typed) -> Kind:
        """Months shift by plain numbers, and the difference of two months is a plain number."""
        measures = (left.kind.measure, right.kind.measure)
        if measures == (Measure.MONTH, Measure.PLAIN):
            return left.kind
        if measures == (Measure.MONTH, Measure.MONTH):
            if call.function == "_-_":
                return PLAIN
            raise ExpressionRefused(
                "pack.measure_mismatch", call.offset, left="month", right="month"
            )
        return self._same_measure(call, left, right)

    @staticmethod
    def _product(call: raw.Call, left: Typed, right: Typed) -> Typed:
        if left.ranged and right.ranged:
            raise ExpressionRefused("pack.cannot_lower", call.offset, why="range * range")
        measures = {left.kind.measure, right.kind.measure} - {Measure.PLAIN}
        plain_sides = (left.kind, right.kind).count(PLAIN)
        if plain_sides == 0 or Measure.MONTH in measures:
            raise ExpressionRefused(
                "pack.measure_mismatch",
                call.offset,
                left=left.kind.measure.value,
                right=right.kind.measure.value,
            )
        ends = [low * high for low in (left.low, left.high) for high in (right.low, right.high)]
        return Typed(
            Arithmetic("*", left.tree, right.tree),
            left.kind if right.kind == PLAIN else right.kind,
            min(ends),
            max(ends),
            left.ranged or right.ranged,
        )

    def _minus(self, call: raw.Call) -> Typed:
        inner = self.read(call.arguments[0])
        if inner.kind.measure is Measure.MONTH:
            raise ExpressionRefused("pack.measure_mismatch", call.offset, left="-", right="month")
        tree = Arithmetic("-", _ZERO, inner.tree)
        return Typed(tree, inner.kind, -inner.high, -inner.low, inner.ranged)

    def _floor_division(self, call: raw.Call) -> Typed:
        left, right = (self.read(each) for each in call.arguments)
        if right.low <= 0 or right.ranged:
            raise ExpressionRefused("pack.cannot_lower", call.offset, why="div_floor(a, b <= 0)")
        if right.kind == PLAIN:
            kind = left.kind
        else:
            self._same_measure(call, left, right)
            kind = PLAIN
        if kind.measure is Measure.MONTH:
            raise ExpressionRefused(
                "pack.measure_mismatch", call.offset, left="month", right="number"
            )
        return self._divided(left, right.tree, (right.low, right.high), kind)

    @staticmethod
    def _divided(left: Typed, divisor: Tree, ends: tuple[int, int], kind: Kind) -> Typed:
        quotients = [end // by for end in (left.low, left.high) for by in ends]
        tree = FloorDivide(left.tree, divisor)
        return Typed(tree, kind, min(quotients), max(quotients), left.ranged)

    def _months_between(self, call: raw.Call) -> Typed:
        first, second = (self.read(each) for each in call.arguments)
        for each in (first, second):
            if each.kind.measure is not Measure.MONTH:
                raise ExpressionRefused(
                    "pack.measure_mismatch",
                    call.offset,
                    left="month",
                    right=each.kind.measure.value,
                )
        return Typed(
            Arithmetic("-", second.tree, first.tree),
            PLAIN,
            second.low - first.high,
            second.high - first.low,
            first.ranged or second.ranged,
        )

    def _age(self, call: raw.Call) -> Typed:
        return self._divided(self._months_between(call), _MONTHS_PER_YEAR, (12, 12), PLAIN)

    def _membership(self, call: raw.Call) -> Typed:
        element, holder = call.arguments
        if isinstance(holder, raw.Listing):
            return self._one_of(call, self.read(element), holder)
        codes = self.read(holder)
        code = self._code_of(call, codes, self.read(element))
        return Typed(Holds(Name(next(iter(names_in(codes.tree)))), code), TRUTH)

    def _one_of(self, call: raw.Call, inner: Typed, holder: raw.Listing) -> Typed:
        options: list[int | str] = []
        for element in holder.elements:
            typed = self.read(element)
            if not isinstance(typed.tree, Literal) or typed.kind.base is Base.TRUTH:
                raise ExpressionRefused("pack.not_admitted", element.offset, what="[a, b]")
            if typed.kind.base is Base.CODE:
                options.append(self._code_of(call, inner, typed))
            else:
                self._same_measure(call, inner, typed)
                options.append(typed.tree.value)
        if not options:
            raise ExpressionRefused("pack.not_admitted", call.offset, what="in []")
        return Typed(OneOf(inner.tree, tuple(options)), TRUTH)
