"""Opening uploads in a child process with bounded memory and time.

Whatever the file does to its reader, the parent gets sheets or one clear refusal.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

import bangfu
from bangfu.foundation.importing.domain.cells import CellFault, CellRange, RawSheet, Unreadable
from bangfu.foundation.importing.domain.frames import FrameBroken, read_frame, write_frame
from bangfu.kernel.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import IO

    from bangfu.foundation.importing.domain.cells import Raw
    from bangfu.foundation.importing.domain.limits import Limits

_CHILD: Final = "bangfu.foundation.importing.child"
_PACKAGES: Final = str(Path(bangfu.__file__).parent.parent)


def read_files(files: Sequence[tuple[str, bytes]], limits: Limits) -> list[RawSheet]:
    """Open files, given by name and content, and answer all their sheets in order.

    Raises:
        Refused: with the reason of every file that cannot be opened; or with one problem when the
            reader died or ran out of time.
    """
    process = _start()
    given, answers = process.stdin, process.stdout
    if given is None or answers is None:  # pipes were asked for
        raise RuntimeError(_CHILD)
    late = Timer(limits.wall_seconds, process.kill)
    late.daemon = True
    late.start()
    gathering = _Gathering()
    try:
        _send(given, files, limits)
        complete = gathering.take(_messages(answers))
    finally:
        in_time = late.is_alive()
        late.cancel()
        process.kill()
        answers.close()
        status = process.wait()
    if not complete:
        raise Refused(_death(gathering.file or files[0][0], status, in_time=in_time))
    if gathering.problems:
        raise Refused(*gathering.problems)
    return gathering.sheets


def _start() -> subprocess.Popen[bytes]:
    """Start the child with nothing of this process's environment but what Python needs."""
    environment = {"PYTHONPATH": _PACKAGES, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    if "LD_LIBRARY_PATH" in os.environ:
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return subprocess.Popen(  # the command is ours, the file comes by pipe
        [sys.executable, "-P", "-m", _CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
    )


def _send(given: IO[bytes], files: Sequence[tuple[str, bytes]], limits: Limits) -> None:
    """Hand the order and the files over; a child that is dead already says why by its status."""
    order = [{"name": name, "size": len(data)} for name, data in files]
    with suppress(BrokenPipeError):
        write_frame(given, {"limits": asdict(limits), "files": order})
        for _, data in files:
            given.write(data)
    # Closing writes what is left, so it may find the pipe broken once more.
    with suppress(BrokenPipeError):
        given.close()


def _messages(answers: IO[bytes]) -> Iterator[dict[str, Any]]:
    try:
        while (message := read_frame(answers)) is not None:
            yield message
    except FrameBroken:
        return


def _death(file: str, status: int, *, in_time: bool) -> Problem:
    out_of_time = not in_time or -status in {24, 9}
    code = "importing.reader_out_of_time" if out_of_time else "importing.reader_died"
    return Problem(code, Place(file=file))


class _Gathering:
    """Puts the child's messages together to sheets."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self.problems: list[Problem] = []
        self.file = ""
        self._texts: dict[str, str] = {}

    def take(self, messages: Iterable[dict[str, Any]]) -> bool:
        """Follow the messages; False when the end never came."""
        for message in messages:
            if "end" in message:
                return True
            self._take(message)
        return False

    def _take(self, message: dict[str, Any]) -> None:
        if "file" in message:
            self.file = message["file"]
        elif "sheet" in message:
            self.sheets.append(self._sheet(message))
        elif "columns" in message:
            self._fill(self.sheets[-1], message)
        elif "formulas" in message:
            _mark(self.sheets[-1], message)
        elif "refused" in message:
            place = Place(file=self.file, **message["place"])
            values = {**message["values"], **({"line": str(place.line)} if place.line else {})}
            self.problems.append(Problem(message["refused"], place, values))

    def _sheet(self, message: dict[str, Any]) -> RawSheet:
        return RawSheet(
            file=self.file,
            name=message["sheet"] or Path(self.file).stem,
            kind=message["kind"],
            hidden=message.get("hidden", False),
            hidden_rows=message.get("hidden_rows", 0),
            hidden_columns=message.get("hidden_columns", 0),
            merged=tuple(CellRange(*each) for each in message.get("merged", ())),
            epoch_1904=message.get("epoch_1904", False),
        )

    def _fill(self, sheet: RawSheet, message: dict[str, Any]) -> None:
        """Append a block of rows; the same text is kept once however often it stands there."""
        left, blocks, height = message["left"], message["columns"], message["first"] - 1
        while len(sheet.columns) < left + len(blocks):
            sheet.columns.append([None] * height)
        rows = len(blocks[0]) if blocks else 0
        texts = self._texts
        for number, column in enumerate(sheet.columns):
            inside = 0 <= number - left < len(blocks)
            block = blocks[number - left] if inside else [None] * rows
            column.extend(
                [texts.setdefault(cell, cell) if type(cell) is str else cell for cell in block]
            )
        for number, row, kind, text in message["special"]:
            sheet.columns[left + number][height + row] = _special(kind, text)
        sheet.widths.extend(message.get("widths", ()))


def _special(kind: str, text: str) -> Raw:
    match kind:
        case "bool":
            return bool(text)
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            return datetime.fromisoformat(text)
        case "formula":
            return Unreadable(CellFault.FORMULA, text)
        case _:
            return Unreadable(CellFault.TIME, text)


def _mark(sheet: RawSheet, message: dict[str, Any]) -> None:
    """Put errors and formulas in their places, so that nobody takes them for data."""
    marks = ((CellFault.ERROR, message["errors"]), (CellFault.FORMULA, message["formulas"]))
    for fault, cells in marks:
        for row, column in cells:
            _make_room(sheet, row, column)
            was = sheet.columns[column - 1][row - 1]
            shown = was if isinstance(was, str | float) else ""
            sheet.columns[column - 1][row - 1] = Unreadable(fault, shown)


def _make_room(sheet: RawSheet, row: int, column: int) -> None:
    height = max(sheet.height, row)
    while len(sheet.columns) < column:
        sheet.columns.append([])
    for each in sheet.columns:
        each.extend([None] * (height - len(each)))
