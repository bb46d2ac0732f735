"""Raw cells as a file holds them, before anybody asks what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias


class CellFault(StrEnum):
    """Why a cell is never read, as the code of its problem."""

    FORMULA = "importing.formula"
    ERROR = "importing.error"
    TIME = "importing.time"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that is never read as data: a formula, an error value or a time of day.

    `shown` is what the sheet showed, kept so that the cell can be given back as it was.
    """

    fault: CellFault
    shown: str | float = ""


Raw: TypeAlias = str | float | bool | date | datetime | Unreadable | None
"""Empty, text, number, truth value, date, date with time, or a cell that is refused."""


class CellRange(NamedTuple):
    """A rectangle of cells, ends included; rows and columns count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class RawSheet:
    """One sheet, column by column: `columns[c - 1][r - 1]` is the cell in row r, column c."""

    file: str
    name: str
    kind: Literal["workbook", "csv"]
    columns: list[list[Raw]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0
    merged: tuple[CellRange, ...] = ()
    epoch_1904: bool = False
    header_row: int = 1
    """Where the headers stand; known once the sheet was read."""
    widths: list[int] = field(default_factory=list)
    """Of CSV: how many fields each record had."""

    @property
    def height(self) -> int:
        """Rows from the first to the last that holds anything."""
        return len(self.columns[0]) if self.columns else 0

    def row(self, number: int) -> list[Raw]:
        """The cells of one row, counted from 1."""
        return [column[number - 1] for column in self.columns]
