"""The embedded engine: every rule over many households, by Polars.

It lowers the same frozen form that the reference reads, and must give the same outcomes. Results
do not depend on the order of rows or the number of threads: whole numbers only, sorted at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import polars as pl

from bangfu.rules.engines.frames import KEY, ROWS, Frame, in_order, prepare
from bangfu.rules.engines.lowering import (
    UNKNOWN_TRUTH,
    Ends,
    Lowering,
    number_literal,
    point,
)
from bangfu.rules.months import month_index
from bangfu.rules.names import AS_OF, FEEDS, TRIGGER
from bangfu.rules.pack import Gathering, Over
from bangfu.rules.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from bangfu.rules.expressions import Expression
    from bangfu.rules.kinds import Signature
    from bangfu.rules.pack import Fact, Pack


def _low(name: str) -> str:
    """Columns of a fact's ends; `|` stands in no name of a pack."""
    return f"{name}|low"


def _high(name: str, signature: Signature) -> str:
    return f"{name}|high" if signature.ranged else _low(name)


def _fact_ends(fact: Fact) -> Ends:
    low = pl.col(_low(fact.name))
    return (low, pl.col(_high(fact.name, fact.signature))) if fact.signature.ranged else point(low)


def _facts_needed(pack: Pack) -> list[Fact]:
    """The facts that some rule's condition rests on, in the pack's order."""
    read = frozenset[str]().union(*pack.reads.values())
    return [fact for name, fact in pack.facts.items() if name in read]


def _shared(pack: Pack, as_of: date, parameters: Mapping[str, int]) -> dict[str, Ends]:
    named = {name: number_literal(parameters.get(name)) for name in pack.parameters}
    return named | {AS_OF: number_literal(month_index(as_of))}


def _row_columns(fact: Fact, lowering: Lowering) -> list[pl.Expr]:
    """Per member or report: whether it counts, and its value where one is gathered."""
    condition = lowering.truth(cast("Expression", fact.condition).tree)
    if fact.feed:
        condition = (pl.col(TRIGGER) == pl.lit(fact.feed)) & condition
    columns = [condition.alias(f"{fact.name}|counts")]
    if fact.value is not None:
        columns.append(lowering.number(fact.value.tree)[0].alias(f"{fact.name}|value"))
    return columns


def _gathered(fact: Fact) -> list[pl.Expr]:
    """Per household: the fact's ends. See `reference.gather`, which this mirrors."""
    counts = pl.col(f"{fact.name}|counts")
    if fact.gathering is Gathering.ANY:
        return [counts.any(ignore_nulls=False).alias(_low(fact.name))]
    if fact.gathering is Gathering.COUNT:
        ends = counts.sum(), counts.fill_null(True).sum()
    else:
        ends = _gathered_values(fact, counts)
    low, high = (end.cast(pl.Int64) for end in ends)
    columns = [low.alias(_low(fact.name))]
    if fact.signature.ranged:
        columns.append(high.alias(_high(fact.name, fact.signature)))
    return columns


def _gathered_values(fact: Fact, counts: pl.Expr) -> Ends:
    value = pl.col(f"{fact.name}|value")
    possible = counts.fill_null(True)
    incomplete = (possible & value.is_null()).any()
    sure_values = pl.when(counts).then(value)
    all_values = pl.when(possible).then(value)
    if fact.gathering is Gathering.SUM:
        return sure_values.sum(), pl.when(~incomplete).then(all_values.sum())
    nobody = pl.lit(fact.nobody, dtype=pl.Int64)
    greatest = pl.max_horizontal(all_values.max(), nobody)
    return pl.max_horizontal(sure_values.max(), nobody), pl.when(~incomplete).then(greatest)


def _nobody(fact: Fact) -> list[pl.Expr]:
    """What a household without rows has."""
    if fact.gathering is Gathering.ANY:
        return [pl.col(_low(fact.name)).fill_null(False)]
    names = {_low(fact.name), _high(fact.name, fact.signature)}
    return [pl.col(name).fill_null(fact.nobody) for name in sorted(names)]


