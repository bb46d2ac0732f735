"""Writing audit rows."""

from __future__ import annotations

from base64 import b32encode
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from bangfu.foundation.audit.domain.events import (
    Acting,
    Kind,
    check_text,
    filters_as_text,
    ids_as_text,
)
from bangfu.foundation.audit.models import AuditEvent
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.secrets.api import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

ACTION_LENGTH: Final = 64
_LENGTHS: Final = {
    "system": 64,
    "action": ACTION_LENGTH,
    "subject_type": 64,
    "division": 12,
    "purpose": 200,
}


class OutsideTransaction(RuntimeError):
    """A change was recorded outside the transaction that makes it."""


def record(
    *,
    actor: Acting,
    action: str,
    kind: Kind | str,
    subject_type: str = "",
    subject_ids: Iterable[UUID | str] = (),
    division: str = "",
    count: int | None = None,
    filters: Mapping[str, Any] | None = None,
) -> UUID:
    """Add one audit row in the caller's transaction; answer its id.

    Args:
        actor: who acts; a name is kept for parts of the system only.
        action: what was done, `registry.batch_committed`.
        kind: one of `Kind`.
        subject_type: of what the ids are, `household`.
        subject_ids: whose data were touched.
        division: where.
        count: how many rows were read or changed.
        filters: how a list was asked for. Free text goes in by `hidden_text` only.

    Raises:
        PersonalValue: when a value looks like an identity or telephone number.
        OutsideTransaction: for a change outside a transaction.
        ValueError: for an unknown kind or a value too long for its column.
    """
    kind = Kind(kind)
    if kind is Kind.CHANGED and not connection.in_atomic_block:
        raise OutsideTransaction(action)
    event = AuditEvent(
        id=new_id(),
        at=now(),
        person_id=actor.person_id,
        posting_id=actor.posting_id,
        system="" if actor.person_id else actor.name,
        action=action,
        kind=kind.value,
        subject_type=subject_type,
        subject_ids=ids_as_text(subject_ids),
        division=division,
        purpose=actor.purpose,
        count=count,
        filters=filters_as_text(filters),
    )
    _check(event)
    event.save(force_insert=True)
    return event.id


def _check(event: AuditEvent) -> None:
    for field, length in _LENGTHS.items():
        if len(getattr(event, field)) > length:
            raise ValueError(f"{field} is longer than {length}")
    for text in (event.action, event.subject_type, event.subject_ids, event.purpose, event.filters):
        check_text(text)


def check_purpose(text: str) -> None:
    """Whether the audit can keep this purpose.

    Raises:
        PersonalValue: when it holds what looks like an identity or telephone number.
        ValueError: when it is too long.
    """
    if len(text) > _LENGTHS["purpose"]:
        raise ValueError(f"purpose is longer than {_LENGTHS['purpose']}")
    check_text(text)


def hidden_text(text: str) -> str:
    """A searched word as the audit may keep it: its length and a mark, never the word.

    Equal words have equal marks, so that an auditor sees that somebody asked for one name again
    and again; without the key ring the mark says nothing.
    """
    if not text:
        return ""
    # Base 32 has no digit 1, so a mark never looks like a mobile number.
    mark = b32encode(fingerprint("audit.text", text)[:5]).decode().lower()
    return f"{len(text)}:{mark}"


def record_opened(actor: Acting, subject_type: str, subject_id: UUID | str, division: str) -> UUID:
    """One person's, household's, case's or file's page was opened."""
    return record(
        actor=actor,
        action=f"{subject_type}.opened",
        kind=Kind.OPENED,
        subject_type=subject_type,
        subject_ids=(subject_id,),
        division=division,
        count=1,
    )


def record_listed(
    actor: Acting,
    subject_type: str,
    filters: Mapping[str, Any] | None,
    ids: Iterable[UUID | str],
    division: str,
) -> UUID:
    """A list, search or export showed named people: one row with all ids."""
    shown = tuple(ids)
    return record(
        actor=actor,
        action=f"{subject_type}.listed",
        kind=Kind.LISTED,
        subject_type=subject_type,
        subject_ids=shown,
        division=division,
        count=len(shown),
        filters=filters,
    )


def record_counted(
    actor: Acting, subject_type: str, filters: Mapping[str, Any] | None, division: str
) -> UUID:
    """Only figures were shown: one row without ids."""
    return record(
        actor=actor,
        action=f"{subject_type}.counted",
        kind=Kind.COUNTED,
        subject_type=subject_type,
        division=division,
        filters=filters,
    )


def record_refused(actor: Acting, action: str, capability: str, division: str) -> UUID:
    """An attempt was refused; the row survives, so it needs a transaction of its own.

    Call it after the refused transaction has been rolled back.

    Raises:
        RuntimeError: inside a transaction, which would take the row away with it.
    """
    with transaction.atomic(durable=True):
        return record(
            actor=actor,
            action=action,
            kind=Kind.REFUSED,
            division=division,
            filters={"capability": capability},
        )
