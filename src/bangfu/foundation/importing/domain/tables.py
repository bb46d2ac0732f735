"""Reading a sheet's rows into typed columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.foundation.importing.domain.codes import code_reader, codes_reader, flag_reader
from bangfu.foundation.importing.domain.readers import (
    count_reader,
    date_reader,
    division_reader,
    hundredths_reader,
    month_reader,
    text_reader,
)
from bangfu.kernel.problems import Place, Problem
from bangfu.rules.layout import HUNDREDTHS, ItemType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from bangfu.foundation.importing.domain.cells import Raw, RawSheet
    from bangfu.foundation.importing.domain.columns import Matched
    from bangfu.foundation.importing.domain.expected import SheetExpected
    from bangfu.foundation.importing.domain.findings import Finding, Outcome, Value
    from bangfu.foundation.importing.domain.problem_log import ProblemLog
    from bangfu.foundation.importing.domain.readers import Reader
    from bangfu.rules.layout import CodeList, Item

_REMEMBERED: Final = 50_000
_FLAG_LIST: Final = "flag"


@dataclass(slots=True)
class Table:
    """The rows of one sheet, typed, column by column.

    Attributes:
        columns: values by item name; all lists have the length of `rows`.
        rows: the row number of every record, as Excel shows it.
        refused: numbers of the rows that at least one refusing problem lies in.
        headers: column number and header as written, by item name.
    """

    entity: str
    file: str
    sheet: str
    columns: dict[str, list[Value]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    headers: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def record(self, position: int) -> dict[str, Value]:
        """One record by its position; empty items are left out."""
        return {
            name: value
            for name, cells in self.columns.items()
            if (value := cells[position]) is not None
        }

    def records(self) -> Iterator[dict[str, Value]]:
        """All records in the order of the sheet; empty items are left out."""
        names = tuple(self.columns)
        for cells in zip(*self.columns.values(), strict=True):
            pairs = zip(names, cells, strict=True)
            yield {name: value for name, value in pairs if value is not None}

    def place(self, position: int, item: str = "") -> Place:
        """Where a record, or one item of it, stands."""
        number, header = self.headers.get(item, (0, ""))
        return Place(self.file, self.sheet, self.rows[position], number, header)


class SheetReading:
    """Reads one sheet, given the columns of its items."""

    def __init__(
        self,
        sheet: RawSheet,
        matched: Matched,
        lists: Mapping[str, CodeList],
        log: ProblemLog,
        *,
        on: date | None,
        longest: int,
    ) -> None:
        self._sheet, self._matched, self._lists, self._log = sheet, matched, lists, log
        self._on, self._longest = on, longest

    def read(self, expected: SheetExpected) -> Table:
        """All rows that hold anything, below the header row."""
        table = Table(expected.entity, self._sheet.file, self._sheet.name)
        table.rows = self._filled_rows()
        for item in expected.items:
            number = self._matched.columns.get(item.name)
            if number is None:
                continue
            table.headers[item.name] = (number, self._matched.headers[number])
            cells = self._sheet.columns[number - 1]
            table.columns[item.name] = self._read_column(item, cells, table)
        return table

    def _filled_rows(self) -> list[int]:
        first = self._matched.header_row
        numbers = sorted(self._matched.columns.values())
        used = [self._sheet.columns[number - 1][first:] for number in numbers]
        return [
            row
            for row, cells in enumerate(zip(*used, strict=True), start=first + 1)
            if any(cell is not None for cell in cells)
        ]

    def _read_column(self, item: Item, cells: Sequence[Raw], table: Table) -> list[Value]:
        reader = self._reader(item)
        known: dict[str | float, Value] = {}
        values: list[Value] = []
        for row in table.rows:
            raw = cells[row - 1]
            # Exact types: as keys, True and 1.0 are one.
            plain = raw if type(raw) is str or type(raw) is float else None
            if plain is not None and plain in known:
                values.append(known[plain])
                continue
            outcome = reader(raw)
            if outcome.findings or (outcome.value is None and item.required):
                self._report(item, row, outcome, table)
            elif plain is not None and len(known) < _REMEMBERED:
                known[plain] = outcome.value
            values.append(outcome.value)
        return values

    def _report(self, item: Item, row: int, outcome: Outcome, table: Table) -> None:
        number, header = table.headers[item.name]
        place = Place(table.file, table.sheet, row, number, header)
        for each in outcome.findings:
            self._add(each, place, table)
        if not outcome.findings:
            self._log.add(Problem("importing.required_empty", place, {"header": header}))
            table.refused.add(row)

    def _add(self, finding: Finding, place: Place, table: Table) -> None:
        values = {"header": place.header, **finding.values}
        self._log.add(Problem(finding.code, place, values, finding.refuses))
        if finding.refuses:
            table.refused.add(place.row)

    def _reader(self, item: Item) -> Reader:
        """The reader for an item's type."""
        if item.type in {ItemType.CODE, ItemType.CODES, ItemType.FLAG}:
            return self._code_reader(item)
        if item.type in {ItemType.DATE, ItemType.MONTH}:
            make = date_reader if item.type is ItemType.DATE else month_reader
            return make(self._sheet.epoch_1904)
        if item.type in HUNDREDTHS:
            return hundredths_reader(item)
        if item.type is ItemType.COUNT:
            return count_reader(item)
        return division_reader() if item.type is ItemType.DIVISION else self._text_reader(item)

    def _code_reader(self, item: Item) -> Reader:
        if item.type is ItemType.FLAG:
            return flag_reader(item, self._lists[_FLAG_LIST])
        make = code_reader if item.type is ItemType.CODE else codes_reader
        return make(item, self._lists[item.list], self._on)

    def _text_reader(self, item: Item) -> Reader:
        return text_reader(item, self._longest)
