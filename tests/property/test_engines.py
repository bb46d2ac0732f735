"""The engines agree on generated packs and households, and knowing more never turns an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bangfu.rules.api import Outcome, PackInvalid, judge_frames, judge_household
from bangfu.rules.engines.frames import KEY, empty_rows
from bangfu.rules.engines.ranges import evaluate
from bangfu.rules.engines.reference import find_facts, judge_expression
from bangfu.rules.pack import Over
from bangfu.rules.values import Range
from property.generated import GIVEN, Known, Row, Written, completions, households, packs
from rules.packs import load

if TYPE_CHECKING:
    import random

    from bangfu.rules.api import Pack

AS_OF = date(2026, 11, 20)
Households = list[Known]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
quick = settings(max_examples=50, deadline=None, database=None, suppress_health_check=SLOW)
long = settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=SLOW)


def loaded(written: Written) -> Pack:
    """The pack; examples whose arithmetic no engine can promise are passed over."""
    try:
        return load(facts=written.facts, rules=written.rules, parameters=written.parameters)
    except PackInvalid as invalid:
        assume(all(each.code != "pack.cannot_lower" for each in invalid.problems))
        raise


def by_reference(
    pack: Pack, known: Households, parameters: dict[str, int]
) -> list[tuple[str, ...]]:
    return [
        (f"{position:03}", verdict.rule, verdict.outcome.value)
        for position, (household, members, reports) in enumerate(known)
        for verdict in judge_household(pack, household, members, AS_OF, parameters, reports)
    ]


def frame(pack: Pack, over: Over, rows: list[Row]) -> pl.DataFrame:
    schema = empty_rows(pack, over, pl.String()).schema
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def judged(
    pack: Pack,
    known: Households,
    parameters: dict[str, int],
    order: random.Random | None = None,
    **wanted: bool,
) -> pl.DataFrame:
    rows: dict[Over, list[Row]] = {over: [] for over in Over}
    for position, (household, members, reports) in enumerate(known):
        key = {KEY: f"{position:03}"}
        rows[Over.HOUSEHOLD].append(household | key)
        rows[Over.MEMBERS] += [row | key for row in members]
        rows[Over.REPORTS] += [row | key for row in reports]
    if order:
        for each in rows.values():
            order.shuffle(each)
    frames = {over: frame(pack, over, each) for over, each in rows.items()}
    return judge_frames(
        pack,
        frames[Over.HOUSEHOLD],
        frames[Over.MEMBERS],
        AS_OF,
        parameters,
        reports=frames[Over.REPORTS],
        **wanted,
    )


def check_engines_agree(written: Written, known: Households, parameters: dict[str, int]) -> None:
    pack = loaded(written)
    embedded = judged(pack, known, parameters, with_clear=True)
    assert embedded.rows() == by_reference(pack, known, parameters)
    kept = judged(pack, known, parameters)
    assert kept.rows() == [row for row in embedded.rows() if row[2] != Outcome.CLEAR]


@quick
@given(packs(), households(), GIVEN)
def test_reference_and_embedded_engine_agree(
    written: Written, known: Households, parameters: dict[str, int]
) -> None:
    check_engines_agree(written, known, parameters)


@pytest.mark.deep
@pytest.mark.timeout(3_600)
@long
@given(packs(), households(30), GIVEN)
def test_reference_and_embedded_engine_agree_at_length(
    written: Written, known: Households, parameters: dict[str, int]
) -> None:
    check_engines_agree(written, known, parameters)


@quick
@given(packs(), households(4), GIVEN)
def test_where_nothing_is_a_range_our_reading_is_the_official_runtimes(
    written: Written, known: Households, parameters: dict[str, int]
) -> None:
    pack = loaded(written)
    for household, members, reports in known:
        values, rows = find_facts(pack, household, members, AS_OF, parameters, reports)
        points = {name: None if isinstance(each, Range) else each for name, each in values.items()}
        pairs = [(rule.when, points) for rule in pack.rules.values()]
        for each in pack.facts.values():
            seen = rows[each.over] if each.is_gathered else [points]
            pairs += [(part, dict(one)) for part in each.expressions for one in seen]
        for expression, given_values in pairs:
            ours = evaluate(expression.tree, given_values)
            theirs = judge_expression(expression, given_values)
            assert (ours, type(ours)) == (theirs, type(theirs)), expression.text


@quick
@given(packs(), st.data(), GIVEN)
def test_knowing_more_never_turns_an_answer(
    written: Written, data: st.DataObject, parameters: dict[str, int]
) -> None:
    pack = loaded(written)
    before = data.draw(households(3))
    after = [data.draw(completions(each)) for each in before]
    pairs = zip(
        by_reference(pack, before, parameters), by_reference(pack, after, parameters), strict=True
    )
    for (*_, first), (*_, second) in pairs:
        assert first in {Outcome.UNKNOWN.value, second}


@quick
@given(packs(), households(), GIVEN, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    written: Written, known: Households, parameters: dict[str, int], order: random.Random
) -> None:
    pack = loaded(written)
    sorted_rows = judged(pack, known, parameters)
    mixed_rows = judged(pack, known, parameters, order)
    assert sorted_rows.equals(mixed_rows)
