"""Reading proposed packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.models import PackProposal
from bangfu.policy.permissions import PUBLISH

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor


def _seen_by(actor: Actor) -> QuerySet[PackProposal]:
    return PackProposal.objects.filter(actor.scope(PUBLISH).q("division"))


def get_proposal(actor: Actor, proposal_id: UUID) -> PackProposal:
    """One proposal for a division where the actor may publish.

    Raises:
        Http404: when there is none.
    """
    found = _seen_by(actor).filter(pk=proposal_id).first()
    if found is None:
        raise Http404
    return found


def list_waiting(actor: Actor) -> list[PackProposal]:
    """The proposals that nobody has decided, the latest first, without their contents."""
    return list(_seen_by(actor).filter(decision="").defer("content"))


def check_confirmable(actor: Actor, proposal: PackProposal) -> None:
    """Refuse to put a proposal into force.

    Raises:
        Refused: decided before, its cases not run or not held, its day gone by, or proposed by the
            same person.
    """
    if proposal.decision:
        raise Refused(Problem("policy.proposal_decided", values={"label": proposal.label}))
    if actor.person_id is None or actor.person_id == proposal.proposed_by_id:
        raise Refused(Problem("policy.own_proposal"))
    if proposal.checked_at is None:
        raise Refused(Problem("policy.proposal_unchecked"))
    if proposal.problems:
        values = {"count": str(len(proposal.problems))}
        raise Refused(Problem("policy.proposal_fails", values=values))
    if proposal.valid_from < today():
        day = proposal.valid_from.isoformat()
        raise Refused(Problem("policy.day_passed", values={"day": day}))
