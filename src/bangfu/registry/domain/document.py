"""A whole household as one document: its items, its members, its income statements.

The document is what history keeps, what a batch is compared with and what a decision saw. It is
canonical: sorted, without spaces, what is unknown left out, so equal households are equal texts.
A secret leaf is `{"sealed": base64, "fingerprint": hex}`: the very bytes of the register's column,
bound to the row they belong to, and the keyed hash that tells whether two are the same. Where a
disability certificate stands, `whole` is the hash of all its characters and `fingerprint` that of
the person's 18.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, TypedDict
from uuid import UUID

from bangfu.registry.domain.items import items_of, secret_names

ANNUAL: Final = "annual"
"""The purpose of the yearly survey's income statement (年度采集), the one rules read."""


_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Document(TypedDict):
    """A household. Members are sorted by person number, statements by purpose and year."""

    household: dict[str, Any]
    members: list[dict[str, Any]]
    incomes: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """One item that differs between two documents.

    Attributes:
        section: `household`, `members` or `incomes`.
        key: the person number, or purpose and year as `annual 2026`; empty for the household.
        item: the item's name; empty when the whole member or statement was added or removed.
        before, after: the values; None is unknown or not there. A secret's value is its leaf.
    """

    section: str
    key: str
    item: str
    before: Any
    after: Any


def _plain_leaves(row: dict[str, Any], secrets: tuple[str, ...]) -> dict[str, Any]:
    plain = {name: value for name, value in row.items() if name != "id"}
    for name in secrets:
        if name in plain:
            leaf = plain[name]
            plain[name] = leaf.get("whole") or leaf["fingerprint"]
    return plain


def comparable(document: Document) -> Document:
    """The document without row ids, and with fingerprints in place of sealed leaves."""
    return Document(
        household=_plain_leaves(document["household"], secret_names("household")),
        members=[_plain_leaves(each, secret_names("members")) for each in document["members"]],
        incomes=document["incomes"],
    )


def to_text(document: Document) -> str:
    """The canonical text."""
    return _CANONICAL.encode(document)


def from_text(text: str) -> Document:
    """The document of a canonical text."""
    document: Document = json.loads(text)
    return document


def content_hash(document: Document) -> bytes:
    """32 bytes that are equal exactly when two households are, whoever encrypted them."""
    return sha256(to_text(comparable(document)).encode()).digest()


def member_key(row: dict[str, Any]) -> str:
    """What names a member inside a household."""
    return str(row["person_number"])


def income_key(row: dict[str, Any]) -> str:
    """What names an income statement inside a household."""
    return f"{row['income_purpose']} {row['income_year']}"


def _changed_items(
    section: str, key: str, before: dict[str, Any], after: dict[str, Any]
) -> list[Change]:
    secrets = secret_names(section)
    old, new = _plain_leaves(before, secrets), _plain_leaves(after, secrets)
    return [
        Change(section, key, name, before.get(name), after.get(name))
        for name in items_of(section)
        if old.get(name) != new.get(name)
    ]


def _changed_rows(
    section: str, before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> list[Change]:
    changes: list[Change] = []
    for key in sorted({*before, *after}):
        if key not in before:
            changes.append(Change(section, key, "", None, after[key]))
        elif key not in after:
            changes.append(Change(section, key, "", before[key], None))
        else:
            changes.extend(_changed_items(section, key, before[key], after[key]))
    return changes


def diff_documents(before: Document, after: Document) -> list[Change]:
    """Every item that differs, in the order of the sheets: household, members, incomes."""
    return [
        *_changed_items("household", "", before["household"], after["household"]),
        *_changed_rows(
            "members",
            {member_key(each): each for each in before["members"]},
            {member_key(each): each for each in after["members"]},
        ),
        *_changed_rows(
            "incomes",
            {income_key(each): each for each in before["incomes"]},
            {income_key(each): each for each in after["incomes"]},
        ),
    ]


def member_id(row: dict[str, Any]) -> UUID:
    """The id of a member's row in the register; a document writes it in hexadecimal."""
    return UUID(hex=row["id"])
