"""A list's rows and problems as rows of tables: sealed, so that nothing of the file lies open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median_low
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
from bangfu.exchange.domain.rows import event_text, identity_key, plain_name, secret_part
from bangfu.exchange.models import FeedList, ListProblem, ListRow, RowOutcome
from bangfu.exchange.queries.sealed import PROBLEM, SAID, packed
from bangfu.foundation.bulk.api import insert_rows
from bangfu.foundation.clock.api import new_id
from bangfu.foundation.secrets.api import fingerprint_many, seal_many
from bangfu.kernel.problems import as_document
from bangfu.registry.api import identity_fingerprints

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bangfu.exchange.domain.rows import Row, Values
    from bangfu.kernel.problems import Problem

_NOTICES_KEPT: Final = 200
_ROW: Final = (
    "id", "list_id", "position", "row", "event", "name_mark", "identity", "said", "day", "amount",
    "percent", "product", "place", "outcome", "doubt", "decision", "live", "settled_by",
)  # fmt: skip
_PROBLEM: Final = ("id", "list_id", "line_id", "code", "refuses", "row", "column", "problem_sealed")


@dataclass(slots=True)
class Line:
    """One row on its way through the check, with what it is found and compared by."""

    row: Row
    event: bytes | None = None
    name_mark: bytes | None = None
    identity: bytes | None = None
    outcome: RowOutcome = RowOutcome.REFUSED
    doubt: str = ""
    id: UUID = field(default_factory=new_id)

    @property
    def values(self) -> Values:
        """What the row says."""
        return self.row.values


def lines_of(rows: Sequence[Row], context: str) -> list[Line]:
    """The rows with their hashes; a faulty one has none.

    Args:
        rows: as they were checked.
        context: what events are told apart by besides, the feed and the place.
    """
    lines = [Line(row) for row in rows]
    good = [line for line in lines if not line.row.faulty]
    events = fingerprint_many("exchange_event", (event_text(x.values, context) for x in good))
    names = fingerprint_many(
        "exchange_name", (plain_name(line.values.get(NAME, "")) for line in good)
    )
    for line, event, name in zip(good, events, names, strict=True):
        line.event, line.name_mark = event, name
    named = [line for line in good if IDENTITY in line.values]
    found = identity_fingerprints([line.values[IDENTITY] for line in named])
    for line, identity in zip(named, found, strict=True):
        line.identity = identity
    return lines


def figures_of(lines: Iterable[Line]) -> dict[str, int | None]:
    """People, sum and median of the rows that are not refused, to hold against another month's."""
    good = [line.values for line in lines if not line.row.faulty]
    amounts = [each[AMOUNT] for each in good if AMOUNT in each]
    people = {
        identity_key(each[IDENTITY]) if IDENTITY in each else each.get(HOUSEHOLD) for each in good
    }
    return {
        "people": len(people - {None}),
        "total": sum(amounts) if amounts else None,
        "middle": median_low(amounts) if amounts else None,
    }


def write_lines(list_id: UUID, lines: Sequence[Line]) -> None:
    """Insert the rows, what they say sealed."""
    good = [line for line in lines if not line.row.faulty]
    texts = ((line.id, packed(secret_part(line.values))) for line in good)
    said = dict(zip((line.id for line in good), seal_many(*SAID, texts), strict=True))
    rows = [_row(list_id, position, line, said) for position, line in enumerate(lines)]
    insert_rows(ListRow, _ROW, rows)


def _row(list_id: UUID, position: int, line: Line, said: dict[UUID, bytes]) -> tuple[Any, ...]:
    kept = {} if line.row.faulty else line.values
    return (
        line.id, list_id, position, line.row.row, line.event, line.name_mark, line.identity,
        said.get(line.id), kept.get(DATE), kept.get(AMOUNT), kept.get(PERCENT),
        kept.get(PRODUCT, ""), kept.get(PLACE, ""), line.outcome.value, line.doubt, "", False, "",
    )  # fmt: skip


def count_notices(lines: Sequence[Line], beside: Iterable[Problem]) -> dict[str, int]:
    """How often each notice was given, by code."""
    inside = (each for line in lines for each in line.row.problems)
    return dict(Counter(each.code for each in (*beside, *inside) if not each.refuses))


def write_problems(each: FeedList, lines: Sequence[Line], beside: Iterable[Problem]) -> None:
    """Insert every problem that refuses, and of each notice the first few."""
    kept: Counter[str] = Counter()
    rows: list[tuple[UUID, UUID | None, Problem]] = []
    named = ((line.id, problem) for line in lines for problem in line.row.problems)
    for line_id, problem in (*((None, problem) for problem in beside), *named):
        kept[problem.code] += not problem.refuses
        if problem.refuses or kept[problem.code] <= _NOTICES_KEPT:
            rows.append((new_id(), line_id, problem))
    blobs = seal_many(*PROBLEM, ((row, packed(as_document(problem))) for row, _, problem in rows))
    insert_rows(
        ListProblem,
        _PROBLEM,
        [
            (
                row, each.id, line_id, problem.code, problem.refuses, problem.place.row,
                problem.place.column, blob,
            )
            for (row, line_id, problem), blob in zip(rows, blobs, strict=True)
        ],
    )  # fmt: skip
