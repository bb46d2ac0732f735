"""The same workbook back: every cell as it was given, the bad ones marked and explained."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from bangfu.foundation.importing.domain.cells import Unreadable
from bangfu.foundation.importing.domain.columns import EXPLANATION
from bangfu.foundation.importing.writing.book import Book, Mark
from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bangfu.foundation.importing.domain.cells import Raw, RawSheet
    from bangfu.foundation.importing.domain.problem_log import ProblemLog
    from bangfu.foundation.importing.workbooks import Upload
    from bangfu.foundation.importing.writing.book import Sheet
    from bangfu.kernel.problems import Problem

_MOST_NOTES: Final = 5_000
_DAY: Final = "yyyy-mm-dd"
_NUMBER_SHOWN: Final = "General"

ByCell = dict[tuple[int, int], list["Problem"]]


def write_error_workbook(upload: Upload, problems: ProblemLog) -> bytes:
    """An upload as it was given, with its problems in it, in the active language.

    Cells with problems are filled (red refuses, yellow is only said), the first thousands carry a
    note, and a last column tells in words what is wrong in the row. Problems that lie in no cell
    stand on a sheet of their own. Texts stay texts; formulas come back as the value they showed.

    Args:
        upload: what `open_upload` answered and `read_workbook` read.
        problems: everything found, by the kit and by whoever read on.
    """
    placed: dict[tuple[str, str], ByCell] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        place = problem.place
        placed[place.file, place.sheet][place.row, place.column].append(problem)
    book = Book()
    marking = _Marking()
    for sheet in upload.sheets:
        marking.write(book.add_sheet(sheet.name), sheet, placed.get((sheet.file, sheet.name), {}))
    _write_summary(book, problems)
    return book.close()


def _title(problem: Problem) -> str:
    return sentence_of(problem)[0]


class _Marking:
    """Writes sheets; counts the notes, since a workbook of many opens slowly."""

    def __init__(self) -> None:
        self._notes = 0

    def write(self, out: Sheet, sheet: RawSheet, problems: ByCell) -> None:
        """One sheet with its marks and the column that explains."""
        rows: dict[int, list[Problem]] = defaultdict(list)
        for (row, _column), found in problems.items():
            rows[row].extend(found)
        last = len(sheet.columns) + 1
        for column, cells in enumerate(sheet.columns, start=1):
            out.widen(column, 14)
            for row, raw in enumerate(cells, start=1):
                self._write_cell(out, row, column, raw, problems.get((row, column), ()))
        out.widen(last, 60)
        out.write_headers(sheet.header_row, [])
        out.write_text(sheet.header_row, last, EXPLANATION)
        for row, found in sorted(rows.items()):
            if row > 0 and row != sheet.header_row:
                out.write_text(row, last, "；".join(_title(each) for each in found))

    def _write_cell(
        self, out: Sheet, row: int, column: int, raw: Raw, found: Iterable[Problem]
    ) -> None:
        problems = list(found)
        mark = _mark(problems)
        _write_raw(out, row, column, raw, mark)
        if problems and self._notes < _MOST_NOTES:
            self._notes += 1
            lines = [" ".join(sentence_of(each)) for each in problems]
            out.explain(row, column, "\n".join(lines))


def _mark(problems: list[Problem]) -> Mark:
    if not problems:
        return Mark.NONE
    return Mark.REFUSED if any(each.refuses for each in problems) else Mark.NOTICE


def _write_raw(out: Sheet, row: int, column: int, raw: Raw, mark: Mark) -> None:
    """A cell as it was: its own kind, a formula as what it showed."""
    if isinstance(raw, Unreadable):
        raw = raw.shown or None
    if raw is None:
        if mark is not Mark.NONE:
            out.mark_empty(row, column, mark)
    elif isinstance(raw, bool):
        out.write_flag(row, column, raw, mark)
    elif isinstance(raw, str):
        out.write_text(row, column, raw, mark)
    elif isinstance(raw, date):
        out.write_day(row, column, raw, _DAY, mark)
    else:
        out.write_number(row, column, raw, _NUMBER_SHOWN, mark)


def _write_summary(book: Book, problems: ProblemLog) -> None:
    """What lies in no cell, and how often each kind of problem was met."""
    sheet = book.add_sheet("问题清单")
    sheet.write_headers(1, [_("位置"), _("问题"), _("处理办法"), _("次数")])
    for column, width in enumerate((24, 50, 70, 8), start=1):
        sheet.widen(column, width)
    row = 1
    seen: set[str] = set()
    for problem in problems:
        in_row = problem.place.row > 0 and problem.place.column > 0
        if in_row and problem.code in seen:
            continue
        row += 1
        title, remedy = sentence_of(problem)
        sheet.write_text(row, 1, _where(problem))
        sheet.write_long_text(row, 2, title)
        sheet.write_long_text(row, 3, remedy)
        if in_row:
            seen.add(problem.code)
            sheet.write_number(row, 4, problems.counts[problem.code], "0")


def _where(problem: Problem) -> str:
    place = problem.place
    return " ".join(each for each in (place.file, place.sheet, place.header) if each)
