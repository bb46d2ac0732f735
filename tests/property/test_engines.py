"""The engines agree on generated packs and households, and knowing more never turns an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bangfu.rules.api import Outcome, PackInvalid, judge_frames, judge_household
from bangfu.rules.engines.frames import KEY, frame_type
from bangfu.rules.engines.ranges import evaluate
from bangfu.rules.engines.reference import find_facts, judge_expression
from bangfu.rules.values import Range
from property.generated import GIVEN, Row, Written, completions, households, packs
from rules.packs import load

if TYPE_CHECKING:
    import random

    from bangfu.rules.api import Pack

AS_OF = date(2026, 11, 20)
Households = list[tuple[Row, list[Row]]]
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
        for position, (household, members) in enumerate(known)
        for verdict in judge_household(pack, household, members, AS_OF, parameters)
    ]


def frame(pack: Pack, entity: str, rows: list[Row]) -> pl.DataFrame:
    items = pack.items[entity]
    schema = {KEY: pl.String(), **{name: frame_type(each) for name, each in items.items()}}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def frames(pack: Pack, known: Households, order: random.Random | None = None) -> tuple[Any, Any]:
    first = [{**row, KEY: f"{position:03}"} for position, (row, _) in enumerate(known)]
    second = [
        {**row, KEY: f"{position:03}"} for position, (_, rows) in enumerate(known) for row in rows
    ]
    if order:
        order.shuffle(first)
        order.shuffle(second)
    return frame(pack, "household", first), frame(pack, "member", second)


def check_engines_agree(written: Written, known: Households, parameters: dict[str, int]) -> None:
    pack = loaded(written)
    embedded = judge_frames(pack, *frames(pack, known), AS_OF, parameters, with_clear=True)
    assert embedded.rows() == by_reference(pack, known, parameters)
    kept = judge_frames(pack, *frames(pack, known), AS_OF, parameters)
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
    for household, members in known:
        values, people = find_facts(pack, household, members, AS_OF, parameters)
        points = {name: None if isinstance(each, Range) else each for name, each in values.items()}
        pairs = [(rule.when, points) for rule in pack.rules.values()]
        for each in pack.facts.values():
            seen = people if each.over_members else [points]
            pairs += [(part, one) for part in each.expressions for one in seen]
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
    sorted_rows = judge_frames(pack, *frames(pack, known), AS_OF, parameters)
    mixed_rows = judge_frames(pack, *frames(pack, known, order), AS_OF, parameters)
    assert sorted_rows.equals(mixed_rows)
