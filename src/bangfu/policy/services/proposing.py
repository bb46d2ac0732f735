"""Four eyes over the rules: one person proposes a pack, another puts it into force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.foundation.clock.api import now, today
from bangfu.kernel.problems import Problem, Refused, as_document
from bangfu.policy.models import Decision, PackProposal, PackVersion
from bangfu.policy.permissions import PUBLISH
from bangfu.policy.queries import (
    case_outcomes,
    check_confirmable,
    get_proposal,
    load_checked,
    pack_of_proposal,
    sources_in,
)
from bangfu.policy.services.archives import parent_of, read_archive
from bangfu.policy.services.publishing import (
    check_admitted,
    content_of,
    failed_cases,
    find_same,
    put_in_force,
)
from bangfu.rules.api import read_sources

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.api import Pack, PackSource


def propose_pack(*, actor: Actor, name: str, valid_from: date) -> PackProposal:
    """Propose a pack that the product carries.

    Raises:
        AccessRefused, PackInvalid, Refused: see `propose_archive`.
    """
    return _propose(actor, load_checked(read_sources(name)), name, valid_from)


def propose_archive(*, actor: Actor, name: str, data: bytes, valid_from: date) -> PackProposal:
    """Propose the pack in a zip of its folder. What it extends is the product's, or published.

    Raises:
        AccessRefused: when the actor may not publish for the pack's division.
        PackInvalid: an archive or pack that is refused, with file, line and reason.
        Refused: `policy.day_passed`, `policy.already_in_force`, and see `check_admitted`.
    """
    source = read_archive(data)
    return _propose(actor, load_checked((*_chain_above(source), source)), name, valid_from)


def _chain_above(source: PackSource) -> tuple[PackSource, ...]:
    parent = parent_of(source)
    if not parent:
        return ()
    published = PackVersion.objects.filter(pack=parent).first()
    return sources_in(published) if published else read_sources(parent)


@transaction.atomic
def _propose(actor: Actor, pack: Pack, origin: str, start: date) -> PackProposal:
    actor.check(PUBLISH, pack.scope)
    check_admitted(pack)
    if start < today():
        raise Refused(Problem("policy.day_passed", values={"day": start.isoformat()}))
    if find_same(pack, start) is not None:
        raise Refused(Problem("policy.already_in_force", values={"label": pack.label}))
    proposal = PackProposal.objects.create(
        pack=pack.name,
        label=pack.label,
        hash=pack.hash,
        content=content_of(pack),
        origin=origin[-120:],
        division=pack.scope,
        valid_from=start,
        demo=pack.demo,
        proposed_by_id=actor.person_id,
        proposer=actor.name,
        proposed_at=now(),
    )
    _record(actor, "policy.pack_proposed", proposal)
    return proposal


def check_proposal(*, actor: Actor, proposal_id: UUID) -> PackProposal:
    """Run the cases of a proposed pack and keep how they went.

    Raises:
        Http404: no such proposal for this actor.
    """
    proposal = get_proposal(actor, proposal_id)
    outcomes = case_outcomes(pack_of_proposal(proposal.pk))
    problems = [as_document(each) for each in failed_cases(outcomes)]
    with transaction.atomic():
        waiting = PackProposal.objects.filter(pk=proposal.pk, decision="")
        waiting.update(checked_at=now(), cases=len(outcomes), problems=problems)
        _record(actor, "policy.pack_checked", proposal, failed=len(problems))
    return get_proposal(actor, proposal_id)


@transaction.atomic
def confirm_proposal(*, actor: Actor, proposal_id: UUID) -> PackVersion:
    """Put a proposed pack into force from its day on; another person than who proposed it.

    Raises:
        Http404: no such proposal for this actor.
        Refused: see `check_confirmable`, `check_admitted`.
    """
    PackProposal.objects.select_for_update().filter(pk=proposal_id).first()
    proposal = get_proposal(actor, proposal_id)
    check_confirmable(actor, proposal)
    pack = pack_of_proposal(proposal.pk)
    check_admitted(pack)
    version = put_in_force(actor, pack, proposal.valid_from)
    _decide(actor, proposal, Decision.PUBLISHED, version=version)
    return version


@transaction.atomic
def withdraw_proposal(*, actor: Actor, proposal_id: UUID) -> PackProposal:
    """Take a proposal off the table; withdrawn before, it stays so.

    Raises:
        Http404: no such proposal for this actor.
        Refused: `policy.proposal_decided`, when it was published.
    """
    PackProposal.objects.select_for_update().filter(pk=proposal_id).first()
    proposal = get_proposal(actor, proposal_id)
    if proposal.decision == Decision.PUBLISHED:
        raise Refused(Problem("policy.proposal_decided", values={"label": proposal.label}))
    if not proposal.decision:
        _decide(actor, proposal, Decision.WITHDRAWN)
        _record(actor, "policy.pack_withdrawn", proposal)
    return proposal


def _decide(
    actor: Actor, proposal: PackProposal, decision: Decision, version: PackVersion | None = None
) -> None:
    proposal.decision = decision
    proposal.decided_by_id = actor.person_id
    proposal.decider = actor.name
    proposal.decided_at = now()
    proposal.version = version
    proposal.save()


def _record(actor: Actor, action: str, proposal: PackProposal, **filters: Any) -> None:
    record(
        actor=actor, action=action, kind="changed", subject_type="pack_proposal",
        subject_ids=[proposal.pk], division=proposal.division,
        filters={"valid_from": proposal.valid_from.isoformat(), **filters},
    )  # fmt: skip
