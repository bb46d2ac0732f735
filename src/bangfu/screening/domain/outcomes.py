"""What a run found, as a table; its counts and the one hash that stands for it.

Outcomes are a frame of `household_key`, `home` (household id), `number` (household number),
`village`, `rule` and `outcome`, one row for every rule that fired or could not be judged; every
other rule of every household is clear.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from bangfu.rules.api import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

KEY: Final = "household_key"
_AT_ONCE: Final = 250_000


@dataclass(frozen=True, slots=True)
class Tally:
    """How many households a rule fired for, is clear for, and could not judge."""

    rule: str
    fired: int
    clear: int
    unknown: int


def tally(outcomes: pl.DataFrame, rules: Sequence[str], households: int) -> list[Tally]:
    """The counts by rule, in the order of `rules`."""
    counted = dict[tuple[str, str], int](
        ((rule, outcome), count)
        for rule, outcome, count in outcomes.group_by("rule", "outcome").len().iter_rows()
    )
    found = []
    for rule in rules:
        fired = counted.get((rule, Outcome.FIRED), 0)
        unknown = counted.get((rule, Outcome.UNKNOWN), 0)
        found.append(Tally(rule, fired, households - fired - unknown, unknown))
    return found


def tally_places(outcomes: pl.DataFrame, digits: int) -> dict[str, dict[str, list[int]]]:
    """Fired and unknown by place and rule; a place is the first `digits` of the village."""
    place = pl.col("village").str.slice(0, digits).alias("place")
    found: dict[str, dict[str, list[int]]] = {}
    grouped = outcomes.group_by(place, "rule", "outcome").len().sort("place", "rule", "outcome")
    for code, rule, outcome, count in grouped.iter_rows():
        counts = found.setdefault(code, {}).setdefault(rule, [0, 0])
        counts[0 if outcome == Outcome.FIRED else 1] = count
    return found


def digest(outcomes: pl.DataFrame, tallies: Iterable[Tally]) -> str:
    """SHA-256 of the whole result, the same whoever computed it, wherever and in what order.

    First a line a rule with its counts, by name; then a line a row that fired or is unknown, by
    household number, rule and outcome. Fields are separated by tabs, lines end in line feeds.
    """
    state = hashlib.sha256()
    for each in sorted(tallies, key=lambda tallied: tallied.rule):
        state.update(f"{each.rule}\t{each.fired}\t{each.clear}\t{each.unknown}\n".encode())
    for text in _lines(outcomes.sort("number", "rule", "outcome")):
        state.update(text)
    return state.hexdigest()


def _lines(ordered: pl.DataFrame) -> Iterator[bytes]:
    line = pl.concat_str("number", "rule", "outcome", separator="\t")
    for part in ordered.iter_slices(_AT_ONCE):
        yield "".join(f"{text}\n" for text in part.select(line).to_series()).encode()


@dataclass(frozen=True, slots=True)
class Shift:
    """What another value of a parameter changes for one rule: `changes` counts `clear>fired`."""

    rule: str
    changes: dict[str, int]


def shifts(before: pl.DataFrame, after: pl.DataFrame, rules: Sequence[str]) -> list[Shift]:
    """Every change of an outcome, by rule; outcomes that stay are left out."""
    counted: dict[str, Counter[str]] = {rule: Counter() for rule in rules}
    for rule, old, new, count in (
        _paired(before, after)
        .group_by("rule", "before", "after")
        .len()
        .sort("rule", "before", "after")
        .iter_rows()
    ):
        if old != new:
            counted[rule][f"{old}>{new}"] = count
    return [Shift(rule, dict(sorted(counted[rule].items()))) for rule in rules]


def _paired(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    clear = pl.lit(Outcome.CLEAR.value)
    return (
        before.rename({"outcome": "before"})
        .join(
            after.rename({"outcome": "after"}),
            on=["number", "village", "rule"],
            how="full",
            coalesce=True,
        )
        .with_columns(pl.col("before", "after").fill_null(clear))
    )


def movers(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The households that enter and leave, with `rules` (before or after) and `enters`.

    A household enters when a rule fires for it and none did; it leaves when none fires any more.
    """
    old, new = _fired(before), _fired(after)
    entering = new.join(old, on="number", how="anti").with_columns(enters=True)
    leaving = old.join(new, on="number", how="anti").with_columns(enters=False)
    return pl.concat([entering, leaving]).sort("enters", "number", descending=[True, False])


def _fired(outcomes: pl.DataFrame) -> pl.DataFrame:
    fired = outcomes.filter(pl.col("outcome") == Outcome.FIRED.value)
    return fired.group_by(KEY, "home", "number", "village").agg(
        pl.col("rule").sort().alias("rules")
    )
