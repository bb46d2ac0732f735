"""Counts, the hash and comparisons, on small tables."""

from __future__ import annotations

import hashlib
from uuid import UUID

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from bangfu.screening.domain.changes import Ending, Spot, compare_findings
from bangfu.screening.domain.outcomes import (
    KEY,
    Tally,
    digest,
    movers,
    shifts,
    tally,
    tally_places,
)

RULES = ["income", "housing"]
Row = tuple[str, str, str]


def table(*rows: Row) -> pl.DataFrame:
    """Outcomes of (number, rule, outcome); the village follows the number."""
    return pl.DataFrame(
        [
            (int(number[-3:]), f"home-{number}", number, f"51192110{number[-4]}201", rule, outcome)
            for number, rule, outcome in rows
        ],
        schema={
            KEY: pl.Int64,
            "home": pl.String,
            "number": pl.String,
            "village": pl.String,
            "rule": pl.String,
            "outcome": pl.String,
        },
        orient="row",
    )


NOW = table(
    ("H1001", "income", "fired"),
    ("H1002", "income", "unknown"),
    ("H2003", "housing", "fired"),
    ("H2003", "income", "fired"),
)


def test_what_is_in_no_row_is_clear() -> None:
    assert tally(NOW, RULES, 5) == [Tally("income", 2, 2, 1), Tally("housing", 1, 4, 0)]


def test_places_count_fired_and_unknown_apart() -> None:
    assert tally_places(NOW, 9) == {
        "511921101": {"income": [1, 1]},
        "511921102": {"housing": [1, 0], "income": [1, 0]},
    }


def test_the_hash_is_of_these_very_lines() -> None:
    text = (
        "housing\t1\t4\t0\nincome\t2\t2\t1\n"
        "H1001\tincome\tfired\nH1002\tincome\tunknown\nH2003\thousing\tfired\nH2003\tincome\tfired\n"
    )
    assert digest(NOW, tally(NOW, RULES, 5)) == hashlib.sha256(text.encode()).hexdigest()


@given(rows=st.permutations(NOW.to_dicts()))
def test_the_hash_knows_no_order(rows: list[dict[str, object]]) -> None:
    shuffled = pl.DataFrame(rows, schema=NOW.schema)
    tallies = tally(shuffled, RULES[::-1], 5)
    assert digest(shuffled, tallies) == digest(NOW, tally(NOW, RULES, 5))


def test_the_hash_knows_every_answer() -> None:
    known = digest(NOW, tally(NOW, RULES, 5))
    changed = NOW.with_columns(
        pl.when(pl.col("number") == "H1002")
        .then(pl.lit("fired"))
        .otherwise(pl.col("outcome"))
        .alias("outcome")
    )
    swapped = NOW.with_columns(pl.col("number").str.replace("H1001", "H1004"))
    assert digest(changed, tally(changed, RULES, 5)) != known
    assert digest(swapped, tally(swapped, RULES, 5)) != known
    assert digest(NOW, tally(NOW, RULES, 6)) != known


AFTER = table(
    ("H1001", "income", "unknown"),
    ("H2003", "housing", "fired"),
    ("H2004", "income", "fired"),
)


def test_changes_are_counted_by_what_became_what() -> None:
    found = {each.rule: each.changes for each in shifts(NOW, AFTER, RULES)}
    assert found["housing"] == {}
    assert found["income"] == {
        "clear>fired": 1,
        "fired>clear": 1,
        "fired>unknown": 1,
        "unknown>clear": 1,
    }


def test_a_household_moves_only_when_its_first_or_last_rule_does() -> None:
    found = movers(NOW, AFTER)
    assert found.select("number", "enters", "rules").rows() == [
        ("H2004", True, ["income"]),
        ("H1001", False, ["income"]),
    ]


HOMES = [UUID(int=number) for number in range(3)]
SPOTS = st.tuples(st.sampled_from(HOMES), st.sampled_from(["income", "housing", "old"]))


@given(
    standing=st.sets(SPOTS, max_size=8),
    fired=st.sets(SPOTS, max_size=8),
    unknown=st.sets(SPOTS, max_size=8),
    away=st.booleans(),
)
def test_every_finding_is_new_goes_on_ends_or_stands(
    standing: set[Spot], fired: set[Spot], unknown: set[Spot], away: bool
) -> None:
    unknown -= fired
    households = set() if away else {household for household, _ in standing}
    changes = compare_findings(standing, fired, unknown, households, RULES)
    assert set(changes.new) == fired - standing
    assert set(changes.continuing) == fired & standing
    assert set(changes.ended) == standing - fired - unknown
    for (_, rule), ending in changes.ended.items():
        if away:
            assert ending is Ending.LEFT
        else:
            assert ending is (Ending.RULE_WITHDRAWN if rule == "old" else Ending.CLEAR)
