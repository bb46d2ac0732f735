"""Encrypting the open secrets of planned documents, column by column."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from bangfu.foundation.secrets.api import seal_many
from bangfu.registry.domain.document import member_id
from bangfu.registry.domain.items import secret_names
from bangfu.registry.queries.leaves import TABLES, sealed_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from bangfu.registry.domain.document import Document
    from bangfu.registry.queries.plans import Planned


def seal_documents(planned: Sequence[Planned]) -> None:
    """Encrypt every open secret of the planned documents in place."""
    seal_rows([(each.history.household_id, each.document) for each in planned])


def seal_rows(documents: Sequence[tuple[UUID, Document]]) -> None:
    """Encrypt every open secret of households' documents in place, bound to its row."""
    for section in TABLES:
        for item in secret_names(section):
            leaves = [
                (row, leaf)
                for household_id, document in documents
                for row, leaf in _open_leaves(section, item, household_id, document)
            ]
            values = ((row, leaf["plain"]) for row, leaf in leaves)
            blobs = seal_many(TABLES[section], sealed_column(item), values)
            for (_, leaf), blob in zip(leaves, blobs, strict=True):
                del leaf["plain"]
                leaf["sealed"] = b64encode(blob).decode()


def _open_leaves(
    section: str, item: str, household_id: UUID, document: Document
) -> Iterable[tuple[UUID, dict[str, str]]]:
    if section == "household":
        rows = [(household_id, document["household"])]
    else:
        rows = [(member_id(row), row) for row in document["members"]]
    return [(row_id, row[item]) for row_id, row in rows if "plain" in row.get(item, {})]
