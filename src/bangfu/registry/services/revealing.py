"""Showing a secret whole: for a stated reason, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404

from bangfu.foundation.audit.api import record
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.items import secret_names
from bangfu.registry.models import Household, Member
from bangfu.registry.permissions import READ_SECRET
from bangfu.registry.queries.households import scoped_households
from bangfu.registry.queries.leaves import open_secret, sealed_column

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


@transaction.atomic
def reveal_secret(*, actor: Actor, subject: Household | Member, item: str, reason: str) -> str:
    """The whole value of a secret item; empty when it is unknown.

    Args:
        actor: needs `registry.read_secret` in the household's village.
        subject: the household (`phone`, `bank_account`) or member (`id_number`).
        item: which item.
        reason: what it is needed for, in the actor's words; stands in the audit.

    Raises:
        Http404: when the household is not in the actor's scope, or has no such secret.
        AccessRefused: without the right to see it.
        Refused: `registry.reason_missing`.
        PersonalValue: when the reason itself holds an identity or phone number.
    """
    section, household_id = _where(subject)
    household = scoped_households(actor).filter(pk=household_id).first()
    if household is None or item not in secret_names(section):
        raise Http404
    actor.check(READ_SECRET, household.village_code)
    if not reason.strip():
        raise Refused(Problem("registry.reason_missing"))
    record(
        actor=actor,
        action="registry.secret_revealed",
        kind="opened",
        subject_type="household" if section == "household" else "member",
        subject_ids=(subject.pk,),
        division=household.village_code,
        count=1,
        filters={"item": item, "reason": reason.strip()},
    )
    sealed = getattr(subject, sealed_column(item))
    return open_secret(section, item, subject.pk, bytes(sealed)) if sealed else ""


def _where(subject: Household | Member) -> tuple[str, UUID]:
    if isinstance(subject, Household):
        return "household", subject.pk
    return "members", subject.household_id
