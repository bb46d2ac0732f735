"""Prints the hash of a made-up county's result, in a process of its own.

python digest_of.py FOLDER ENGINE
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl

from bangfu.rules.api import load_pack
from bangfu.rules.engines.frames import empty_rows
from bangfu.rules.pack import Over
from bangfu.screening.domain.judging import Engine, Register, judge
from bangfu.screening.domain.outcomes import KEY, digest, tally


def digest_of(folder: Path, engine: Engine) -> str:
    """The hash, with keys for household numbers."""
    pack, as_of = load_pack("demo"), date(2026, 11, 20)
    frames = {
        name: pl.read_parquet(folder / f"{name}.parquet")
        for name in ("households", "members", "reports")
        if (folder / f"{name}.parquet").is_file()
    }
    frames.setdefault("reports", empty_rows(pack, Over.REPORTS, pl.Int64()))
    found = judge(engine, pack, Register(**frames), as_of, pack.parameters_on(as_of, "511921"))
    outcomes = found.with_columns(number=pl.col(KEY).cast(pl.String))
    return digest(outcomes, tally(outcomes, list(pack.rules), frames["households"].height))


if __name__ == "__main__":
    sys.stdout.write(digest_of(Path(sys.argv[1]), Engine(sys.argv[2])))
