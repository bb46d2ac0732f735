"""Guards: conditions in CEL over declared facts, true, false or not known.

The language and its checker are those of the rules (`bangfu.rules`): one subset, one refusal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cel_expr_python import cel

from bangfu.kernel.division import Level
from bangfu.rules.expressions import Expression, compile_expression
from bangfu.rules.kinds import LARGEST_PARAMETER, PLAIN, TRUTH, Base, Kind, Signature
from bangfu.rules.layout import Code, CodeList
from bangfu.rules.refusals import ExpressionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

FLAG: Final = "flag"
COUNT: Final = "count"
CODE: Final = "code"
FACT_TYPES: Final = frozenset({FLAG, COUNT, CODE})
"""What a fact may be; dates and amounts are compared before they become facts."""

TIERS: Final = CodeList(
    "tier",
    tuple(Code(level.name.lower(), level.name.lower(), level.name.lower()) for level in Level),
)
"""The tiers as a code list, so that a guard may ask for the mover's."""

_ABSENT: Final = "No value with name"


class ConditionBroken(RuntimeError):
    """A condition failed for another reason than a missing fact: a fault of ours, never a guess."""


def signature_of_fact(kind: str, code_list: str) -> Signature:
    """What an expression may know about a fact of this type."""
    if kind == COUNT:
        return Signature(PLAIN, 0, LARGEST_PARAMETER)
    if kind == CODE:
        return Signature(Kind(Base.CODE, list=code_list))
    return Signature(TRUTH)


def compile_condition(
    text: str, facts: Mapping[str, Signature], lists: Mapping[str, CodeList]
) -> Expression:
    """Compile a condition.

    Raises:
        ExpressionRefused: when it is not admitted, or is not a yes-or-no question.
    """
    expression = compile_expression(text, facts, lists)
    if expression.kind != TRUTH:
        raise ExpressionRefused("pack.type_error", 0, operator=text)
    return expression


def judge_condition(condition: Expression, facts: Mapping[str, object]) -> bool | None:
    """True, false, or None when a fact that decides it is missing.

    Raises:
        ConditionBroken: for any other failure of the runtime.
    """
    known = {name: facts[name] for name in condition.names if name in facts}
    value = condition.program.eval(data=known)
    if value.type() == cel.Type.BOOL:
        return bool(value.value())
    if _ABSENT in str(value):
        return None
    raise ConditionBroken(f"{condition.text}: {value}")
