"""What a household is handed of its own: its file, and the receipts that go with it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Final

from django.db import transaction

from bangfu.cases.domain.receipts import bare
from bangfu.cases.models import Receipt
from bangfu.cases.permissions import CHECK, READ, RECORD
from bangfu.cases.queries.appeal_codes import number_on_day
from bangfu.cases.queries.consents import list_consents
from bangfu.cases.queries.own_file import own_file_of
from bangfu.cases.queries.receipts import CONSENT, FILE, find_receipt
from bangfu.cases.services.receipts import give_receipt, hash_of_second, new_second
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now
from bangfu.foundation.documents.api import (
    IssuedPaper,
    PaperKind,
    issue_paper,
    open_paper,
    register_paper,
)
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import division_name, get_household

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

OWN_FILE: Final = PaperKind(
    "own_file",
    zh="农户本人档案",
    en="A household's own file",
    template="cases/papers/own_file.typ",
    read=READ,
    issue=RECORD,
)
register_paper(OWN_FILE)
MOST_MISSES: Final = 5
"""Wrong second secrets before a receipt opens nothing any more."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What is printed on the slip: shown once, kept by nobody.

    Attributes:
        paper_id: the issued paper. code, second: what opens it without an account.
        days: for how long.
    """

    paper_id: UUID
    code: str
    second: str
    days: int


@transaction.atomic
def hand_out_file(*, actor: Actor, household_id: UUID) -> HandedOut:
    """Issue a household's own file (个人信息保护法 art. 45), with a slip to fetch it by.

    Raises:
        Http404: when there is no such household in the actor's scope.
        AccessRefused: when the actor may not hand files out there.
    """
    household = get_household(actor, household_id)
    actor.check(RECORD, household.village_code)
    paper = issue_paper(
        actor=actor,
        kind=OWN_FILE.name,
        subject_type="household",
        subject_id=household.pk,
        division=household.village_code,
        data=own_file_of(actor, household),
        place=division_name(household.village_code),
    )
    days = number_on_day("file_days", household.village_code) or 1
    second = new_second()
    code = give_receipt(FILE, paper.pk, second=second, expires_at=now() + timedelta(days=days))
    return HandedOut(paper.pk, code, second, days)


def fetch_file(*, code: str, second: str) -> tuple[IssuedPaper, IO[bytes]]:
    """The file of a slip, for whoever holds both numbers.

    A wrong second number is counted; after `MOST_MISSES` the slip opens nothing.

    Raises:
        Refused: `cases.slip_wrong`, whichever of the two is wrong.
    """
    receipt = _matched(code, second)
    if receipt is None:
        raise Refused(Problem("cases.slip_wrong"))
    return open_paper(actor=system_actor("portal"), paper_id=receipt.subject_id)


@transaction.atomic
def _matched(code: str, second: str) -> Receipt | None:
    found = find_receipt(code, FILE)
    receipt = Receipt.objects.select_for_update().get(pk=found.pk) if found else None
    typed = hash_of_second(bare(second))
    kept = bytes(receipt.second_hash or b"") if receipt else b""
    right = hmac.compare_digest(kept, typed)
    if receipt is None or receipt.misses >= MOST_MISSES:
        return None
    if not right:
        receipt.misses += 1
        receipt.save(update_fields=["misses"])
        return None
    return receipt


@transaction.atomic
def give_consent_receipt(*, actor: Actor, household_id: UUID, consent_id: UUID) -> str:
    """A receipt by which the household reads and withdraws what it signed.

    Raises:
        Http404: when there is no such household in the actor's scope.
        AccessRefused: when the actor may not check there.
        Refused: `cases.consent_unknown` for an authorisation of somebody else.
    """
    household = get_household(actor, household_id)
    actor.check(CHECK, household.village_code)
    if consent_id not in {each.id for each in list_consents(actor, household_id)}:
        raise Refused(Problem("cases.consent_unknown"))
    record(
        actor=actor, action="consent.receipt_given", kind="changed", subject_type="household",
        subject_ids=(household.pk,), division=household.village_code, count=1,
    )  # fmt: skip
    return give_receipt(CONSENT, consent_id)
