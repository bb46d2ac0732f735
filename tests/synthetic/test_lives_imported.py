"""The registers of eleven years go through the import's checks without a word of complaint."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bangfu.synthetic.api import Options, generate
from synthetic.making import TONGJIANG
from synthetic.test_dirt import found_in

if TYPE_CHECKING:
    from pathlib import Path

_DAYS = tuple(date(year, 11, 20) for year in (2015, 2019, 2023, 2025))


def test_registers_of_every_phase_are_taken_by_the_register(tmp_path: Path) -> None:
    made = generate(TONGJIANG, 150, 8, tmp_path, options=Options(dirty=0, days=_DAYS))
    for file in made.files:
        assert found_in(file) == Counter(), file.day
