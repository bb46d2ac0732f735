"""The authorisations a household gave, for its own side: by receipt, or on the household's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangfu.cases.models import Consent
from bangfu.cases.permissions import READ
from bangfu.cases.queries.receipts import CONSENT, find_receipt
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.foundation.ui.api import reader_language
from bangfu.registry.api import division_path

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """An authorisation as the household reads it.

    Attributes:
        departments: who may be asked, in words.
        withdrawn_on: from then on nobody may be asked any more.
    """

    id: UUID
    departments: list[str]
    signer: str
    signed_on: date
    withdrawn_on: date | None
    by_name: str
    place: str
    division: str


def _given(row: Consent) -> GivenConsent:
    language = reader_language()
    known = comparison_table().departments
    return GivenConsent(
        id=row.pk,
        departments=[
            known[each].text.of(language) if each in known else each for each in row.scope
        ],
        signer=row.signer,
        signed_on=row.signed_on,
        withdrawn_on=row.withdrawn_on,
        by_name=row.by_name,
        place="".join(division_path(row.household.village_code)[2:]),
        division=row.household.village_code,
    )


def find_consent(typed: str) -> GivenConsent | None:
    """The authorisation whose receipt has this number; the number is the right to read it."""
    receipt = find_receipt(typed, CONSENT)
    rows = Consent.objects.select_related("household")
    row = rows.filter(pk=receipt.subject_id).first() if receipt else None
    return _given(row) if row else None


def list_consents(actor: Actor, household_id: UUID) -> list[GivenConsent]:
    """A household's authorisations where the actor may read cases, the newest first."""
    rows = Consent.objects.select_related("household").filter(household=household_id)
    seen = rows.filter(actor.scope(READ).q("household__village_code"))
    return [_given(each) for each in seen.order_by("-signed_on", "-recorded_at")]
