"""Showing a telephone number whole: for a stated reason, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from bangfu.foundation.access.api import AccessRefused
from bangfu.foundation.audit.api import record
from bangfu.foundation.secrets.api import unseal
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.api import READ_SECRET
from bangfu.teams.queries.duties import SUBJECT
from bangfu.teams.queries.people import get_cadre, places_of
from bangfu.teams.services.roster import PHONE_PLACE

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@transaction.atomic
def reveal_phone(*, actor: Actor, cadre_id: UUID, reason: str) -> str:
    """A person's whole telephone number; empty when it is unknown.

    Args:
        actor: needs `registry.read_secret` in a place where the person serves, helps or was
            entered.
        cadre_id: whose.
        reason: what it is needed for, in the actor's words; stands in the audit.

    Raises:
        Http404: when the actor sees no such person.
        AccessRefused: without the right to see it.
        Refused: `teams.reason_missing`.
        PersonalValue: when the reason itself holds an identity or phone number.
    """
    cadre = get_cadre(actor, cadre_id)
    if not any(actor.may(READ_SECRET, place) for place in places_of(actor, cadre)):
        raise AccessRefused(READ_SECRET, cadre.division)
    if not reason.strip():
        raise Refused(Problem("teams.reason_missing"))
    record(
        actor=actor,
        action="teams.phone_revealed",
        kind="opened",
        subject_type=SUBJECT,
        subject_ids=(cadre.pk,),
        division=cadre.division,
        count=1,
        filters={"item": "phone", "reason": reason.strip()},
    )
    return unseal(*PHONE_PLACE, cadre.pk, cadre.phone_sealed) if cadre.phone_sealed else ""
