"""One run of the generator: households one after another into every file that is open.

Nothing is kept but counters, so a set may be larger than memory; only a snapshot is sorted at the
end. Dirty households stand below the clean ones and are dealt numbers of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bangfu.synthetic.dirt import KINDS, Rows, kinds_of
from bangfu.synthetic.frames import SnapshotFrames
from bangfu.synthetic.life import Lives
from bangfu.synthetic.lists import Lists
from bangfu.synthetic.numbers import IdentityNumbers, show_card, show_papers
from bangfu.synthetic.sheets import row_of, titles
from bangfu.synthetic.truth import as_line, household_truth
from bangfu.synthetic.workbooks import CsvForms, WorkbookForms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from bangfu.synthetic.dirt import Kind
    from bangfu.synthetic.lists import ListFile
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.places import Village
    from bangfu.synthetic.sheets import Row
    from bangfu.synthetic.workbooks import Forms
    from bangfu.synthetic.world import World

_COUNTY: Final = 6
_SPOILT_LANE: Final = 9
_SPOILT_SHAPE: Final = "couple_child"
_BIRTH_AS_TEXT: Final = 0.01
"""Share of members whose date of birth was typed as text; every reader of the form takes both."""


class Production:
    """Writes clean and dirty households of one division and seed.

    Attributes:
        members: how many clean members were written so far.
    """

    def __init__(
        self, world: World, division: str, villages: tuple[Village, ...], seed: int
    ) -> None:
        self.members = 0
        self._world = world
        self._seed = seed
        self._division = division
        self._lives = Lives(world, division, villages, seed)
        self._spoilt_lives = Lives(world, division, villages, seed, _SPOILT_LANE)
        self._numbers = IdentityNumbers()
        self._county = villages[0].code[:_COUNTY]
        self._counties = sorted({village.code[:_COUNTY] for village in villages})
        self._lists = Lists(world, self._lives.key, self._numbers, self._county)
        self._compared = False
        self._now: Forms | None = None
        self._before: dict[date, Forms] = {}
        self._frames: SnapshotFrames | None = None
        self._file = ""
        self._kinds = KINDS

    def open_files(
        self, out: Path, layout: str, encoding: str, days: tuple[date, ...]
    ) -> dict[date, Path]:
        """Open what the layout writes; the path of each data date's register."""
        self._compared = layout == "parquet" or self._world.year_before().day in days
        if layout == "parquet":
            self._frames = SnapshotFrames(out, self._seed, self._world.day)
            return {self._world.day: out}
        self._kinds = kinds_of(layout)
        paths = {}
        for day in days:
            path = out / f"register-{self._division}-{day.isoformat()}"
            forms: Forms
            if layout == "csv":
                forms = CsvForms(path, day, encoding)
            else:
                path = path.with_name(f"{path.name}.xlsx")
                forms = WorkbookForms(path, day)
            paths[day] = path
            if day == self._world.day:
                self._file, self._now = path.name, forms
            else:
                self._before[day] = forms
        return paths

    def add_household(self, position: int) -> str:
        """Write the clean household of a position; its line of the truth file."""
        household = self._lives.make(position)
        self.members += len(household.people)
        truth = household_truth(household, compared=self._compared)
        reports = self._lives.reports(household, position)
        if self._frames is not None:
            for person in household.people:
                show_card(person)
            reports += self._lives.prices_for(household)
            return as_line(truth | {"household_key": self._frames.add(household, reports)})
        self._deal_numbers(household)
        self._lists.add(household, reports)
        _write(household, self._world.day, self._now)
        for day, forms in self._before.items():
            earlier = self._lives.on(household, position, day)
            if earlier is not None:
                _write(earlier, day, forms)
        return as_line(truth)

    def write_lists(self, out: Path) -> list[ListFile]:
        """Write what departments reported of all households, and of prices in their counties."""
        for county in self._counties:
            for report in self._lives.prices(county):
                self._lists.take(report)
        return self._lists.write(out)

    def add_spoilt(self, count: int) -> Iterator[str]:
        """Write dirty groups of households, one kind after another; their lines of truth."""
        position = 0
        for number in range(count):
            kind = self._kinds[number % len(self._kinds)]
            group = []
            for _ in range(kind.households):
                household = self._spoilt_lives.make_plain(position, _SPOILT_SHAPE)
                self._deal_numbers(household, downwards=True)
                group.append(household)
                position += 1
            yield from map(as_line, self._spoil(kind, group))

    def close(self) -> None:
        """Finish every file."""
        for file in (self._now, *self._before.values(), self._frames):
            if file is not None:
                file.close()

    def _deal_numbers(self, household: Household, *, downwards: bool = False) -> None:
        for person in (*household.people, *household.past):
            person.id_number = self._numbers.deal(
                self._county, person.birth, person.sex, downwards=downwards
            )

    def _spoil(self, kind: Kind, group: list[Household]) -> Iterator[dict[str, Any]]:
        forms = [_rows(household, self._world.day) for household in group]
        marks = kind.spoil(forms)
        if not any(mark.refuses for mark in marks):
            for household in group:
                yield household_truth(household) | {"dirty": kind.name}
        lines = [_write_rows(rows, self._now) for rows in forms]
        for mark in marks:
            yield {
                "kind": "dirty",
                "household_number": group[mark.household].number,
                "dirty": kind.name,
                "file": self._file,
                "sheet": titles()[mark.entity],
                "row": lines[mark.household][mark.entity][mark.row],
                "item": mark.item,
                "problem": mark.problem,
                "refuses": mark.refuses,
            }


def _rows(household: Household, day: date) -> Rows:
    """The household's rows, every member with an identity card."""
    for person in household.people:
        show_card(person)
    return _rows_as_they_are(household, day)


def _rows_as_they_are(household: Household, day: date) -> Rows:
    members = [_member_row(person, day) for person in household.people]
    return Rows([row_of("household", household.facts, day)], members)


def _member_row(person: Person, day: date) -> Row:
    row = row_of("member", person.facts, day)
    if person.whim(149) < _BIRTH_AS_TEXT:
        row["birth_date"] = person.birth.isoformat()
    return row


def _write(household: Household, day: date, forms: Forms | None) -> None:
    for person in household.people:
        show_papers(person)
    _write_rows(_rows_as_they_are(household, day), forms)


def _write_rows(rows: Rows, forms: Forms | None) -> dict[str, list[int]]:
    """Write a household's rows; their numbers by sheet."""
    if forms is None:
        raise ValueError("no file is open")
    return {
        "household": [forms.add("household", row.values()) for row in rows.households],
        "member": [forms.add("member", row.values()) for row in rows.members],
    }
