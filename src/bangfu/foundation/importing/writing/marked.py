"""The same workbook back: every cell as it was given, the bad ones marked and explained."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from bangfu.foundation.importing.domain.cells import Unreadable
from bangfu.foundation.importing.domain.own_sheets import EXPLANATION, PROBLEMS
from bangfu.foundation.importing.writing.book import (
    Book,
    day_cell,
    empty_cell,
    flag_cell,
    number_cell,
    text_cell,
)
from bangfu.foundation.importing.writing.shapes import Mark, NumberFormat
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bangfu.foundation.importing.domain.cells import Raw, RawSheet
    from bangfu.foundation.importing.domain.problem_log import ProblemLog
    from bangfu.foundation.importing.workbooks import Upload
    from bangfu.foundation.importing.writing.book import Cell
    from bangfu.kernel.problems import Problem

_WIDTH: Final = 14
_WIDE: Final = 80

ByRow = dict[int, list["Problem"]]


def write_error_workbook(upload: Upload, problems: ProblemLog) -> bytes:
    """An upload as it was given, with its problems in it, in the active language.

    Cells with problems are filled (red refuses, yellow is only said), and a last column tells in
    words what is wrong in the row and how to put it right. A sheet of its own lists what lies in
    no cell, and each kind of problem with its number. Texts stay texts; formulas come back as the
    value they showed.

    Args:
        upload: what `open_upload` answered and `read_workbook` read.
        problems: everything found, by the kit and by whoever read on.
    """
    placed: dict[tuple[str, str], ByRow] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        place = problem.place
        placed[place.file, place.sheet][place.row].append(problem)
    book = Book()
    for sheet in upload.sheets:
        found = placed.get((sheet.file, sheet.name), {})
        widths = [*[_WIDTH] * len(sheet.columns), _WIDE]
        book.write_sheet(sheet.name, _rows(sheet, found), widths, header_row=sheet.header_row)
    book.write_sheet(PROBLEMS[reader_language()], _summary(problems), (28, 50, _WIDE, 10))
    return book.close()


def _rows(sheet: RawSheet, problems: Mapping[int, list[Problem]]) -> Iterator[list[Cell]]:
    for row, cells in enumerate(zip(*sheet.columns, strict=True), start=1):
        found = problems.get(row, ())
        marks = _marks(found)
        written: list[Cell] = [
            _cell(raw, marks.get(column, Mark.NONE)) for column, raw in enumerate(cells, start=1)
        ]
        if row == sheet.header_row:
            written.append(text_cell(EXPLANATION[reader_language()], Mark.HEADER))
        elif found:
            words = "\n".join(_in_words(each) for each in found)
            written.append(text_cell(words, Mark.EXPLAINED))
        yield written


def _marks(problems: Sequence[Problem]) -> dict[int, Mark]:
    """The mark of every column with a problem; one that refuses is stronger."""
    marks: dict[int, Mark] = {}
    for problem in problems:
        if problem.refuses or problem.place.column not in marks:
            marks[problem.place.column] = Mark.REFUSED if problem.refuses else Mark.NOTICE
    return marks


def _in_words(problem: Problem) -> str:
    title, remedy = sentence_of(problem)
    return _("%(title)s。%(remedy)s") % {"title": title, "remedy": remedy} if remedy else title


def _cell(raw: Raw, mark: Mark) -> Cell:
    """A cell as it was: its own kind, a formula as what it showed."""
    if isinstance(raw, Unreadable):
        raw = raw.shown or None
    if isinstance(raw, str):
        return text_cell(raw, mark)
    if raw is None:
        return None if mark is Mark.NONE else empty_cell(mark)
    if isinstance(raw, bool):
        return flag_cell(raw, mark)
    if isinstance(raw, date):
        return day_cell(raw, NumberFormat.DAY, mark)
    if not isfinite(raw):
        return text_cell(str(raw), mark)
    return number_cell(raw, NumberFormat.GENERAL, mark)


def _summary(problems: ProblemLog) -> Iterator[list[Cell]]:
    """What lies in no cell, and how often each kind of problem was met."""
    headers = (_("位置"), _("问题"), _("处理办法"), _("次数"))
    yield [text_cell(header, Mark.HEADER) for header in headers]
    seen: set[str] = set()
    for problem in problems:
        in_cell = problem.place.row > 0 and problem.place.column > 0
        if in_cell and problem.code in seen:
            continue
        seen.add(problem.code)
        title, remedy = sentence_of(problem)
        count = problems.counts[problem.code] if in_cell else 1
        number = number_cell(count, NumberFormat.WHOLE)
        words = (_where(problem), title, remedy)
        yield [*(text_cell(each, Mark.EXPLAINED) for each in words), number]


def _where(problem: Problem) -> str:
    place = problem.place
    return " ".join(each for each in (place.file, place.sheet, place.header) if each)
