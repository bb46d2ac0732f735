"""Rows of a list as they were read: what is wrong with each, and what makes two the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from bangfu.exchange.domain.feeds import (
    AMOUNT,
    DATE,
    HOUSEHOLD,
    IDENTITY,
    NAME,
    PERCENT,
    PLACE,
    PRODUCT,
)
from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.kernel.identity import LENGTH, IdentityFault, identity_fault
from bangfu.kernel.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bangfu.exchange.domain.feeds import Feed

Values = dict[str, Any]
"""What a row says, by item; empty cells are left out."""

_LENGTHS: Final = frozenset({LENGTH, LENGTH + 2, LENGTH + 4})
"""An identity card's number, and a disability certificate's, which begins with it."""
_LONGEST_NUMBER: Final = 40
_UNSEEN: Final = re.compile(r"[\s·•・․.]+")


@dataclass(slots=True)
class Row:
    """One row.

    Attributes:
        row: its number in the sheet, as Excel shows it.
        refused: whether the import kit found something in it that refuses it.
    """

    row: int
    values: Values
    refused: bool = False
    problems: list[Problem] = field(default_factory=list)

    @property
    def faulty(self) -> bool:
        """Whether it cannot be taken."""
        return self.refused or any(each.refuses for each in self.problems)


@dataclass(frozen=True, slots=True)
class Checking:
    """What rows are checked against.

    Attributes:
        data_date: the day up to which the list is complete; nothing in it happened later.
        division: the place the list is for.
        known: division codes of the rows that the register knows.
        file, sheet: where the rows stand.
        headers: column number and header, by item.
    """

    feed: Feed
    data_date: date
    division: DivisionCode
    known: frozenset[str] = frozenset()
    file: str = ""
    sheet: str = ""
    headers: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def place(self, row: int, item: str = "") -> Place:
        """Where an item of a row stands."""
        number, header = self.headers.get(item, (0, ""))
        return Place(self.file, self.sheet, row, number, header)


def identity_key(number: str) -> str:
    """What makes two documents one person's: the first 18 characters, `x` and `X` alike."""
    return number[:LENGTH].upper()


def plain_name(name: str) -> str:
    """A name for comparing: without spaces and the dots between the parts of some names."""
    return _UNSEEN.sub("", name)


def check_rows(rows: Sequence[Row], checking: Checking) -> None:
    """Add to every row what is wrong with it."""
    first: dict[str, int] = {}
    for row in rows:
        if row.refused:
            continue
        row.problems += _faults(row, checking)
        if row.faulty:
            continue
        said = event_text(row.values, "")
        if said in first:
            place = checking.place(row.row)
            row.problems.append(Problem("exchange.row_twice", place, {"row": str(first[said])}))
        first.setdefault(said, row.row)


def _faults(row: Row, checking: Checking) -> list[Problem]:
    faults = [
        _identity(row.values),
        _number(row.values),
        _subject(row.values, checking),
        _date(row.values, checking),
        _division(row.values, checking),
    ]
    return [
        Problem(code, checking.place(row.row, item), values)
        for code, item, values in filter(None, faults)
    ]


_Fault = tuple[str, str, dict[str, str]]


def _identity(values: Values) -> _Fault | None:
    number = values.get(IDENTITY)
    if number is None:
        return None
    fault = (
        identity_fault(identity_key(number)) if len(number) in _LENGTHS else IdentityFault.LENGTH
    )
    return (fault.value, IDENTITY, {}) if fault else None


def _number(values: Values) -> _Fault | None:
    too_long = len(values.get(HOUSEHOLD, "")) > _LONGEST_NUMBER
    return ("importing.text_too_long", HOUSEHOLD, {"limit": "40"}) if too_long else None


def _subject(values: Values, checking: Checking) -> _Fault | None:
    nobody = IDENTITY not in values and HOUSEHOLD not in values
    missing = nobody and not checking.feed.about_places
    return ("exchange.nobody", IDENTITY, {}) if missing else None


def _date(values: Values, checking: Checking) -> _Fault | None:
    day = values.get(DATE)
    if day is None or day <= checking.data_date:
        return None
    return ("exchange.date_after", DATE, {"day": checking.data_date.isoformat()})


def _division(values: Values, checking: Checking) -> _Fault | None:
    text = values.get(PLACE)
    if text is None:
        return None
    try:
        place = DivisionCode(text)
    except DivisionCodeInvalid:
        return ("exchange.division_unknown", PLACE, {"code": text[:20]})
    if not checking.division.contains(place):
        return ("exchange.division_outside", PLACE, {"code": text})
    return None if text in checking.known else ("exchange.division_unknown", PLACE, {"code": text})


def event_text(values: Values, context: str) -> str:
    """What a row reports, without the name and the note: two rows of one text are one event.

    Args:
        context: what the event is told apart by besides, such as the feed and the place.
    """
    day = values.get(DATE)
    parts = [
        context,
        identity_key(values.get(IDENTITY, "")),
        values.get(HOUSEHOLD, ""),
        day.isoformat() if day else "",
        *(values.get(item) for item in (AMOUNT, PERCENT, PRODUCT, PLACE)),
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def secret_part(values: Values) -> Values:
    """What of a row is kept sealed: who it is about, in the file's own words."""
    return {item: values[item] for item in (IDENTITY, HOUSEHOLD, NAME, "note") if item in values}
