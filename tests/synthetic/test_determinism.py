"""The same seed writes the same, whatever the machine; more households change none before."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bangfu.synthetic.api import Options, generate
from bangfu.synthetic.dice import Dice, Odds
from synthetic.making import TONGJIANG, make

if TYPE_CHECKING:
    from pathlib import Path

_SCRIPT = """
import sys
from pathlib import Path
from bangfu.synthetic.api import Options, generate
dirty = 0.05 if sys.argv[2] == "csv" else None
generate("511921", 120, 7, Path(sys.argv[1]), sys.argv[2], Options(dirty=dirty))
"""


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("layout", ["csv", "workbook", "parquet"])
def test_every_byte_is_the_same_under_another_hash_seed_time_zone_and_language(
    tmp_path: Path, layout: str
) -> None:
    written = []
    for name, hash_seed, zone, language in (
        ("one", "0", "UTC", "C"),
        ("two", "4242", "Pacific/Kiritimati", "zh_CN.UTF-8"),
    ):
        out = tmp_path / name
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONHASHSEED": hash_seed,
            "TZ": zone,
            "LANG": language,
            "LC_ALL": language,
        }
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(out), layout], env=environment, check=True
        )
        written.append(_hashes(out))
    assert len(written[0]) >= 3
    assert written[0] == written[1]


def test_more_households_change_none_of_the_earlier_ones(tmp_path: Path) -> None:
    few = generate(TONGJIANG, 150, 5, tmp_path / "few", "csv")
    many = generate(TONGJIANG, 260, 5, tmp_path / "many", "csv")
    for name in ("农户信息.csv", "家庭成员.csv"):
        short = (few.files[0].path / name).read_bytes()
        long = (many.files[0].path / name).read_bytes()
        assert long.startswith(short)
        assert len(long) > len(short)
    assert many.truth.read_bytes().startswith(few.truth.read_bytes())


def test_dirty_rows_leave_the_clean_ones_as_they_are(tmp_path: Path) -> None:
    clean = generate(TONGJIANG, 200, 5, tmp_path / "clean", "csv")
    dirty = generate(TONGJIANG, 200, 5, tmp_path / "dirty", "csv", Options(dirty=0.1))
    for name in ("农户信息.csv", "家庭成员.csv"):
        assert (
            (dirty.files[0].path / name)
            .read_bytes()
            .startswith((clean.files[0].path / name).read_bytes())
        )


def test_another_seed_makes_other_people() -> None:
    first = {person.name for household in make(40, seed=1) for person in household.people}
    second = {person.name for household in make(40, seed=2) for person in household.people}
    assert len(first & second) < len(first) / 4


def test_throws_are_those_written_down_on_the_day_the_dice_were_made() -> None:
    dice = Dice("seed", 1)
    assert [dice.between(1, 100) for _ in range(5)] == [8, 81, 52, 3, 83]
    odds = Odds({"a": 1, "b": 3})
    assert [Dice("seed", number).draw(odds) for number in (1, 2)] == ["a", "b"]


def test_dice_go_on_after_their_first_page_without_repeating_it() -> None:
    dice = Dice("long")
    first = [dice.share() for _ in range(256)]
    second = [dice.share() for _ in range(256)]
    assert not set(first) & set(second)
    assert all(0 <= share < 1 for share in (*first, *second))
