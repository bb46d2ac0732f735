"""The reference engine: one household at a time, with the values people may check it by.

Every condition whose values are known or wholly unknown is evaluated by the official CEL runtime,
on the text as it stands in the pack; only where a value is a range does our own reading decide
(`ranges`). Property tests hold the two against each other and against the embedded engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from cel_expr_python import cel

from bangfu.kernel.problems import Problem
from bangfu.rules.engines.evidence import Witness
from bangfu.rules.engines.ranges import between, evaluate
from bangfu.rules.months import month_index
from bangfu.rules.names import AS_OF
from bangfu.rules.pack import Gathering
from bangfu.rules.values import DataUnfit, Range, check_member_count, known_values
from bangfu.rules.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bangfu.rules.expressions import Expression
    from bangfu.rules.pack import Fact, Pack
    from bangfu.rules.values import Value

Known = dict[str, "Value"]
_MISSING: Final = "UNKNOWN: No value with name"


def judge_expression(expression: Expression, values: Mapping[str, Value]) -> Value:
    """The value of one expression; None when it is not known.

    Raises:
        DataUnfit: the official runtime met an error that is not a missing value.
    """
    read = {name: values[name] for name in expression.names if values.get(name) is not None}
    if any(isinstance(value, Range) for value in read.values()):
        return evaluate(expression.tree, values)
    found: Any = expression.program.eval(data={name: _plain(each) for name, each in read.items()})
    if found.type() != cel.Type.ERROR:
        return cast("Value", found.value())
    if str(found.value()).startswith(_MISSING):
        return None
    raise DataUnfit(Problem("rules.runtime_error", values={"error": str(found.value())[:200]}))


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value


def gather(fact: Fact, members: Sequence[Known]) -> Value:
    """A fact over members: a number, a truth, or a range where answers are missing."""
    counts = [judge_expression(cast("Expression", fact.condition), member) for member in members]
    sure = [member for member, counted in zip(members, counts, strict=True) if counted is True]
    unsure = [member for member, counted in zip(members, counts, strict=True) if counted is None]
    if fact.gathering is Gathering.COUNT:
        return between(len(sure), len(sure) + len(unsure))
    if fact.gathering is Gathering.ANY:
        return True if sure else None if unsure else False
    return _gather_values(fact, sure, unsure)


def _gather_values(fact: Fact, sure: Sequence[Known], unsure: Sequence[Known]) -> Value:
    """Values are never negative: those of sure members are a floor, those of all a ceiling."""
    expression = cast("Expression", fact.value)
    of_sure = [cast("int | None", judge_expression(expression, member)) for member in sure]
    of_unsure = [cast("int | None", judge_expression(expression, member)) for member in unsure]
    floor = [value for value in of_sure if value is not None]
    every = [*floor, *(value for value in of_unsure if value is not None)]
    complete = None not in of_sure and None not in of_unsure
    if fact.gathering is Gathering.SUM:
        return between(sum(floor), sum(every) if complete else None)
    nobody = fact.nobody
    return between(max([nobody, *floor]), max([nobody, *every]) if complete else None)


def find_facts(
    pack: Pack,
    household: Mapping[str, object],
    members: Sequence[Mapping[str, object]],
    as_of: date,
    parameters: Mapping[str, int],
) -> tuple[Known, list[Known]]:
    """All a household's rules may read: its items, facts and parameters; and its members' items.

    Raises:
        DataUnfit: a value of the wrong type or out of bounds, or too many members.
    """
    check_member_count(members)
    shared: Known = {AS_OF: month_index(as_of), **parameters}
    people = [known_values(member, pack.items["member"]) | shared for member in members]
    known = known_values(household, pack.items["household"]) | shared
    for fact in pack.facts.values():
        if fact.over_members:
            known[fact.name] = gather(fact, people)
        else:
            known[fact.name] = judge_expression(cast("Expression", fact.value), known)
    return known, people


def judge_household(
    pack: Pack,
    household: Mapping[str, object],
    members: Sequence[Mapping[str, object]],
    as_of: date,
    parameters: Mapping[str, int],
) -> tuple[Verdict, ...]:
    """Every rule's verdict about one household, in the pack's order.

    Items that are missing (or None) are unknown; members carry `birth_month`; choices are lists.
    A rule that needs a parameter without a value is unknown, whatever else is known.

    Raises:
        DataUnfit: data no rule may be asked about.
    """
    known, people = find_facts(pack, household, members, as_of, parameters)
    witness = Witness(pack, known, people)
    verdicts: list[Verdict] = []
    without_answer = pack.missing_parameters(parameters)
    for rule in pack.rules.values():
        truth = None if rule.name in without_answer else judge_expression(rule.when, known)
        outcome = Outcome.of(cast("bool | None", truth))
        verdicts.append(witness.verdict(rule, outcome))
    return tuple(verdicts)
