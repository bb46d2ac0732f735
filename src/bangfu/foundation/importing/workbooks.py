"""From an upload to typed tables: open, match columns, read cells, list every problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bangfu.foundation.importing.domain.columns import (
    HeaderIndex,
    Matched,
    find_header_row,
    is_like,
    match_columns,
)
from bangfu.foundation.importing.domain.expected import expected_sheets
from bangfu.foundation.importing.domain.limits import DEFAULT_LIMITS
from bangfu.foundation.importing.domain.normalise import plain_header
from bangfu.foundation.importing.domain.own_sheets import OWN_TITLES
from bangfu.foundation.importing.domain.problem_log import ProblemLog
from bangfu.foundation.importing.domain.tables import SheetReading, Table
from bangfu.foundation.importing.reader_process import read_files
from bangfu.kernel.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from bangfu.foundation.importing.domain.cells import RawSheet
    from bangfu.foundation.importing.domain.expected import SheetExpected
    from bangfu.foundation.importing.domain.limits import Limits
    from bangfu.rules.layout import Layout


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that was opened: every sheet's raw cells, nothing read into them yet."""

    files: tuple[str, ...]
    sheets: tuple[RawSheet, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """An upload that was read.

    Attributes:
        tables: a table for every entity of the layout whose sheet and columns were found.
        problems: everything that refuses or is worth saying.
    """

    tables: Mapping[str, Table]
    problems: ProblemLog = field(default_factory=ProblemLog)


def open_upload(*sources: Path | tuple[str, bytes], limits: Limits = DEFAULT_LIMITS) -> Upload:
    """Open a workbook, or CSV files (one a sheet), or folders of them.

    Args:
        sources: paths, or names with contents; a folder stands for the files in it.
        limits: what is refused unopened.

    Raises:
        Refused: with a reason for every file that cannot be opened.
    """
    files = read_sources(*sources, limits=limits)
    if not files:
        raise Refused(Problem("importing.no_file"))
    large = [name for name, data in files if len(data) > limits.file_bytes]
    if large:
        limit = f"{limits.file_bytes // (1024 * 1024)} MB"
        raise Refused(
            *(Problem("importing.too_large", Place(name), {"limit": limit}) for name in large)
        )
    sheets = read_files(files, limits)
    return Upload(tuple(name for name, _ in files), tuple(sheets))


def read_sources(
    *sources: Path | tuple[str, bytes], limits: Limits = DEFAULT_LIMITS
) -> list[tuple[str, bytes]]:
    """The names and contents of all files, folders opened, so that they can be kept as well.

    No more of a file is read than shows that it is too large.

    Raises:
        Refused: when one cannot be read.
    """
    return [each for source in sources for each in _contents(source, limits)]


def _contents(source: Path | tuple[str, bytes], limits: Limits) -> list[tuple[str, bytes]]:
    if isinstance(source, tuple):
        return [source]
    try:
        if source.is_dir():
            inside = [
                each for each in sorted(source.iterdir()) if not each.name.startswith((".", "~$"))
            ]
            return [pair for each in inside if each.is_file() for pair in _contents(each, limits)]
        with source.open("rb") as stream:
            # One byte more than allowed is enough to know.
            return [(source.name, stream.read(limits.file_bytes + 1))]
    except OSError as error:
        reason = Problem(
            "importing.not_readable", Place(source.name), {"reason": error.strerror or ""}
        )
        raise Refused(reason) from None


def read_workbook(
    upload: Upload,
    *,
    layout: Layout,
    mapping: Mapping[str, str] | None = None,
    on: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Workbook:
    """Read an opened upload by a layout.

    Args:
        upload: what `open_upload` answered.
        layout: the sheets, items and code lists expected.
        mapping: the file's own headers to item names; an empty name sets a column aside.
        on: the day the data hold; codes that may not be used on it are refused.
        limits: the longest text.
    """
    return _Reading(upload, layout, mapping or {}, on, limits).run()


class _Reading:
    """One reading, sheet by sheet."""

    def __init__(
        self,
        upload: Upload,
        layout: Layout,
        mapping: Mapping[str, str],
        on: date | None,
        limits: Limits,
    ) -> None:
        self._upload, self._layout, self._mapping = upload, layout, mapping
        self._on, self._limits = on, limits
        self._expected = expected_sheets(layout)
        self._log = ProblemLog()

    def run(self) -> Workbook:
        """Find the sheets, then read those whose columns hold."""
        self._check_mapping()
        tables: dict[str, Table] = {}
        used: set[int] = set()
        for expected in self._expected:
            index = HeaderIndex(expected, self._mapping)
            found = self._find(expected, index)
            used.update(id(sheet) for sheet, _ in found)
            if len(found) == 1:
                table = self._read(*found[0], expected, index)
                if table is not None:
                    tables[expected.entity] = table
            else:
                self._log.add(self._not_one(expected, [sheet for sheet, _ in found]))
        self._notice_unused(used)
        return Workbook(tables, self._log)

    def _find(self, expected: SheetExpected, index: HeaderIndex) -> list[tuple[RawSheet, int]]:
        """The sheets with this title; or, when none has it, those with enough of its headers."""
        titled = [each for each in self._upload.sheets if expected.is_titled(each.name)]
        if titled:
            return [(each, max(find_header_row(each, index)[0], 1)) for each in titled]
        others = [each for each in self._upload.sheets if not self._is_another(each, expected)]
        rows = [(each, find_header_row(each, index)) for each in others]
        return [
            (sheet, row)
            for sheet, (row, hits) in rows
            if is_like(hits, expected) and self._is_best(sheet, hits, expected)
        ]

    def _is_another(self, sheet: RawSheet, expected: SheetExpected) -> bool:
        return sheet.name in OWN_TITLES or any(
            each.is_titled(sheet.name) for each in self._expected if each is not expected
        )

    def _is_best(self, sheet: RawSheet, hits: int, expected: SheetExpected) -> bool:
        others = (each for each in self._expected if each is not expected)
        shares = [
            find_header_row(sheet, HeaderIndex(each, self._mapping))[1] / len(each.items)
            for each in others
        ]
        return all(hits / len(expected.items) >= share for share in shares)

    def _not_one(self, expected: SheetExpected, found: Sequence[RawSheet]) -> Problem:
        values = {"sheet": expected.title}
        if not found:
            return Problem("importing.no_sheet", Place(file="、".join(self._upload.files)), values)
        second = found[1]
        return Problem("importing.sheet_twice", Place(second.file, second.name), values)

    def _read(
        self, sheet: RawSheet, header_row: int, expected: SheetExpected, index: HeaderIndex
    ) -> Table | None:
        if sheet.height == 0:
            self._log.add(Problem("importing.no_rows", Place(sheet.file, sheet.name)))
            return None
        sheet.header_row = header_row
        if not index.hits(sheet.row(header_row)):
            self._log.add(Problem("importing.no_header", Place(sheet.file, sheet.name)))
            return None
        matched, problems = match_columns(sheet, expected, index, header_row)
        self._log.extend(problems)
        misshapen = self._check_shape(sheet, matched)
        if any(problem.refuses for problem in problems):
            return None
        reading = SheetReading(
            sheet, matched, self._layout.lists, self._log, on=self._on, longest=self._limits.text
        )
        table = reading.read(expected)
        table.refused |= misshapen.intersection(table.rows)
        if not table.rows:
            self._log.add(Problem("importing.no_rows", Place(sheet.file, sheet.name)))
        return table

    def _check_shape(self, sheet: RawSheet, matched: Matched) -> set[int]:
        """Say what is merged, ragged or hidden; answer the rows that are refused for it."""
        refused: set[int] = set()
        for area in sheet.merged:
            if area.last_row > matched.header_row:
                place = Place(sheet.file, sheet.name, area.first_row, area.first_column)
                self._log.add(Problem("importing.merged_cells", place))
                refused.update(range(area.first_row, area.last_row + 1))
        if sheet.widths:
            refused |= self._check_widths(sheet, matched.header_row)
        self._notice_hidden(sheet)
        return refused

    def _notice_hidden(self, sheet: RawSheet) -> None:
        hidden = (
            ("importing.hidden_sheet", int(sheet.hidden)),
            ("importing.hidden_rows", sheet.hidden_rows),
            ("importing.hidden_columns", sheet.hidden_columns),
        )
        for code, count in hidden:
            if count:
                place = Place(sheet.file, sheet.name)
                self._log.add(Problem(code, place, {"count": str(count)}, refuses=False))

    def _check_widths(self, sheet: RawSheet, header_row: int) -> set[int]:
        refused: set[int] = set()
        wanted = sheet.widths[header_row - 1]
        for row, width in enumerate(sheet.widths[header_row:], start=header_row + 1):
            # An empty line has no fields, and one of separators only holds nothing.
            if width not in {0, wanted} and any(cell is not None for cell in sheet.row(row)):
                values = {"found": str(width), "wanted": str(wanted)}
                place = Place(sheet.file, sheet.name, row)
                self._log.add(Problem("importing.ragged_row", place, values))
                refused.add(row)
        return refused

    def _check_mapping(self) -> None:
        names = {item.name for item in self._layout}
        headers = {
            plain_header(cell)
            for sheet in self._upload.sheets
            for row in range(1, min(sheet.height, 10) + 1)
            for cell in sheet.row(row)
            if isinstance(cell, str)
        }
        for header, name in self._mapping.items():
            values = {"header": header, "item": name}
            if name and name not in names:
                self._log.add(Problem("importing.mapping_item", values=values))
            if plain_header(header) not in headers:
                self._log.add(Problem("importing.mapping_header", values=values))

    def _notice_unused(self, used: set[int]) -> None:
        for sheet in self._upload.sheets:
            if id(sheet) not in used and sheet.height and sheet.name not in OWN_TITLES:
                place = Place(sheet.file, sheet.name)
                self._log.add(Problem("importing.unused_sheet", place, refuses=False))
