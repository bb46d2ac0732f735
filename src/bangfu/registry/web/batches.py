"""One import batch: look, commit, discard, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.jobs.api import enqueue
from bangfu.foundation.pages.api import tell_problems, workbook_answer
from bangfu.foundation.ui.api import ReasonForm
from bangfu.foundation.ui.panels import panels_for
from bangfu.foundation.ui.wording import show_problem
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.imports import write_batch_errors
from bangfu.registry.jobs import COMMIT_BATCH, REVERSE_BATCH
from bangfu.registry.models.batches import BatchState
from bangfu.registry.permissions import IMPORT, REVERSE
from bangfu.registry.queries.batches import (
    get_batch,
    get_batch_for,
    preview_reversal,
)
from bangfu.registry.queries.divisions import division_name
from bangfu.registry.services.discarding import discard_batch
from bangfu.registry.services.reversing import reverse_batch
from bangfu.registry.web.batch_page import batch_url, files_of, show_check

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.models import ImportBatch
    from bangfu.registry.queries.reversals import LeftAlone

_MOST_NAMED: Final = 200
AT_ONCE: Final = 500
"""Batches of up to so many households are taken back in the request."""


@requires(IMPORT)
@require_safe
def show_batch(request: ActingRequest, batch_id: UUID) -> HttpResponse:
    """What a batch would do, or what it did."""
    batch = get_batch(request.actor, batch_id)
    if batch.state is BatchState.CHECKED:
        page = show_check(request.actor, batch, request.GET.dict())
        return render(request, "registry/import_check.html", {"page": page, "batch": batch})
    context = {
        "batch": batch,
        "place": division_name(batch.division),
        "state": batch.state.value,
        "files": files_of(request.actor, batch),
        "may_reverse": request.actor.may(REVERSE, batch.division),
        "panels": panels_for("batch", request, batch),
    }
    return render(request, "registry/import_done.html", context)


@requires(IMPORT)
@require_safe
def download_errors(request: ActingRequest, batch_id: UUID) -> HttpResponse:
    """The workbook as it came, with the bad cells marked and explained."""
    workbook = write_batch_errors(actor=request.actor, batch_id=batch_id)
    return workbook_answer(_("要改的行"), workbook)


@requires(IMPORT)
@require_POST
def commit(request: ActingRequest, batch_id: UUID) -> HttpResponse:
    """Write what is right, beside the page; asked twice, it is done once."""
    batch = get_batch_for(request.actor, IMPORT, batch_id)
    if batch.state is not BatchState.CHECKED:
        return redirect(batch_url(batch.id))
    job = enqueue(
        actor=request.actor,
        kind=COMMIT_BATCH,
        payload={"batch": str(batch.id)},
        idempotency_key=f"{COMMIT_BATCH}:{batch.id}",
    )
    return redirect("registry:import_job", job.id)


@requires(IMPORT)
@require_POST
def discard(request: ActingRequest, batch_id: UUID) -> HttpResponse:
    """Drop a checked batch; nothing of the file stays."""
    try:
        discard_batch(actor=request.actor, batch_id=batch_id)
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
        return redirect(batch_url(batch_id))
    messages.success(request, _("已放弃，文件已经删除，登记簿没有变。"))
    return redirect("registry:imports")


@requires(REVERSE)
@require_http_methods(["GET", "HEAD", "POST"])
def reverse_one(request: ActingRequest, batch_id: UUID) -> HttpResponse:
    """Ask for the reason and say whom it leaves alone; then take the batch back."""
    form = ReasonForm(request.POST or None, label=_("为什么撤回"))
    if form.is_valid():
        return _reverse(request, batch_id, form.cleaned_data["reason"])
    batch = get_batch(request.actor, batch_id)
    if batch.state is not BatchState.COMMITTED:
        return redirect(batch_url(batch.id))
    return _ask_to_reverse(request, batch, form)


def _ask_to_reverse(request: ActingRequest, batch: ImportBatch, form: ReasonForm) -> HttpResponse:
    plan = preview_reversal(request.actor, batch.id)
    withdrawn = sum(each.restored is None for each in plan.reversals)
    left = [(each, _why(each)) for each in plan.left_alone[:_MOST_NAMED]]
    context = {
        "batch": batch,
        "place": division_name(batch.division),
        "form": form,
        "restored": len(plan.reversals) - withdrawn,
        "withdrawn": withdrawn,
        "total": len(plan.reversals),
        "left": left,
        "left_total": len(plan.left_alone),
    }
    return render(request, "registry/import_reverse.html", context)


def _why(left: LeftAlone) -> str:
    return show_problem(Problem(left.reason)).title


def _reverse(request: ActingRequest, batch_id: UUID, reason: str) -> HttpResponse:
    """Take a small batch back now, a large one beside the page."""
    batch = get_batch_for(request.actor, REVERSE, batch_id)
    if batch.new + batch.changed + batch.unchanged > AT_ONCE:
        job = enqueue(
            actor=request.actor,
            kind=REVERSE_BATCH,
            payload={"batch": str(batch.id), "reason": reason},
            idempotency_key=f"{REVERSE_BATCH}:{batch.id}",
        )
        return redirect("registry:import_job", job.id)
    try:
        done = reverse_batch(actor=request.actor, batch_id=batch_id, reason=reason)
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
        return redirect(batch_url(batch_id))
    values = {
        "restored": done.restored,
        "withdrawn": done.withdrawn,
        "left": len(done.left_alone),
    }
    words = _("已撤回：%(restored)d 户恢复原样，%(withdrawn)d 户退出登记簿，%(left)d 户没有动。")
    messages.success(request, words % values)
    return redirect(batch_url(batch_id))
