"""The reference engine: one household at a time, with the values people may check it by.

Every condition whose values are known or wholly unknown is evaluated by the official CEL runtime,
on the text as it stands in the pack; only where a value is a range does our own reading decide
(`ranges`). Property tests hold the two against each other and against the embedded engine.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from cel_expr_python import cel

from bangfu.kernel.problems import Problem
from bangfu.rules.engines.evidence import Witness
from bangfu.rules.engines.ranges import between, ends_of, evaluate
from bangfu.rules.kinds import MOST_REPORTS
from bangfu.rules.months import month_index
from bangfu.rules.names import AS_OF, FEEDS, TRIGGER
from bangfu.rules.pack import Gathering, Over
from bangfu.rules.values import (
    DataUnfit,
    Range,
    check_member_count,
    known_values,
    refuse_value,
    too_many_reports,
)
from bangfu.rules.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bangfu.rules.expressions import Expression
    from bangfu.rules.pack import Fact, Pack
    from bangfu.rules.values import Value

Known = dict[str, "Value"]
Rows = dict[Over, list[Known]]
_MISSING: Final = "UNKNOWN: No value with name"


def judge_expression(expression: Expression, values: Mapping[str, Value]) -> Value:
    """The value of one expression; None when it is not known.

    Raises:
        DataUnfit: the official runtime met an error that is not a missing value.
    """
    read: dict[str, object] = {}
    for name in expression.names:
        value = values.get(name)
        if isinstance(value, Range):
            return evaluate(expression.tree, values)
        if value is not None:
            read[name] = list(value) if isinstance(value, tuple) else value
    found: Any = expression.program.eval(data=read)
    if found.type() != cel.Type.ERROR:
        return cast("Value", found.value())
    if str(found.value()).startswith(_MISSING):
        return None
    raise DataUnfit(Problem("rules.runtime_error", values={"error": str(found.value())[:200]}))


def gather(fact: Fact, rows: Sequence[Known]) -> Value:
    """A fact over members or reports: a number, a truth, or a range where answers are missing."""
    counts = [judge_expression(cast("Expression", fact.condition), row) for row in rows]
    sure = [row for row, counted in zip(rows, counts, strict=True) if counted is True]
    unsure = [row for row, counted in zip(rows, counts, strict=True) if counted is None]
    if fact.gathering is Gathering.COUNT:
        return between(len(sure), len(sure) + len(unsure))
    if fact.gathering is Gathering.ANY:
        return True if sure else None if unsure else False
    return _gather_values(fact, sure, unsure)


def _gather_values(fact: Fact, sure: Sequence[Known], unsure: Sequence[Known]) -> Value:
    """Values are never negative: those of sure rows are a floor, those of all a ceiling."""
    expression = cast("Expression", fact.value)
    of_sure = [cast("int | None", judge_expression(expression, row)) for row in sure]
    of_unsure = [cast("int | None", judge_expression(expression, row)) for row in unsure]
    floor = [value for value in of_sure if value is not None]
    every = [*floor, *(value for value in of_unsure if value is not None)]
    complete = None not in of_sure and None not in of_unsure
    if fact.gathering is Gathering.SUM:
        return between(sum(floor), sum(every) if complete else None)
    nobody = fact.nobody
    return between(max([nobody, *floor]), max([nobody, *every]) if complete else None)


def _without_ceiling(value: Value) -> Value:
    """What is known where nobody said that there is no more: a floor, or what is surely so."""
    if isinstance(value, bool) or value is None:
        return value or None
    return Range(ends_of(value)[0], None)


def _gather_reports(fact: Fact, reports: Sequence[Known], known: Known) -> Value:
    about = [report for report in reports if report[TRIGGER] == fact.feed]
    found = gather(fact, about) if about else _nobody(fact)
    told = cast("tuple[str, ...]", known.get(FEEDS) or ())
    return found if fact.feed in told else _without_ceiling(found)


def _nobody(fact: Fact) -> Value:
    """What no rows at all come to."""
    return False if fact.gathering is Gathering.ANY else fact.nobody


def _fact(fact: Fact, known: Known, rows: Rows) -> Value:
    if fact.over is Over.REPORTS:
        return _gather_reports(fact, rows[Over.REPORTS], known)
    if fact.over is Over.MEMBERS:
        return gather(fact, rows[Over.MEMBERS])
    return judge_expression(cast("Expression", fact.value), known)


def _check_triggers(pack: Pack, reports: Sequence[Known]) -> None:
    """Refuse a report that does not say what it is about, and too many about the same."""
    signature = pack.items[Over.REPORTS].get(TRIGGER)
    if signature is None:
        return
    if any(TRIGGER not in report for report in reports):
        raise refuse_value(TRIGGER, None, signature)
    counted = Counter(report[TRIGGER] for report in reports)
    if any(count > MOST_REPORTS for count in counted.values()):
        raise too_many_reports()


def find_facts(
    pack: Pack,
    household: Mapping[str, object],
    members: Sequence[Mapping[str, object]],
    as_of: date,
    parameters: Mapping[str, int],
    reports: Sequence[Mapping[str, object]] = (),
) -> tuple[Known, Rows]:
    """All a household's rules may read: items, facts and parameters; and its rows' items.

    Raises:
        DataUnfit: a value of the wrong type or out of bounds, a report without its trigger, or
            too many members or reports.
    """
    shared: Known = {AS_OF: month_index(as_of), **parameters}
    check_member_count(members)
    rows: Rows = {
        over: [known_values(row, pack.items[over]) | shared for row in given]
        for over, given in ((Over.MEMBERS, members), (Over.REPORTS, reports))
    }
    _check_triggers(pack, rows[Over.REPORTS])
    known = known_values(household, pack.items[Over.HOUSEHOLD]) | shared
    for fact in pack.facts.values():
        known[fact.name] = _fact(fact, known, rows)
    return known, rows


def judge_household(
    pack: Pack,
    household: Mapping[str, object],
    members: Sequence[Mapping[str, object]],
    as_of: date,
    parameters: Mapping[str, int],
    reports: Sequence[Mapping[str, object]] = (),
) -> tuple[Verdict, ...]:
    """Every rule's verdict about one household, in the pack's order.

    Items that are missing (or None) are unknown; members carry `birth_month`; choices are lists.
    Reports are all that departments' lists say of it; the household's `feeds` names the triggers
    of which lists were received at all.
    A rule that needs a parameter without a value is unknown, whatever else is known.

    Raises:
        DataUnfit: data no rule may be asked about.
    """
    known, rows = find_facts(pack, household, members, as_of, parameters, reports)
    witness = Witness(pack, known, rows)
    verdicts: list[Verdict] = []
    without_answer = pack.missing_parameters(parameters)
    for rule in pack.rules.values():
        truth = None if rule.name in without_answer else judge_expression(rule.when, known)
        outcome = Outcome.of(cast("bool | None", truth))
        verdicts.append(witness.verdict(rule, outcome))
    return tuple(verdicts)
