"""The embedded engine: every rule over many households, by Polars.

It lowers the same frozen form that the reference reads, and must give the same outcomes. Results
do not depend on the order of rows or the number of threads: whole numbers only, sorted at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import polars as pl

from bangfu.rules.engines.frames import (
    KEY,
    Frame,
    Given,
    check_member_count,
    in_order,
    prepare,
    rows_of,
)
from bangfu.rules.engines.gathering import Gatherer
from bangfu.rules.engines.lowering import (
    UNKNOWN_TRUTH,
    Ends,
    Lowering,
    number_literal,
    point,
)
from bangfu.rules.months import month_index
from bangfu.rules.names import AS_OF, FEEDS
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


def _gathered(
    pack: Pack, over: Over, homes: pl.DataFrame, rows: pl.LazyFrame, shared: Mapping[str, Ends]
) -> tuple[pl.LazyFrame, list[pl.Expr]]:
    """What members or reports come to, row by row beside `homes`; and the facts made of that."""
    names = {name: point(pl.col(name)) for name in pack.items[over]} | dict(shared)
    gatherer = Gatherer(over, Lowering(names))
    facts = [fact for fact in _facts_needed(pack) if fact.over is over]
    columns = [column for fact in facts for column in _fact_columns(fact, gatherer)]
    grouped = gatherer.grouped(rows, KEY, rows_of(over))
    keys = homes.lazy().select(KEY)
    beside = keys.join(grouped, on=KEY, how="left", maintain_order="left").drop(KEY)
    return beside, columns


def _fact_columns(fact: Fact, gatherer: Gatherer) -> list[pl.Expr]:
    """A fact's ends; where no list was received, without the upper one, as in `reference`."""
    told = pl.col(_told(fact.feed)) if fact.feed else pl.lit(True)
    if fact.gathering is Gathering.ANY:
        found = gatherer.truth(fact)
        return [(pl.when(told | found).then(found) if fact.feed else found).alias(_low(fact.name))]
    low, high = gatherer.ends(fact)
    columns = [low.alias(_low(fact.name))]
    if fact.signature.ranged:
        end = pl.when(told).then(high) if fact.feed else high
        columns.append(end.alias(_high(fact.name, fact.signature)))
    return columns


def _told(feed: str) -> str:
    """Column that says whether a list of this trigger was received."""
    return f"|told|{feed}"


def _told_beside(pack: Pack, homes: pl.DataFrame) -> pl.LazyFrame:
    """A column a trigger, row by row beside `homes`: the same few lists of triggers come again."""
    feeds = sorted({fact.feed for fact in _facts_needed(pack) if fact.feed})
    if not feeds:
        return pl.LazyFrame()
    joined = pl.col(FEEDS).list.join("|").alias("|feeds")
    keyed = homes.lazy().select(joined, FEEDS)
    told = [pl.col(FEEDS).list.contains(feed).alias(_told(feed)) for feed in feeds]
    several = keyed.unique("|feeds").drop_nulls("|feeds").select("|feeds", *told)
    beside = keyed.select("|feeds").join(several, on="|feeds", how="left", maintain_order="left")
    return beside.select(pl.col([_told(feed) for feed in feeds]).fill_null(value=False))


def _with_facts(
    pack: Pack, given: Given, homes: pl.DataFrame, shared: Mapping[str, Ends]
) -> pl.LazyFrame:
    """Households with what is gathered over their rows; nothing wide is joined or copied."""
    gathered = [_gathered(pack, over, homes, rows, shared) for over, rows in given.rows.items()]
    beside = pl.collect_all([_told_beside(pack, homes), *(frame for frame, _ in gathered)])
    wide = pl.concat([homes, *beside], how="horizontal")
    return wide.lazy().with_columns([column for _, columns in gathered for column in columns])


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


_ANSWERS: Final = (Outcome.UNKNOWN.value, Outcome.FIRED.value, Outcome.CLEAR.value)
_AT_ONCE: Final = 50_000
"""Households put into rows at once: small enough to stay near the processor."""


def _long(pack: Pack, wide: pl.DataFrame, *, with_clear: bool) -> pl.DataFrame:
    """One row a household and rule, in the order of `wide` and then of the pack's rules."""
    spelt = pl.DataFrame(
        [(name, answer) for name in pack.rules for answer in _ANSWERS],
        schema={"rule": pl.String, "outcome": pl.String},
        orient="row",
    )
    parts = [
        _rows_of(part, list(pack.rules), spelt, with_clear=with_clear)
        for part in wide.iter_slices(_AT_ONCE)
    ]
    return pl.concat(parts) if parts else _rows_of(wide, [], spelt, with_clear=False)


def _rows_of(
    part: pl.DataFrame, rules: list[str], spelt: pl.DataFrame, *, with_clear: bool
) -> pl.DataFrame:
    """The rows of some households: one whole number says household, rule and answer, in order."""
    size = len(spelt)
    numbers = [pl.Series([], dtype=pl.Int64)]
    for position, name in enumerate(rules):
        truth = part[name]
        found = [truth.is_null(), truth.fill_null(value=False), ~truth.fill_null(value=True)]
        for answer, holds in enumerate(found if with_clear else found[:2]):
            at = position * len(_ANSWERS) + answer
            numbers.append(holds.arg_true().cast(pl.Int64) * size + at)
    ordered = pl.concat(numbers).sort()
    row = ordered // max(size, 1)
    said = spelt[ordered - row * size]
    return pl.DataFrame([part[KEY].gather(row), *said.get_columns()])


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
    homes = in_order(given.households.collect())
    shared = _shared(pack, as_of, parameters)
    frame = _with_facts(pack, given, homes, shared)
    names = {name: point(pl.col(name)) for name in pack.items[Over.HOUSEHOLD]} | shared
    frame, lowering = _with_formulas(pack, frame, names)
    conditions = _conditions(pack, lowering, parameters)
    wide = frame.select(KEY, rows_of(Over.MEMBERS), *conditions).collect(engine="streaming")
    check_member_count(wide)
    return _long(pack, wide, with_clear=with_clear)
