"""Secrets in documents and in columns: their hashes, their opening, their masks."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.secrets.api import fingerprint, fingerprint_many, unseal
from bangfu.registry.domain.documents_of_identity import identity_key
from bangfu.registry.domain.items import secret_names
from bangfu.registry.domain.masks import masked
from bangfu.registry.models import Household, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from bangfu.registry.domain.forms import Staged

TABLES: Final = {"household": Household._meta.db_table, "members": Member._meta.db_table}
"""The table a section's secrets are bound to."""

_FOUND_BY: Final[dict[str, tuple[str, Callable[[str], str]]]] = {
    "id_number": ("identity", identity_key)
}
"""The kind and the part a secret is hashed by, where it is not itself."""


def sealed_column(item: str) -> str:
    """The column that holds an item's encrypted bytes."""
    return f"{item}_sealed"


def fingerprint_of(item: str, text: str) -> bytes:
    """What a secret is found by. A document number is found by the person's first 18 characters."""
    kind, key = _FOUND_BY.get(item, (item, str))
    return fingerprint(kind, key(text))


def hash_secrets(staged: Sequence[Staged]) -> None:
    """Turn every open secret into a leaf in place: `plain` with its hashes in hexadecimal."""
    rows = {
        "household": [each["household"] for each in staged],
        "members": [row for each in staged for row in each["members"]],
    }
    for section, found in rows.items():
        for item in secret_names(section):
            holders = [row for row in found if item in row]
            kind, key = _FOUND_BY.get(item, (item, str))
            hashes = fingerprint_many(kind, (key(row[item]) for row in holders))
            for row, digest in zip(holders, hashes, strict=True):
                row[item] = {"plain": row[item], "fingerprint": digest.hex()}
                _add_whole(item, row[item])


def _add_whole(item: str, leaf: dict[str, str]) -> None:
    """A certificate's last digits are no part of the person's key, yet may change."""
    if item == "id_number" and identity_key(leaf["plain"]) != leaf["plain"]:
        leaf["whole"] = fingerprint("document_number", leaf["plain"]).hex()


def open_secret(section: str, item: str, row: UUID, sealed: bytes) -> str:
    """The text of a sealed column.

    Raises:
        SecretUnreadable: when the bytes were altered or belong to another row.
    """
    return unseal(TABLES[section], sealed_column(item), row, sealed)


def masked_secret(section: str, item: str, row: UUID, sealed: bytes | None) -> str:
    """A sealed column as it may be shown; empty when the item is unknown."""
    return masked(item, open_secret(section, item, row, sealed)) if sealed else ""


def masked_leaf(section: str, item: str, row: UUID, leaf: dict[str, Any]) -> str:
    """A document's secret leaf as it may be shown."""
    return masked_secret(section, item, row, b64decode(leaf["sealed"]))
