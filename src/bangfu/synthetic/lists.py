"""Departments' lists: one file a month and matter, with the rows that nobody can be found for.

Beside what is reported of households stand rows of people of other counties, numbers with a wrong
digit, names that differ from the register's, and rows that stand twice. None of them changes what
must be found: they are not matched, are refused, or say the same once more.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import xlsxwriter

from bangfu.kernel.identity import check_digit
from bangfu.synthetic.dice import Dice
from bangfu.synthetic.names import make_given_name, make_surname
from bangfu.synthetic.reporting import Report, month_back
from bangfu.synthetic.sheets import list_forms, product_label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bangfu.synthetic.numbers import IdentityNumbers
    from bangfu.synthetic.people import Household, Person
    from bangfu.synthetic.sheets import Cell, ListForm
    from bangfu.synthetic.world import World

FOLDER: Final = "feeds"
MONTHS_BACK: Final = 14
_OF_BANKS: Final = frozenset({"loan", "overdue", "price"})
"""Matters whose lists come as workbooks; the others come as CSV."""
_ODD: Final = 22
"""Percent of lists with a row of each odd kind."""
_BYSTANDERS: Final = 200


@dataclass(frozen=True, slots=True)
class ListFile:
    """One department's list.

    Attributes:
        feed: the mapping file it is read with; trigger: what it reports.
        month: YYYYMM; day: up to which it is complete.
        rows: how many rows it has; odd: how many of them belong to nobody or say nothing new.
    """

    path: Path
    feed: str
    trigger: str
    month: int
    day: date
    rows: int
    odd: int


@dataclass(slots=True)
class _Row:
    """A row to write, with who it is about in the list's own words."""

    report: Report
    identity: str = ""
    name: str = ""


class Lists:
    """Gathers reports and writes the lists at the end.

    Args:
        world: the day up to which the newest lists are complete.
        key: what the dice are thrown with.
        numbers: deals the numbers of strangers, as for somebody of `county`.
    """

    def __init__(
        self, world: World, key: tuple[object, ...], numbers: IdentityNumbers, county: str
    ) -> None:
        self._world = world
        self._key = key
        self._numbers = numbers
        self._county = county
        self._rows: dict[tuple[str, int], list[_Row]] = {}
        self._bystanders: list[Person] = []

    def add(self, household: Household, reports: Iterable[Report]) -> None:
        """Take what is reported of a household whose people have their numbers."""
        if household.situation is None and len(self._bystanders) < _BYSTANDERS:
            self._bystanders.append(replace(household.head, facts={}))
        for report in reports:
            self.take(report)

    def take(self, report: Report) -> None:
        """Take one report."""
        person = report.person
        row = _Row(report, person.id_number, person.name) if person else _Row(report)
        self._rows.setdefault((report.trigger, report.month), []).append(
            replace(row, report=replace(report, person=None))
        )

    def write(self, out: Path) -> list[ListFile]:
        """Write every list of the last months, also those without a row."""
        folder = out / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for back in reversed(range(MONTHS_BACK)):
            month = month_back(self._world, back)
            for form in list_forms():
                rows = self._rows.pop((form.trigger, month), [])
                odd = self._odd_rows(form, month, rows)
                written.append(self._write(folder, form, month, rows + odd, len(odd)))
        return written

    def _write(
        self, folder: Path, form: ListForm, month: int, rows: list[_Row], odd: int
    ) -> ListFile:
        last = date(month // 100, month % 100, monthrange(month // 100, month % 100)[1])
        ending = "xlsx" if form.trigger in _OF_BANKS else "csv"
        path = folder / f"{month}-{form.feed}.{ending}"
        cells = [[_cell(row, item) for item, _ in form.columns] for row in rows]
        day = min(last, self._world.day)
        if ending == "csv":
            _write_csv(path, form, cells)
        else:
            _write_book(path, form, cells, day)
        return ListFile(path, form.feed, form.trigger, month, day, len(rows), odd)

    def _odd_rows(self, form: ListForm, month: int, rows: list[_Row]) -> list[_Row]:
        dice = Dice(*self._key, "odd", form.feed, month)
        stranger, digit, name, twice = (dice.chance(_ODD) for _ in range(4))
        if "id_number" not in dict(form.columns):
            return []
        amount = dice.yuan(200, 3000, 50) if "amount" in dict(form.columns) else None
        report = Report(form.trigger, month, dice.between(1, 15), amount)
        odd = []
        if stranger:
            odd.append(self._stranger(report, dice))
        if digit and self._bystanders:
            odd.append(_wrong_digit(report, dice.pick(self._bystanders)))
        if name and self._bystanders:
            person = dice.pick(self._bystanders)
            odd.append(_Row(report, person.id_number, f"{person.name}甲"))
        if twice and rows:
            odd.append(dice.pick(rows))
        return odd

    def _stranger(self, report: Report, dice: Dice) -> _Row:
        """Somebody whom the register does not have."""
        born = date(dice.between(1955, 2004), dice.between(1, 12), dice.between(1, 28))
        sex = dice.pick(("male", "female"))
        number = self._numbers.deal(self._county, born, sex, downwards=True)
        return _Row(report, number, make_surname(dice) + make_given_name(dice, sex, born.year))


def _wrong_digit(report: Report, person: Person) -> _Row:
    """A number whose check digit does not hold."""
    digits = person.id_number[:17]
    wrong = "0" if check_digit(digits) != "0" else "1"
    return _Row(report, digits + wrong, person.name)


def _cell(row: _Row, item: str) -> Cell:
    report = row.report
    cells: dict[str, Cell] = {
        "id_number": row.identity or None,
        "household_number": report.household or None,
        "name": row.name or None,
        "date": date(report.month // 100, report.month % 100, report.day),
        "amount": None if report.amount is None else report.amount / 100,
        "percent": report.percent,
        "product": product_label(report.product) if report.product else None,
        "division": report.division or None,
    }
    return cells.get(item)


def _write_csv(path: Path, form: ListForm, rows: list[list[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(form.headers())
        writer.writerows([[_text(cell) for cell in row] for row in rows])


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _write_book(path: Path, form: ListForm, rows: list[list[Cell]], day: date) -> None:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": datetime.combine(day, time())})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(form.title)
    table: list[list[Cell]] = [list(form.headers()), *rows]
    for number, cells in enumerate(table):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, datetime.combine(cell, time()), days)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    book.close()
