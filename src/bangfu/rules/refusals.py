"""Why a pack is refused: problems with file, line and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping


class ExpressionRefused(Exception):
    """An expression that is not taken: a problem code, where in the text, and the values."""

    def __init__(self, code: str, offset: int, /, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.offset = offset
        self.values: Mapping[str, str] = values


class PackInvalid(Refused):
    """A pack that is refused; every problem has its file and line."""

    @override
    def __str__(self) -> str:
        return "\n".join(describe_problem(problem) for problem in self.problems)


def describe_problem(problem: Problem) -> str:
    """`rules/income.yaml:12: pack.unknown_field name=wages near=wage_income`, for logs."""
    values = "".join(f" {name}={value}" for name, value in problem.values.items())
    return f"{problem.place.file}:{problem.place.line}: {problem.code}{values}"
