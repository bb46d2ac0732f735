"""Judges a made-up county by the demo pack and prints one hash: run by `test_determinism`."""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from typing import Any

import polars as pl

from bangfu.rules.api import judge_frames, load_pack
from bangfu.rules.kinds import Base, Signature
from bangfu.rules.names import TRIGGER

HOUSEHOLDS = 20_000
MEMBERS = 3
REPORTS = 2
DAY = date(2026, 11, 20)


def column(name: str, signature: Signature, codes: dict[str, tuple[str, ...]]) -> pl.Expr:
    """Values spread by a hash of the row, every seventh of them missing."""
    spread = pl.int_range(pl.len()).hash(seed=sum(name.encode())) // 7
    if signature.kind.base is Base.NUMBER:
        size = min(signature.high - signature.low, 4_000_000)
        value: Any = signature.low + (spread % (size + 1)).cast(pl.Int64)
    elif signature.kind.base is Base.TRUTH:
        value = spread % 2 == 0
    else:
        listed = pl.lit(pl.Series(codes[signature.kind.list]))
        value = listed.gather(spread % len(codes[signature.kind.list]))
        value = pl.concat_list(value) if signature.kind.base is Base.CODES else value
    return pl.when((spread % 7 > 0) | pl.lit(name == TRIGGER)).then(value).alias(name)


def main() -> None:
    """Print the hash of the ordered result."""
    pack = load_pack("demo")
    codes = {
        name: tuple(code.code for code in each.codes) for name, each in pack.layout.lists.items()
    }
    keys = pl.int_range(HOUSEHOLDS, eager=True).hash(seed=9).cast(pl.String).alias("household_key")
    columns = {
        entity: [column(name, each, codes) for name, each in items.items()]
        for entity, items in pack.items.items()
    }
    households = keys.to_frame().with_columns(columns["household"])
    members = pl.concat([keys.to_frame()] * MEMBERS).with_columns(columns["member"])
    reports = pl.concat([keys.to_frame()] * REPORTS).with_columns(columns["report"])
    parameters = pack.parameters_on(DAY, "511921")
    judged = judge_frames(
        pack, households, members, DAY, parameters, reports=reports, with_clear=True
    )
    counts = judged.group_by("rule", "outcome").len().sort("rule", "outcome").rows()
    text = judged.write_csv().encode()
    digest = hashlib.sha256(text).hexdigest()
    sys.stdout.write(f"{digest} {len(pack.rules)} {len(counts)} {judged.height}\n")


if __name__ == "__main__":
    main()
