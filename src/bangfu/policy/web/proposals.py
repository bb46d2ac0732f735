"""Proposing a pack, seeing what it would change, and confirming it by another person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import enqueue, find_job
from bangfu.foundation.pages.api import JobWords, answer_progress, tell_problems
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Refused, from_document
from bangfu.policy.domain.comparing import compare
from bangfu.policy.domain.standing import standing_of
from bangfu.policy.jobs import CHECK_PROPOSAL
from bangfu.policy.permissions import PUBLISH
from bangfu.policy.queries import (
    check_confirmable,
    find_version,
    get_proposal,
    pack_of_proposal,
    pack_of_version,
)
from bangfu.policy.services import (
    confirm_proposal,
    propose_archive,
    propose_pack,
    withdraw_proposal,
)
from bangfu.policy.services.archives import LIMITS
from bangfu.policy.web.forms import ProposalForm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.jobs.api import Job
    from bangfu.kernel.problems import Problem
    from bangfu.policy.models import PackProposal


@requires(PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActingRequest) -> HttpResponse:
    """Choose a pack and a day; what it is refused for is said here, with file and line."""
    if request.method != "POST":
        return _form_page(request, ProposalForm())
    form = ProposalForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form_page(request, form)
    try:
        proposal = _take(request.actor, form)
    except AccessRefused:
        raise
    except Refused as refused:
        return _form_page(request, form, refused.problems)
    job = enqueue(
        actor=request.actor,
        kind=CHECK_PROPOSAL,
        payload={"proposal": str(proposal.pk)},
        idempotency_key=f"{CHECK_PROPOSAL}:{proposal.pk}",
    )
    return redirect("policy:job", job.id)


def _form_page(
    request: ActingRequest, form: ProposalForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    context = {"form": form, "problems": problems}
    return render(request, "policy/propose.html", context)


def _take(actor: Actor, form: ProposalForm) -> PackProposal:
    day = form.cleaned_data["valid_from"]
    upload = form.cleaned_data["upload"]
    if upload is None:
        return propose_pack(actor=actor, name=form.cleaned_data["pack"], valid_from=day)
    # One byte more than is allowed tells that it is too large; no more is read.
    data = upload.read(LIMITS.archive + 1)
    return propose_archive(actor=actor, name=upload.name, data=data, valid_from=day)


@requires(PUBLISH)
@require_safe
def show_job(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """How far the cases of a proposal are."""
    job = find_job(request.actor, job_id)
    if job is None or job.kind != CHECK_PROPOSAL:
        raise Http404
    words = JobWords(_("正在运行政策包的测试"), {"cases": _("逐个运行")})
    return answer_progress(request, job_id, words, _proposal_of)


def _proposal_of(job: Job) -> str:
    return reverse("policy:proposal", args=[job.payload["proposal"]])


@requires(PUBLISH)
@require_safe
def show_proposal(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """What a proposed pack would change, how its cases went, and who may confirm it."""
    proposal = get_proposal(request.actor, proposal_id)
    pack = pack_of_proposal(proposal.pk)
    current = find_version(max(proposal.valid_from, today()))
    before = pack_of_version(current.pk) if current else None
    standing = standing_of(pack, proposal.valid_from)
    context = {
        "proposal": proposal,
        "pack": pack,
        "current": current,
        "found": compare(before, pack, reader_language()) if before else None,
        "problems": [from_document(each) for each in proposal.problems],
        "standing": standing,
        "awaited": [each.parameter.text.of(reader_language()) for each in standing.awaited],
        "refusals": _refusals(request.actor, proposal),
    }
    return render(request, "policy/proposal.html", context)


def _refusals(actor: Actor, proposal: PackProposal) -> Sequence[Problem]:
    try:
        check_confirmable(actor, proposal)
    except Refused as refused:
        return refused.problems
    return ()


@requires(PUBLISH)
@require_POST
def confirm(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Put a proposed pack into force."""
    try:
        version = confirm_proposal(actor=request.actor, proposal_id=proposal_id)
    except AccessRefused:
        raise
    except Refused as refused:
        return _refused(request, proposal_id, refused)
    messages.success(request, _("已经发布，从 %(day)s 起施行。") % {"day": version.valid_from})
    return redirect("policy:version", version.pk)


@requires(PUBLISH)
@require_POST
def withdraw(request: ActingRequest, proposal_id: UUID) -> HttpResponse:
    """Take a proposal off the table."""
    try:
        withdraw_proposal(actor=request.actor, proposal_id=proposal_id)
    except AccessRefused:
        raise
    except Refused as refused:
        return _refused(request, proposal_id, refused)
    messages.success(request, _("提议已撤回，什么也没有改变。"))
    return redirect("policy:versions")


def _refused(request: ActingRequest, proposal_id: UUID, refused: Refused) -> HttpResponse:
    """Back to the proposal, with the reasons."""
    tell_problems(request, refused.problems)
    return redirect("policy:proposal", proposal_id)
