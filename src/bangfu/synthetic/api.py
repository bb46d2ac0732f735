"""Make made-up people: `bangfu generate`, tests and benchmarks enter here."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from bangfu.kernel.problems import Problem, Refused
from bangfu.synthetic.demo import STORY, DemoPerson, demo_people
from bangfu.synthetic.dirt import count_spoilt
from bangfu.synthetic.lists import ListFile
from bangfu.synthetic.offices import Duty, VillageOffice, village_offices
from bangfu.synthetic.places import villages_in
from bangfu.synthetic.production import Production
from bangfu.synthetic.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "STORY",
    "DataFile",
    "DemoPerson",
    "Duty",
    "Generated",
    "Layout",
    "ListFile",
    "Options",
    "VillageOffice",
    "World",
    "demo_people",
    "generate",
    "village_offices",
]

Layout = Literal["workbook", "csv", "parquet"]
TRUTH_FILE: Final = "truth.jsonl"
MANIFEST_FILE: Final = "generated.json"
FIRST_DAY: Final = date(2014, 12, 31)
"""The registration of 2014 was complete."""
DIRTY_SHARE: Final = 0.002
"""Dirty groups of households per clean household in a workbook, when nothing else is asked."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One data date's register: a workbook, or a folder of two CSV or two Parquet files."""

    path: Path
    day: date


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written.

    Attributes:
        files: the registers, the oldest first.
        truth: the truth file, about the newest of them.
        households, members: how many clean ones are in the newest.
        dirty: how many dirty groups of households stand below them.
        lists: the departments' lists, the oldest first; none beside a snapshot, which has a file
            of reports.
    """

    files: tuple[DataFile, ...]
    truth: Path
    households: int
    members: int
    dirty: int
    lists: tuple[ListFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to write.

    Attributes:
        world: day, thresholds and length of a round.
        dirty: dirty groups per clean household; None is the layout's usual share.
        years: 1, or 2 to write the register of the year before as well.
        days: the days of the registers to write, besides the world's day; none of them later.
        encoding: of CSV files: `utf-8`, `utf-8-sig` or `gb18030`.
    """

    world: World = field(default_factory=World)
    dirty: float | None = None
    years: Literal[1, 2] = 1
    encoding: str = "utf-8"
    days: tuple[date, ...] = ()

    def register_days(self) -> tuple[date, ...]:
        """The days of all registers, the oldest first.

        Raises:
            ValueError: for a day after the world's, or before there was a registration.
        """
        days = {self.world.day, *self.days}
        if self.years > 1:
            days.add(self.world.year_before().day)
        if max(days) > self.world.day or min(days) < FIRST_DAY:
            raise ValueError("days")
        return tuple(sorted(days))

    def dirty_share(self, layout: Layout) -> float:
        """The share of dirty groups asked for.

        Raises:
            ValueError: for dirty rows or earlier years of a snapshot, which has neither.
        """
        if layout == "parquet" and (self.dirty or len(self.register_days()) > 1):
            raise ValueError("a snapshot holds one day's clean households")
        if self.dirty is None:
            return DIRTY_SHARE if layout == "workbook" else 0.0
        return self.dirty


def generate(
    division: str,
    households: int,
    seed: int,
    out: Path,
    layout: Layout = "workbook",
    options: Options | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Generated:
    """Write made-up households of a division to a folder, with lists, truth and a manifest.

    Args:
        division: any division that has villages in the packaged list.
        households: how many clean ones.
        seed: the same seed writes the same; more households change none of the earlier ones.
        out: the folder; it is made, and files of the same names are replaced.
        layout: `workbook` (.xlsx in the form's layout), `csv` (its two sheets) or `parquet`.
        options: how to write.
        progress: told now and then how many of how many households are done.

    Raises:
        Refused: when the division has no village, or a day more births than numbers.
        ValueError: when the options do not go with the layout.
    """
    options = options or Options()
    spoilt = count_spoilt(households, options.dirty_share(layout))
    villages = villages_in(division)
    if not villages:
        raise Refused(Problem("synthetic.no_villages", values={"division": division}))
    out.mkdir(parents=True, exist_ok=True)
    production = Production(options.world, division, villages, seed)
    paths = production.open_files(out, layout, options.encoding, options.register_days())
    with (
        closing(production),
        (out / TRUTH_FILE).open("w", encoding="utf-8", newline="\n") as truth,
    ):
        for position in range(households):
            truth.write(production.add_household(position))
            if progress:
                progress(position + 1, households)
        truth.writelines(production.add_spoilt(spoilt))
        lists = () if layout == "parquet" else tuple(production.write_lists(out))
    files = tuple(DataFile(path, day) for day, path in sorted(paths.items()))
    made = Generated(files, out / TRUTH_FILE, households, production.members, spoilt, lists)
    _write_manifest(out, made, seed, division, options)
    return made


def _write_manifest(out: Path, made: Generated, seed: int, division: str, options: Options) -> None:
    manifest = {
        "made_up": True,
        "division": division,
        "seed": seed,
        "households": made.households,
        "members": made.members,
        "dirty": made.dirty,
        "world": asdict(options.world) | {"day": options.world.day.isoformat()},
        "files": [
            {"path": file.path.relative_to(out).as_posix(), "data_date": file.day.isoformat()}
            for file in made.files
        ],
        "lists": [
            {
                "path": each.path.relative_to(out).as_posix(),
                "feed": each.feed,
                "month": each.month,
                "data_date": each.day.isoformat(),
                "rows": each.rows,
                "odd": each.odd,
            }
            for each in made.lists
        ],
        "truth": TRUTH_FILE,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (out / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")
