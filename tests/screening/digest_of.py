"""Prints the hash of a made-up county's result, in a process of its own.

python digest_of.py FOLDER ENGINE
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl

from bangfu.rules.api import load_pack
from bangfu.screening.domain.judging import Engine, judge
from bangfu.screening.domain.outcomes import KEY, digest, tally


def digest_of(folder: Path, engine: Engine) -> str:
    """The hash, with keys for household numbers."""
    pack, as_of = load_pack("demo"), date(2026, 11, 20)
    households = pl.read_parquet(folder / "households.parquet")
    members = pl.read_parquet(folder / "members.parquet")
    parameters = pack.parameters_on(as_of, "511921")
    found = judge(engine, pack, households, members, as_of, parameters)
    outcomes = found.with_columns(number=pl.col(KEY).cast(pl.String))
    return digest(outcomes, tally(outcomes, list(pack.rules), households.height))


if __name__ == "__main__":
    sys.stdout.write(digest_of(Path(sys.argv[1]), Engine(sys.argv[2])))
