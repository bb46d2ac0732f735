"""Secrets in documents and in columns: their hashes, their opening, their masks."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any, Final

from bangfu.foundation.secrets.api import fingerprint, unseal
from bangfu.registry.domain.documents_of_identity import identity_key
from bangfu.registry.domain.masks import masked
from bangfu.registry.models import Household, Member

if TYPE_CHECKING:
    from uuid import UUID

TABLES: Final = {"household": Household._meta.db_table, "members": Member._meta.db_table}
"""The table a section's secrets are bound to."""


def sealed_column(item: str) -> str:
    """The column that holds an item's encrypted bytes."""
    return f"{item}_sealed"


def fingerprint_of(item: str, text: str) -> bytes:
    """What a secret is found by. A document number is found by the person's first 18 characters."""
    if item == "id_number":
        return fingerprint("identity", identity_key(text))
    return fingerprint(item, text)


def fingerprints_of(item: str, text: str) -> dict[str, str]:
    """The hashes of a document's leaf, in hexadecimal."""
    leaf = {"fingerprint": fingerprint_of(item, text).hex()}
    if item == "id_number" and identity_key(text) != text:
        leaf["whole"] = fingerprint("document_number", text).hex()
    return leaf


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
