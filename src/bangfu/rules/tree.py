"""The frozen form of a checked expression: what every engine evaluates or lowers.

Eleven node types and nothing else. What can be said with others is already spelled out, so that an
engine has little to get wrong: `age` and `months_between` are subtraction and floor division, unary
minus is subtraction from zero, comparing a code is `OneOf`, comparing truths is `&&` and `||`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal as OneOfTexts

if TYPE_CHECKING:
    from collections.abc import Iterator

Comparison = OneOfTexts["==", "!=", "<", "<=", ">", ">="]
Operation = OneOfTexts["+", "-", "*"]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the pack: truth, whole number or text."""

    value: bool | int | str


@dataclass(frozen=True, slots=True)
class Name:
    """An item, fact or parameter, or `as_of`; unknown where it is missing."""

    name: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of numbers; unknown where the ranges of its sides do not decide it."""

    operator: Comparison
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Both:
    """`&&`: false where a side is false, else unknown where a side is unknown."""

    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Either:
    """`||`: true where a side is true, else unknown where a side is unknown."""

    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Not:
    """`!`: unknown stays unknown."""

    inner: Tree


@dataclass(frozen=True, slots=True)
class Choose:
    """`?:`: unknown where the condition is unknown, whatever the branches say."""

    condition: Tree
    then: Tree
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Sum, difference or product of whole numbers."""

    operator: Operation
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class FloorDivide:
    """Whole division rounded down (also for negative numbers); the divisor is always above zero."""

    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class OneOf:
    """Whether a value is one of those listed."""

    inner: Tree
    options: tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether a multiple-choice item holds a code."""

    item: Name
    code: str


Tree = (
    Literal
    | Name
    | Compare
    | Both
    | Either
    | Not
    | Choose
    | Arithmetic
    | FloorDivide
    | OneOf
    | Holds
)


def children(tree: Tree) -> tuple[Tree, ...]:
    """The nodes directly below `tree`, left to right."""
    match tree:
        case Literal() | Name():
            return ()
        case Not(inner) | OneOf(inner, _):
            return (inner,)
        case Holds(item, _):
            return (item,)
        case Choose(condition, then, otherwise):
            return (condition, then, otherwise)
        case _:
            return (tree.left, tree.right)


def names_in(tree: Tree) -> frozenset[str]:
    """Every name the tree reads."""
    return frozenset(each.name for each in walk(tree) if isinstance(each, Name))


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and everything below it, parents first."""
    yield tree
    for child in children(tree):
        yield from walk(child)
