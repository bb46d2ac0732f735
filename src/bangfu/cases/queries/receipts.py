"""Finding what a receipt answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from bangfu.cases.domain.receipts import code_of, read_code
from bangfu.cases.models import Receipt
from bangfu.foundation.clock.api import now
from bangfu.foundation.secrets.api import fingerprint

if TYPE_CHECKING:
    from uuid import UUID

DECLARATION: Final = "declaration"
APPEAL: Final = "appeal"
CONSENT: Final = "consent"
FILE: Final = "file"


def hash_of_code(code: str) -> bytes:
    """What a receipt is found by."""
    return fingerprint("receipt.code", code)


def hash_of_token(token: str) -> bytes:
    """What a form that was sent in is known by."""
    return fingerprint("receipt.token", token)


def code_for(token: str) -> str:
    """The number of the receipt that a form's token leads to: the same form, the same number."""
    return code_of(fingerprint("receipt.number", token))


def find_receipt(typed: str, *kinds: str) -> Receipt | None:
    """The receipt whose number somebody typed, if it still opens anything; unscoped.

    The number is the right: who has it may read what it answers for, and nothing else.
    """
    code = read_code(typed)
    standing = Q(expires_at=None) | Q(expires_at__gt=now())
    found = Receipt.objects.filter(standing, code_hash=hash_of_code(code)).first()
    return found if found is not None and code and (not kinds or found.kind in kinds) else None


def receipts_of(kind: str, subject_id: UUID) -> int:
    """How many receipts were given for a row."""
    return Receipt.objects.filter(kind=kind, subject_id=subject_id).count()
