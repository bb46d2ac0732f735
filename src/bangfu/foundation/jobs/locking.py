"""What differs between the two databases when workers compete for rows.

Claiming: on SQLite the transaction is IMMEDIATE, so there is one writer at a time and the others
wait; on PostgreSQL `FOR UPDATE SKIP LOCKED` lets competitors take different rows.

Heartbeat while the work is in a transaction: on SQLite left out, since nobody else can write and
so nobody can claim; on PostgreSQL written by a second connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound="Model")


def skipping_locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    """`rows` locked for this transaction, without those another worker holds."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows


def one_writer_only() -> bool:
    """Whether a transaction that writes keeps every other writer out."""
    return connection.vendor == "sqlite"
