"""One household judged again with the explanation people read; and a county at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from bangfu.rules.api import Outcome, judge_frames, judge_household, load_pack
from bangfu.synthetic.api import STORY, Options, generate
from bench.place import most_memory_mib, spread, tell

if TYPE_CHECKING:
    from pathlib import Path

    from bangfu.rules.api import Pack

HOUSEHOLDS: Final = 20_000
SINGLE: Final = 2_000
"""How many are judged one by one."""

Row = dict[str, Any]


def run(home: Path, households: int, before: Row) -> None:
    """Measure both ways of judging, compare what they say, and print it."""
    made = generate(
        STORY.division, households, 7, home / "made", layout="parquet", options=Options()
    )
    folder = made.files[-1].path
    houses = pl.read_parquet(folder / "households.parquet")
    members = pl.read_parquet(folder / "members.parquet")
    pack = load_pack("demo")
    parameters = pack.parameters_on(STORY.day, STORY.division)
    begun, used = time.perf_counter(), time.process_time()
    verdicts = judge_frames(pack, houses, members, STORY.day, parameters)
    seconds, processor = time.perf_counter() - begun, time.process_time() - used
    fired = verdicts.filter(pl.col("outcome") == Outcome.FIRED.value)
    known = set(fired.select("household_key", "rule").rows())
    times, differing = _one_by_one(pack, houses, members, parameters, known)
    tell(
        {
            "benchmark": "one household judged again with its explanation, in memory",
            "machine": before,
            "shape": {
                "rules": len(pack.rules),
                "facts": len(pack.facts),
                "households": houses.height,
                "members": members.height,
            },
            "one household": spread(times),
            "the whole county": {
                "seconds": round(seconds, 2),
                "processor_seconds": round(processor, 2),
                "fired": fired.height,
            },
            "most_memory_mib": most_memory_mib(),
            "failures": {"households where the two engines differ": differing},
        }
    )


def _one_by_one(
    pack: Pack,
    houses: pl.DataFrame,
    members: pl.DataFrame,
    parameters: dict[str, int],
    fired: set[tuple[int, str]],
) -> tuple[list[float], int]:
    """Seconds each, and how many households the reference judges otherwise."""
    people: dict[int, list[Row]] = {}
    for row in members.iter_rows(named=True):
        people.setdefault(row["household_key"], []).append(_told(row))
    by_household: dict[int, set[str]] = {}
    for key, rule in fired:
        by_household.setdefault(key, set()).add(rule)
    times, differing = [], 0
    for row in houses.head(SINGLE).iter_rows(named=True):
        key, told = row["household_key"], _told(row)
        begun = time.perf_counter()
        found = judge_household(pack, told, people.get(key, []), STORY.day, parameters)
        times.append(time.perf_counter() - begun)
        rules = {each.rule for each in found if each.outcome is Outcome.FIRED}
        differing += rules != by_household.get(key, set())
    return times, differing


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}
