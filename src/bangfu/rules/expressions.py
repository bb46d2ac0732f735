"""Texts become checked expressions: the official runtime first, then what it cannot know."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cel_expr_python import cel

from bangfu.rules.checked_tree import read_checked
from bangfu.rules.kinds import Base, Kind, Signature
from bangfu.rules.refusals import ExpressionRefused
from bangfu.rules.tree import Tree, names_in
from bangfu.rules.typing_tree import Typist

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.layout import CodeList

_LOCATED: Final = re.compile(r"<input>:(\d+):(\d+): (.*)")
_UNDECLARED: Final = re.compile(r"undeclared reference to '([^']+)'")
_OVERLOAD: Final = re.compile(r"no matching overload for '([^']+)'")


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression.

    Attributes:
        text: as it stands in the pack.
        tree: its frozen form.
        kind, low, high, ranged: see `Signature`.
        names: the names it reads.
        program: the official runtime's program for the same text.
    """

    text: str
    tree: Tree
    kind: Kind
    low: int
    high: int
    ranged: bool
    names: frozenset[str]
    program: Any = field(compare=False, repr=False)

    @property
    def signature(self) -> Signature:
        """What an expression that reads this one's value may know about it."""
        return Signature(self.kind, self.low, self.high, self.ranged)


def _age(birth: int, month: int) -> int:
    return (month - birth) // 12


_INT: Final = cel.Type.INT
_FUNCTIONS: Final = [
    cel.FunctionDecl(
        name,
        [
            cel.Overload(
                id=f"{name}_int_int",
                return_type=_INT,
                parameters=[_INT, _INT],
                is_member=False,
                impl=impl,
            )
        ],
    )
    for name, impl in (
        ("div_floor", lambda dividend, divisor: dividend // divisor),
        ("age", _age),
        ("months_between", lambda first, second: second - first),
    )
]


def _official_type(kind: Kind) -> Any:
    if kind.base is Base.CODES:
        return cel.Type.List(cel.Type.STRING)
    return {Base.TRUTH: cel.Type.BOOL, Base.NUMBER: _INT, Base.CODE: cel.Type.STRING}[kind.base]


@lru_cache(maxsize=64)
def _environment(names: tuple[tuple[str, Kind], ...]) -> Any:
    variables = {name: _official_type(kind) for name, kind in names}
    return cel.NewEnv(variables=variables, functions=_FUNCTIONS)


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1


def _refusal(text: str, message: str, names: Mapping[str, Signature]) -> ExpressionRefused:
    """The official checker's first complaint as one of our codes."""
    located = _LOCATED.search(message)
    if located is None:
        return ExpressionRefused("pack.type_error", 0, operator="")
    offset = _offset(text, int(located[1]), int(located[2]))
    reason = located[3]
    if found := _UNDECLARED.search(reason):
        name = found[1]
        if text[offset:].removeprefix(name).lstrip().startswith("("):
            return ExpressionRefused("pack.not_admitted", offset, what=f"{name}()")
        near = difflib.get_close_matches(name, names, n=1)
        return ExpressionRefused(
            "pack.unknown_field", offset, name=name, near=near[0] if near else "—"
        )
    if found := _OVERLOAD.search(reason):
        return ExpressionRefused(
            "pack.type_error", offset, operator=found[1].strip("_").replace("_", " ")
        )
    return ExpressionRefused("pack.syntax", offset, found=reason[:60])


def compile_expression(
    text: str, names: Mapping[str, Signature], lists: Mapping[str, CodeList]
) -> Expression:
    """Check `text` against the names it may read.

    Raises:
        ExpressionRefused: unknown field, type error, an operator outside the admitted subset, an
            unknown code, numbers of different measures, or arithmetic no engine can promise.
    """
    environment = _environment(tuple(sorted((name, each.kind) for name, each in names.items())))
    try:
        program = environment.compile(text)
    except RuntimeError as refused:
        raise _refusal(text, str(refused), names) from None
    typed = Typist(names, lists).read(read_checked(program.serialize()))
    return Expression(
        text,
        typed.tree,
        typed.kind,
        typed.low,
        typed.high,
        typed.ranged,
        names_in(typed.tree),
        program,
    )
