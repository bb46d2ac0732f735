"""Guards: conditions in CEL over declared facts, true, false or not known.

The language and its checker are those of the rules (`bangfu.rules`): one subset, one refusal. A
number of the pack (a parameter, a household's fact) is a count, or an amount in fen, as the pack
says. A table is read without the pack, so a guard is compiled with the first kinds that let it
be; the check of the pack proves later that they are the pack's own.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Final

from cel_expr_python import cel

from bangfu.kernel.division import Level
from bangfu.procedures.domain.table import FactType
from bangfu.rules.expressions import Expression, compile_expression
from bangfu.rules.kinds import (
    LARGEST_AMOUNT,
    LARGEST_PARAMETER,
    PLAIN,
    TRUTH,
    Base,
    Kind,
    Measure,
    Signature,
)
from bangfu.rules.layout import Code, CodeList
from bangfu.rules.refusals import ExpressionRefused
from bangfu.rules.units import kind_of_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.procedures.domain.table import Choice, Fact, Procedure

AMOUNT: Final = Kind(Base.NUMBER, Measure.FEN)

TIERS: Final = CodeList(
    "tier",
    tuple(Code(level.name.lower(), level.name.lower(), level.name.lower()) for level in Level),
)
"""The tiers as a code list, so that a guard may ask for the mover's."""

_ABSENT: Final = "No value with name"
_WORDS: Final = re.compile(r"[a-z_][a-z0-9_]*")
_OWN_KINDS: Final = {FactType.FLAG: TRUTH, FactType.COUNT: PLAIN, FactType.AMOUNT: AMOUNT}
_PACK_KINDS: Final = {
    FactType.PARAMETER: (PLAIN, AMOUNT),
    FactType.HOUSEHOLD_FACT: (TRUTH, PLAIN, AMOUNT),
}


class ConditionBroken(RuntimeError):
    """A condition failed for another reason than a missing fact: a fault of ours, never a guess."""


def signature_of_kind(kind: Kind) -> Signature:
    """What an expression may know about a value of a kind: its bounds besides."""
    if not kind.is_number:
        return Signature(kind)
    if kind.measure is Measure.PLAIN:
        return Signature(kind, 0, LARGEST_PARAMETER)
    return Signature(kind, -LARGEST_AMOUNT, LARGEST_AMOUNT)


def possible_kinds(fact: Fact) -> tuple[Kind, ...]:
    """The kinds that a fact may have as far as its table says, the likeliest first.

    Raises:
        ValueError: when the table names a unit that nobody knows.
    """
    if fact.type is FactType.CODE:
        return (Kind(Base.CODE, list=fact.list),)
    if fact.type in _OWN_KINDS:
        return (_OWN_KINDS[fact.type],)
    if not fact.unit:
        return _PACK_KINDS[fact.type]
    kind = kind_of_unit(fact.unit)
    if kind is None:
        raise ValueError(fact.unit)
    return (kind,)


def compile_condition(
    text: str, facts: Mapping[str, tuple[Kind, ...]], lists: Mapping[str, CodeList]
) -> Expression:
    """Compile a condition with the first kinds of its facts that fit together.

    Raises:
        ExpressionRefused: when it is not admitted, or is not a yes-or-no question.
    """
    written = set(_WORDS.findall(text))
    open_names = [name for name, kinds in facts.items() if name in written and len(kinds) > 1]
    kinds_of = {name: kinds[0] for name, kinds in facts.items()}
    reasons: list[ExpressionRefused] = []
    for chosen in product(*(facts[name] for name in open_names)):
        kinds = kinds_of | dict(zip(open_names, chosen, strict=True))
        try:
            return compile_with(text, kinds, lists)
        except ExpressionRefused as refused:
            reasons.append(refused)
    raise reasons[0]


def compile_with(text: str, kinds: Mapping[str, Kind], lists: Mapping[str, CodeList]) -> Expression:
    """Compile a condition over facts of these kinds.

    Raises:
        ExpressionRefused: when it is not admitted, or is not a yes-or-no question.
    """
    signatures = {name: signature_of_kind(kind) for name, kind in kinds.items()}
    expression = compile_expression(text, signatures, lists)
    if expression.kind != TRUTH:
        raise ExpressionRefused("pack.type_error", 0, operator=text)
    return expression


def code_lists(lists: Mapping[str, tuple[Choice, ...]]) -> dict[str, CodeList]:
    """The lists that a table brings, and the tiers, as conditions read them."""
    return {TIERS.name: TIERS} | {
        name: CodeList(
            name, tuple(Code(each.code, each.label.zh, each.label.en) for each in choices)
        )
        for name, choices in lists.items()
    }


def admitted_facts(procedure: Procedure, given: Mapping[str, object]) -> dict[str, object]:
    """Those of `given` that the table declares and that are of their fact's type.

    Answers of a form come with texts that no guard reads and history must not keep; a value of
    another type, a code that is not on the list and a range are not known for sure.
    """
    return {
        name: given[name]
        for name, fact in procedure.facts.items()
        if name in given and _fits(procedure, fact, given[name])
    }


def _fits(procedure: Procedure, fact: Fact, value: object) -> bool:
    if fact.type is FactType.CODE:
        return isinstance(value, str) and _is_listed(procedure, fact.list, value)
    if fact.type is FactType.HOUSEHOLD_FACT:
        return isinstance(value, int)
    # `True` is an int to Python, and no number to anybody else.
    return isinstance(value, int) and isinstance(value, bool) == (fact.type is FactType.FLAG)


def _is_listed(procedure: Procedure, name: str, code: str) -> bool:
    if name == TIERS.name:
        return TIERS.find(code) is not None
    return procedure.choice(name, code) is not None


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
