"""Opening what a list keeps sealed: the rows' own words, and problems."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bangfu.exchange.domain.feeds import AMOUNT, DATE, PERCENT, PLACE, PRODUCT
from bangfu.exchange.models import ListProblem, ListRow
from bangfu.foundation.secrets.api import unseal_many
from bangfu.kernel.problems import Problem, from_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from bangfu.exchange.domain.rows import Values

SAID: Final = (ListRow._meta.db_table, "said")
PROBLEM: Final = (ListProblem._meta.db_table, "problem_sealed")
"""Table and column that the sealed texts are bound to."""


def packed(value: Any) -> str:
    """A value as text to seal."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def said_by(rows: Sequence[ListRow]) -> list[Values]:
    """What each row said, all items; a refused row says nothing."""
    sealed = [(row.id, bytes(row.said)) for row in rows if row.said is not None]
    texts = iter(unseal_many(*SAID, sealed))
    return [{**json.loads(next(texts)), **_plain(row)} if row.said else {} for row in rows]


def _plain(row: ListRow) -> dict[str, date | int | str]:
    plain = {
        DATE: row.day, AMOUNT: row.amount, PERCENT: row.percent, PRODUCT: row.product,
        PLACE: row.place,
    }  # fmt: skip
    return {item: value for item, value in plain.items() if value is not None and value != ""}


def opened_problems(rows: Sequence[ListProblem]) -> Iterator[tuple[ListProblem, Problem]]:
    """The rows with the problems they stand for."""
    texts = unseal_many(*PROBLEM, ((row.id, bytes(row.problem_sealed)) for row in rows))
    for row, text in zip(rows, texts, strict=True):
        yield row, from_document(json.loads(text))
