"""One hash, whoever computes it: engines, threads, time zones, languages, hash seeds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import bangfu
from bangfu.screening.domain.judging import Engine
from bangfu.synthetic.api import generate
from screening.digest_of import digest_of

SCRIPT = Path(__file__).with_name("digest_of.py")
HOUSEHOLDS = 400
SURROUNDINGS = [
    ("embedded", {"POLARS_MAX_THREADS": "1", "TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "0"}),
    (
        "embedded",
        {
            "POLARS_MAX_THREADS": "2",
            "TZ": "Pacific/Apia",
            "LANG": "tr_TR.UTF-8",
            "PYTHONHASHSEED": "1",
        },
    ),
    (
        "reference",
        {"TZ": "America/St_Johns", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "4294967295"},
    ),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up county's two files."""
    folder = tmp_path_factory.mktemp("county")
    generate("511921", HOUSEHOLDS, 20261120, folder, "parquet")
    return folder


def digest_in(folder: Path, engine: str, surroundings: dict[str, str]) -> str:
    """What the script prints in these surroundings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    source = str(Path(bangfu.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), engine],
        env={**kept, "PYTHONPATH": source, **surroundings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_one_hash_in_all_surroundings(county: Path) -> None:
    found = {digest_in(county, engine, each) for engine, each in SURROUNDINGS}
    assert len(found) == 1
    assert len(found.pop()) == 64


def test_one_hash_whatever_the_order_of_rows(county: Path, tmp_path: Path) -> None:
    for file in county.glob("*.parquet"):
        pl.read_parquet(file).sample(fraction=1, shuffle=True, seed=7).write_parquet(
            tmp_path / file.name
        )
    assert digest_of(tmp_path, Engine.EMBEDDED) == digest_of(county, Engine.EMBEDDED)
