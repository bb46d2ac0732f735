"""Problems: a code, a place and the values its sentence needs.

A problem never holds a finished sentence: the code is looked up in the reader's language where
it is shown (`bangfu.foundation.ui`, gettext), so that one problem reads well in both languages.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a problem lies. Rows and columns count from 1, as Excel shows them."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: int = 0
    header: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: a stable dotted name, `identity.check_digit`; the key of its sentence.
        place: where it lies.
        values: named values for the sentence, already safe to show to this reader.
        refuses: True when the row (or file) cannot be taken; False for a notice, such as
            "full-width digits were made plain".
    """

    code: str
    place: Place = field(default_factory=Place)
    values: Mapping[str, str] = field(default_factory=dict)
    refuses: bool = True


class Refused(Exception):
    """What was asked is refused, for the reasons given; nothing was changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class NothingInForce(Refused):
    """It is asked of a day for which no policy is in force; there is nothing to say then."""


def as_document(problem: Problem) -> dict[str, Any]:
    """`problem` as plain data for JSON; `from_document` reads it back."""
    return {
        "code": problem.code,
        "place": {name: value for name, value in asdict(problem.place).items() if value},
        "values": dict(problem.values),
        "refuses": problem.refuses,
    }


def from_document(document: Mapping[str, Any]) -> Problem:
    """The problem that `as_document` wrote."""
    place = Place(**document["place"])
    return Problem(document["code"], place, document["values"], document["refuses"])
