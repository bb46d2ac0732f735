"""One result, whatever the threads, the hash seed, the time zone and the language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("judge_county.py")
SETTINGS = (
    {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C"},
    {"POLARS_MAX_THREADS": "2", "PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LANG": "C.UTF-8"},
    {"POLARS_MAX_THREADS": "7", "PYTHONHASHSEED": "3", "TZ": "America/Lima"},
)


def judged(settings: dict[str, str]) -> str:
    """The hash, the number of answers given and of rows, from a process of its own."""
    source = str(Path(__file__).parents[2] / "src")
    done = subprocess.run(
        [sys.executable, SCRIPT],
        env={**os.environ, "PYTHONPATH": source, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_result_does_not_depend_on_threads_or_surroundings() -> None:
    first, *others = [judged(settings) for settings in SETTINGS]
    assert others == [first, first]
    digest, rules, answers, rows = first.split()
    assert len(digest) == 64
    assert int(rows) == int(rules) * 20_000
    # Most rules fire, are clear and cannot tell somewhere: the hash stands for all of it.
    assert int(answers) > 2 * int(rules)