def _with_gathered(
    pack: Pack, over: Over, households: pl.LazyFrame, rows: pl.LazyFrame, shared: Mapping[str, Ends]
) -> pl.LazyFrame:
    """The households with every fact over their members, or over their reports."""
    facts = [fact for fact in _facts_needed(pack) if fact.over is over]
    names = {name: point(pl.col(name)) for name in pack.items[over]} | dict(shared)
    lowering = Lowering(names)
    columns = [column for fact in facts for column in _row_columns(fact, lowering)]
    gathered = (
        rows.select(KEY, *columns)
        .group_by(KEY)
        .agg(*(end for fact in facts for end in _gathered(fact)), pl.len().alias(ROWS[over]))
    )
    joined = households.join(gathered, on=KEY, how="left", maintain_order="none")
    none = pl.col(ROWS[over]).is_null()
    complete = joined.with_columns(
        [
            pl.when(none).then(filled).otherwise(pl.col(filled.meta.output_name()))
            for fact in facts
            for filled in _nobody(fact)
        ]
    )
    fed = [fact for fact in facts if fact.feed]
    return complete.with_columns([_without_ceiling(fact) for fact in fed])


def _without_ceiling(fact: Fact) -> pl.Expr:
    """The upper end, null where no list was received. See `reference`, which this mirrors."""
    told = pl.col(FEEDS).list.contains(pl.lit(fact.feed)).fill_null(False)
    if fact.gathering is Gathering.ANY:
        found = pl.col(_low(fact.name))
        return pl.when(told | found).then(found).alias(_low(fact.name))
    high = _high(fact.name, fact.signature)
    return pl.when(told).then(pl.col(high)).alias(high)


def _with_formulas(
    pack: Pack, frame: pl.LazyFrame, names: dict[str, Ends]
) -> tuple[pl.LazyFrame, Lowering]:
    """The frame with every formula's columns, and a lowering that reads all facts."""
    for fact in _facts_needed(pack):
        if not fact.is_gathered:
            tree = cast("Expression", fact.value).tree
            lowering = Lowering(names)
            if fact.signature.kind.is_number:
                low, high = lowering.number(tree)
            else:
                low = high = lowering.truth(tree)
            columns = [low.alias(_low(fact.name))]
            if fact.signature.ranged:
                columns.append(high.alias(_high(fact.name, fact.signature)))
            frame = frame.with_columns(columns)
        names[fact.name] = _fact_ends(fact)
    return frame, Lowering(names)


def _conditions(pack: Pack, lowering: Lowering, parameters: Mapping[str, int]) -> Iterator[pl.Expr]:
    """A column a rule: true, false or null; null throughout where a parameter has no value."""
    without_answer = pack.missing_parameters(parameters)
    for name, rule in pack.rules.items():
        truth = UNKNOWN_TRUTH if name in without_answer else lowering.truth(rule.when.tree)
        yield truth.alias(name)


def _long(pack: Pack, wide: pl.DataFrame, *, with_clear: bool) -> pl.DataFrame:
    """One row a household and rule, in the order of `wide` and then of the pack's rules."""
    numbered = wide.with_row_index("|row").with_columns(pl.col("|row").cast(pl.UInt64))
    parts = [numbered.select(KEY, rule=pl.lit(""), outcome=pl.lit(""), at=pl.col("|row")).clear()]
    for position, name in enumerate(pack.rules):
        truth = pl.col(name)
        rows = numbered if with_clear else numbered.filter(truth.is_null() | truth)
        outcome = (
            pl.when(truth)
            .then(pl.lit(Outcome.FIRED.value))
            .when(~truth)
            .then(pl.lit(Outcome.CLEAR.value))
            .otherwise(pl.lit(Outcome.UNKNOWN.value))
        )
        at = pl.col("|row") * len(pack.rules) + position
        parts.append(rows.select(KEY, rule=pl.lit(name), outcome=outcome, at=at))
    return pl.concat(parts).sort("at").drop("at")


def judge_frames(
    pack: Pack,
    households: Frame,
    members: Frame,
    as_of: date,
    parameters: Mapping[str, int],
    *,
    reports: Frame | None = None,
    with_clear: bool = False,
) -> pl.DataFrame:
    """Every rule over every household: `household_key`, `rule`, `outcome`, sorted.

    Only what fired or is unknown is returned, unless `with_clear`. A null item is unknown.

    Raises:
        DataUnfit: a column is missing or of the wrong type, a value is out of its bounds, a
            household stands there twice or has too many members or reports.
    """
    given = prepare(pack, households, members, reports)
    shared = _shared(pack, as_of, parameters)
    frame = given.households
    for over, rows in given.rows.items():
        frame = _with_gathered(pack, over, frame, rows, shared)
    names = {name: point(pl.col(name)) for name in pack.items[Over.HOUSEHOLD]} | shared
    frame, lowering = _with_formulas(pack, frame, names)
    conditions = _conditions(pack, lowering, parameters)
    wide = in_order(frame.select(KEY, *ROWS.values(), *conditions).collect(engine="streaming"))
    return _long(pack, wide, with_clear=with_clear)
