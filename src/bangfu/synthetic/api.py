"""Make made-up people: `bangfu generate`, tests and benchmarks enter here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bangfu.kernel.problems import Problem, Refused
from bangfu.synthetic.life import Lives
from bangfu.synthetic.numbers import IdentityNumbers
from bangfu.synthetic.places import villages_in
from bangfu.synthetic.sheets import row_of
from bangfu.synthetic.truth import as_line, household_truth
from bangfu.synthetic.workbooks import CsvForms, WorkbookForms
from bangfu.synthetic.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from bangfu.synthetic.people import Household
    from bangfu.synthetic.workbooks import Forms

Layout = Literal["workbook", "csv", "parquet"]
TRUTH_FILE: Final = "truth.jsonl"


@dataclass(frozen=True, slots=True)
class DataFile:
    """One data date's register: a workbook, or a folder of CSV files."""

    path: Path
    day: date


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: the registers, oldest first, the truth file and counts."""

    files: tuple[DataFile, ...]
    truth: Path
    households: int
    members: int


def generate(
    division: str,
    households: int,
    seed: int,
    out: Path,
    layout: Layout = "workbook",
    *,
    world: World | None = None,
    encoding: str = "utf-8",
    progress: Callable[[int, int], None] | None = None,
) -> Generated:
    """Write made-up households of a division to a folder.

    Raises:
        Refused: when the division has no villages in the packaged list.
    """
    world = world or World()
    villages = villages_in(division)
    if not villages:
        raise Refused(Problem("synthetic.no_villages", values={"division": division}))
    out.mkdir(parents=True, exist_ok=True)
    lives = Lives(world, division, villages, seed)
    numbers = IdentityNumbers()
    name = f"register-{division}-{world.day.isoformat()}"
    forms: Forms
    if layout == "csv":
        path = out / name
        forms = CsvForms(path, encoding)
    else:
        path = out / f"{name}.xlsx"
        forms = WorkbookForms(path, world.day)
    members = 0
    with (out / TRUTH_FILE).open("w", encoding="utf-8", newline="\n") as truth:
        for index in range(households):
            household = lives.make(index)
            _number(household, numbers)
            _write(household, forms)
            members += len(household.people)
            truth.write(as_line(household_truth(household)))
            if progress and index % 500 == 0:
                progress(index, households)
    forms.close()
    return Generated((DataFile(path, world.day),), out / TRUTH_FILE, households, members)


def _number(household: Household, numbers: IdentityNumbers) -> None:
    county = household.village.code[:6]
    for person in household.people:
        person.id_number = numbers.deal(county, person.birth, person.sex)
        person.facts["id_number"] = person.id_number


def _write(household: Household, forms: Forms) -> None:
    forms.add("household", row_of("household", household.facts).values())
    for person in household.people:
        forms.add("member", row_of("member", person.facts).values())
