"""A checked file's lines and problems as rows: sealed, so that nothing of the file lies open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id
from bangfu.foundation.secrets.api import seal_many
from bangfu.kernel.problems import as_document
from bangfu.registry.models import ImportLine, ImportProblem, Outcome
from bangfu.registry.queries.lines import PROBLEM_PLACE, STAGED_PLACE, packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bangfu.kernel.problems import Problem
    from bangfu.registry.domain.forms import Form, Staged

_NOTICES_KEPT: Final = 200
_LINE: Final = (
    "id", "batch_id", "position", "row", "household_number", "head_name", "village_code",
    "outcome", "staged", "base_id",
)  # fmt: skip
_PROBLEM: Final = (
    "id", "batch_id", "line_id", "code", "refuses", "sheet", "row", "column",
    "problem_sealed",
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """One household on its way through the check.

    Attributes:
        staged: what it says, once it may be written.
        base: the version it was compared with.
        household_id: its row in the register, or the one it would get.
        current: whether the current tables would show it.
    """

    form: Form
    problems: list[Problem]
    staged: Staged | None = None
    outcome: Outcome = Outcome.REFUSED
    base: UUID | None = None
    household_id: UUID = field(default_factory=new_id)
    current: bool = False
    id: UUID = field(default_factory=new_id)

    @property
    def faulty(self) -> bool:
        """Whether one of its problems refuses it."""
        return any(each.refuses for each in self.problems)

    def refuse(self, problem: Problem) -> None:
        """Refuse it after all."""
        self.problems.append(problem)
        self.staged, self.base, self.outcome = None, None, Outcome.REFUSED


def count_notices(lines: Sequence[Line], beside: Iterable[Problem]) -> dict[str, int]:
    """How often each notice was given, by code."""
    inside = (each for line in lines for each in line.problems)
    return dict(Counter(each.code for each in (*beside, *inside) if not each.refuses))


def write_lines(batch_id: UUID, lines: Sequence[Line]) -> None:
    """Insert the lines, what they say sealed."""
    staged = [(line.id, packed(line.staged)) for line in lines if line.staged is not None]
    blobs = dict(zip((row for row, _ in staged), seal_many(*STAGED_PLACE, staged), strict=True))
    insert_rows(
        ImportLine,
        _LINE,
        [
            (
                line.id, batch_id, position, line.form.first.row, line.form.number[:40],
                *_shown(line.form), line.outcome.value, blobs.get(line.id), line.base,
            )
            for position, line in enumerate(lines)
        ],
    )  # fmt: skip


def _shown(form: Form) -> tuple[str, str]:
    if not form.households:
        return "", ""
    row = form.households[0]
    return row.text("head_name")[:64], row.text("village_code")


def write_problems(batch_id: UUID, lines: Sequence[Line], beside: Iterable[Problem]) -> None:
    """Insert every problem that refuses, and of each notice the first few."""
    kept: Counter[str] = Counter()
    rows: list[tuple[UUID, UUID | None, Problem]] = []
    found = [(None, each) for each in beside]
    named = ((line.id, each) for line in lines for each in line.problems)
    for line_id, problem in (*found, *named):
        kept[problem.code] += not problem.refuses
        if problem.refuses or kept[problem.code] <= _NOTICES_KEPT:
            rows.append((new_id(), line_id, problem))
    texts = [(row_id, packed(as_document(problem))) for row_id, _, problem in rows]
    blobs = seal_many(*PROBLEM_PLACE, texts)
    insert_rows(
        ImportProblem,
        _PROBLEM,
        [
            (
                row_id, batch_id, line_id, problem.code, problem.refuses, problem.place.sheet,
                problem.place.row, problem.place.column, blob,
            )
            for (row_id, line_id, problem), blob in zip(rows, blobs, strict=True)
        ],
    )  # fmt: skip
