"""Opening what a batch keeps sealed: staged households and problems."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.secrets.api import unseal_many
from bangfu.kernel.problems import Problem, from_document
from bangfu.registry.models import ImportLine, ImportProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from bangfu.registry.domain.forms import Staged

STAGED_PLACE: Final = (ImportLine._meta.db_table, "staged")
PROBLEM_PLACE: Final = (ImportProblem._meta.db_table, "problem_sealed")
"""Table and column that the sealed texts are bound to."""


def packed(value: Any) -> str:
    """A value as text to seal: JSON, compressed, since a county's households wait in the batch."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(text.encode(), level=1)).decode()


def unpacked(text: str) -> Any:
    """The value that `packed` wrote."""
    return json.loads(zlib.decompress(b64decode(text)))


def staged_of(lines: Sequence[ImportLine]) -> dict[UUID, Staged]:
    """What the lines say, by line; lines that were refused or committed say nothing."""
    sealed = [(line.id, bytes(line.staged)) for line in lines if line.staged is not None]
    texts = unseal_many(*STAGED_PLACE, sealed)
    return {row: unpacked(text) for (row, _), text in zip(sealed, texts, strict=True)}


def opened_problems(rows: Sequence[ImportProblem]) -> Iterator[tuple[ImportProblem, Problem]]:
    """The rows with the problems they stand for."""
    sealed = ((row.id, bytes(row.problem_sealed)) for row in rows)
    texts = unseal_many(*PROBLEM_PLACE, sealed)
    for row, text in zip(rows, texts, strict=True):
        yield row, from_document(unpacked(text))
