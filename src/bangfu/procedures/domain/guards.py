"""Guards: conditions in CEL over declared facts, true, false or not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cel_expr_python import cel

if TYPE_CHECKING:
    from collections.abc import Mapping

FACT_TYPES: Final = {
    "flag": cel.Type.BOOL,
    "count": cel.Type.INT,
    "code": cel.Type.STRING,
    "codes": cel.Type.List(cel.Type.STRING),
}
"""What a fact may be; dates and amounts are compared before they become facts."""

_ABSENT: Final = "No value with name"


class ConditionInvalid(ValueError):
    """A condition that does not compile, or is not a yes-or-no question."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition."""

    text: str
    compiled: Any
    needs: frozenset[str]

    def judge(self, facts: Mapping[str, object]) -> bool | None:
        """True, false, or None when a fact it needs is missing.

        Raises:
            ConditionInvalid: for any other failure: a guard never guesses.
        """
        value = self.compiled.eval(data=dict(facts))
        if value.type() == cel.Type.BOOL:
            return bool(value.value())
        if _ABSENT in str(value):
            return None
        raise ConditionInvalid(f"{self.text}: {value}")


def compile_condition(text: str, types: Mapping[str, str]) -> Condition:
    """Compile `text` over facts of the named types.

    Raises:
        ConditionInvalid: with the runtime's words.
    """
    env = cel.NewEnv(variables={name: FACT_TYPES[kind] for name, kind in types.items()})
    try:
        compiled = env.compile(text)
    except RuntimeError as failure:
        raise ConditionInvalid(str(failure).splitlines()[0]) from failure
    if compiled.return_type() != cel.Type.BOOL:
        raise ConditionInvalid(text)
    needs = frozenset(name for name in types if re.search(rf"\b{name}\b", text))
    return Condition(text, compiled, needs)
