"""Households judged by a pack: many at once by an engine, or one with its evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from bangfu.rules.api import Outcome, judge_frames, judge_household
from bangfu.screening.domain.outcomes import KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from bangfu.rules.api import Pack, Verdict

Row = dict[str, Any]


class Engine(StrEnum):
    """Who judges. Outcomes are the same; the reference is slower and says why."""

    EMBEDDED = "embedded"
    REFERENCE = "reference"


class EnginesDisagree(RuntimeError):
    """Two engines came to different outcomes: a fault of ours, and no run is kept."""


def judge(
    engine: Engine,
    pack: Pack,
    households: pl.DataFrame,
    members: pl.DataFrame,
    as_of: date,
    parameters: Mapping[str, int],
) -> pl.DataFrame:
    """`household_key`, `rule`, `outcome` of everything that fired or is unknown.

    Raises:
        DataUnfit: data no rule may be asked about.
    """
    if engine is Engine.EMBEDDED:
        return judge_frames(pack, households, members, as_of, parameters)
    rows = [
        (key, verdict.rule, verdict.outcome.value)
        for key, household, people in each_household(households, members)
        for verdict in judge_household(pack, household, people, as_of, parameters)
        if verdict.outcome is not Outcome.CLEAR
    ]
    schema = pl.Schema({KEY: households.schema[KEY], "rule": pl.String(), "outcome": pl.String()})
    return pl.DataFrame(rows, schema=schema, orient="row")


def each_household(
    households: pl.DataFrame, members: pl.DataFrame
) -> Iterator[tuple[Any, Row, list[Row]]]:
    """Every household with its members, as rows by item name; what is not known is None."""
    people: dict[Any, list[Row]] = {}
    for member in members.iter_rows(named=True):
        people.setdefault(member[KEY], []).append(member)
    for household in households.iter_rows(named=True):
        yield household[KEY], household, people.get(household[KEY], [])


def explain_fired(
    pack: Pack,
    households: pl.DataFrame,
    members: pl.DataFrame,
    as_of: date,
    parameters: Mapping[str, int],
    fired: Collection[tuple[Any, str]],
) -> dict[tuple[Any, str], Verdict]:
    """The reference's verdict for every (household key, rule) that an engine says fired.

    Raises:
        EnginesDisagree: when the reference does not say so too.
    """
    wanted = {key for key, _ in fired}
    keys = pl.Series(KEY, sorted(wanted), dtype=households.schema[KEY])
    chosen = households.filter(pl.col(KEY).is_in(keys.implode()))
    theirs = members.filter(pl.col(KEY).is_in(keys.implode()))
    found: dict[tuple[Any, str], Verdict] = {}
    for key, household, people in each_household(chosen, theirs):
        for verdict in judge_household(pack, household, people, as_of, parameters):
            says = verdict.outcome is Outcome.FIRED
            if says != ((key, verdict.rule) in fired):
                raise EnginesDisagree(f"{key} {verdict.rule}: {verdict.outcome}")
            if says:
                found[key, verdict.rule] = verdict
    return found
