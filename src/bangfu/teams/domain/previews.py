"""What a checked list shows: its problems by kind, and its rows in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.kernel.problems import Problem, as_document, from_document
from bangfu.teams.domain.settling import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS_SHOWN: Final = 200
"""Rows of each outcome that a preview names; the workbook marks them all."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row: its number in the sheet, what it says, what it does, why it is refused."""

    row: int
    words: str
    outcome: Outcome
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindOfProblem:
    """One kind of problem: how often, and the first one for its words."""

    count: int
    first: Problem


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a list before it is committed."""

    problems: tuple[KindOfProblem, ...]
    rows: tuple[ShownRow, ...]

    @property
    def refusals(self) -> list[KindOfProblem]:
        """Kinds of problems that refuse, the most frequent first."""
        return [each for each in self.problems if each.first.refuses]

    @property
    def notices(self) -> list[KindOfProblem]:
        """Kinds of notices, the most frequent first."""
        return [each for each in self.problems if not each.first.refuses]


def preview_of(problems: Sequence[Problem], rows: Sequence[ShownRow]) -> Preview:
    """The preview of a list; rows that stay as they are are not named."""
    counts = Counter(each.code for each in problems)
    first: dict[str, Problem] = {}
    for each in problems:
        first.setdefault(each.code, each)
    kinds = tuple(KindOfProblem(count, first[code]) for code, count in counts.most_common())
    kept: Counter[Outcome] = Counter()
    named = []
    for row in rows:
        kept[row.outcome] += 1
        if row.outcome is not Outcome.UNCHANGED and kept[row.outcome] <= ROWS_SHOWN:
            named.append(row)
    return Preview(kinds, tuple(named))


def to_document(preview: Preview) -> dict[str, Any]:
    """A preview as plain data; `from_plain` reads it back."""
    return {
        "problems": [[each.count, as_document(each.first)] for each in preview.problems],
        "rows": [[each.row, each.words, each.outcome.value, each.codes] for each in preview.rows],
    }


def from_plain(document: dict[str, Any]) -> Preview:
    """The preview that `to_document` wrote."""
    problems = (KindOfProblem(count, from_document(each)) for count, each in document["problems"])
    rows = (
        ShownRow(row, words, Outcome(outcome), tuple(codes))
        for row, words, outcome, codes in document["rows"]
    )
    return Preview(tuple(problems), tuple(rows))
