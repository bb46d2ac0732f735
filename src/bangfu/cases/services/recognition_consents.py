"""The household's commitment and authorisation: given once, for named departments, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.cases.models import Consent
from bangfu.cases.permissions import CHECK
from bangfu.cases.queries.recognition_table import comparison_table
from bangfu.cases.services.recognition_holding import hold_recognition, record_written
from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.foundation.files.api import get_stored
from bangfu.foundation.jobs.api import announce
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import Member

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.files.api import StoredFile

SIGNING = ("opened", "checked")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed commitment and authorisation.

    Attributes:
        scope: codes of the departments that may be asked.
        signer: the name of the member who signed.
        signed_on: the day. file: the scanned paper; None while it lies in the village.
    """

    scope: tuple[str, ...]
    signer: str
    signed_on: date
    file: UUID | None = None


@transaction.atomic
def record_consent(*, actor: Actor, case_id: UUID, signed: Signed) -> Consent:
    """Keep what the household signed.

    Raises:
        Http404: no such case or file, or none the actor may see.
        AccessRefused: when the actor may not check there.
        Refused: `cases.consent_scope`, `cases.signer_unknown`, `cases.signed_later`.
    """
    case = hold_recognition(actor, case_id, CHECK, SIGNING)
    departments = comparison_table().departments
    problems = []
    if not signed.scope or any(each not in departments for each in signed.scope):
        problems.append(Problem("cases.consent_scope"))
    if not Member.objects.filter(
        household=case.household_id, active=True, name=signed.signer.strip()
    ).exists():
        problems.append(Problem("cases.signer_unknown"))
    if signed.signed_on > today():
        problems.append(Problem("cases.signed_later"))
    if problems:
        raise Refused(*problems)
    consent = Consent.objects.create(
        id=new_id(),
        household_id=case.household_id,
        case=case,
        scope=list(dict.fromkeys(signed.scope)),
        signer=signed.signer.strip(),
        signed_on=signed.signed_on,
        file=_stored(actor, signed.file),
        recorded_at=now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    record_written(actor, case, "consent.recorded", {"scope": consent.scope})
    return consent


def _stored(actor: Actor, file: UUID | None) -> StoredFile | None:
    return None if file is None else get_stored(actor, file)


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: UUID, channel: str) -> Consent:
    """Take an authorisation back: from now on nobody may be asked any more.

    What was answered before stays; the case goes no further without a new authorisation. Doing it
    twice changes nothing.

    Source: 《个人信息保护法》 art. 15 (as easily as it was given) and 16.

    Args:
        actor: whoever writes it down: needs `cases.check` there; the portal acts for the household.
        consent_id: which.
        channel: how the household said so.

    Raises:
        Http404: no such authorisation, or none the actor may see.
        AccessRefused: when the actor may not check there.
    """
    rows = Consent.objects.select_for_update(of=("self",)).select_related("household")
    consent = rows.filter(actor.scope(CHECK).q("household__village_code"), pk=consent_id).first()
    if consent is None:
        raise Http404
    actor.check(CHECK, consent.household.village_code)
    if consent.withdrawn_on is not None:
        return consent
    consent.withdrawn_on, consent.withdrawn_channel = today(), channel
    consent.save(update_fields=["withdrawn_on", "withdrawn_channel"])
    record(
        actor=actor,
        action="consent.withdrawn",
        kind="changed",
        subject_type="household",
        subject_ids=(consent.household_id,),
        division=consent.household.village_code,
        count=1,
        filters={"channel": channel},
    )
    case = str(consent.case_id or "")
    payload = {"consent": str(consent.pk), "household": str(consent.household_id), "case": case}
    announce("cases.consent_withdrawn", payload)
    return consent
