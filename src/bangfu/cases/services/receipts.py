"""Giving receipts: the number is shown once and kept by its keyed fingerprint only."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from bangfu.cases.domain.receipts import grouped, second_of
from bangfu.cases.models import Receipt
from bangfu.cases.queries.receipts import code_for, hash_of_code, hash_of_token
from bangfu.foundation.clock.api import new_id, now
from bangfu.foundation.secrets.api import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

_TOKEN_BYTES = 24


def give_receipt(
    kind: str,
    subject_id: UUID,
    *,
    token: str = "",
    second: str = "",
    expires_at: datetime | None = None,
) -> str:
    """A receipt for a row; answer its number as it is printed.

    Args:
        kind, subject_id: what it answers for.
        token: of the form that was sent in; without one the number is random.
        second: a second secret that it asks for.
        expires_at: when it stops opening anything.
    """
    source = token or secrets.token_urlsafe(_TOKEN_BYTES)
    code = code_for(source)
    Receipt.objects.create(
        id=new_id(),
        kind=kind,
        subject_id=subject_id,
        code_hash=hash_of_code(code),
        token_hash=hash_of_token(token) if token else None,
        second_hash=hash_of_second(second) if second else None,
        created_at=now(),
        expires_at=expires_at,
    )
    return grouped(code)


def new_second() -> str:
    """A second secret that nobody can guess."""
    return second_of(secrets.token_bytes(_TOKEN_BYTES))


def hash_of_second(second: str) -> bytes:
    """What a second secret is compared by."""
    return fingerprint("receipt.second", second)


def once(token: str, kind: str, make: Callable[[], UUID]) -> str:
    """Do what a form asks for, once: the same form again is given the same receipt.

    Args:
        token: of the form.
        kind: what the receipt answers for.
        make: does it, in one transaction with the receipt, and answers the row.
    """
    if _known(token):
        return grouped(code_for(token))
    try:
        with transaction.atomic():
            return give_receipt(kind, make(), token=token)
    except IntegrityError:
        # Sent twice in one moment: the other one was first, and its number is the same.
        if not _known(token):
            raise
        return grouped(code_for(token))


def _known(token: str) -> bool:
    return Receipt.objects.filter(token_hash=hash_of_token(token)).exists()
