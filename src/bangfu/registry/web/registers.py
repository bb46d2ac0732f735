"""The registration workbook given out: asked for with a reason, written beside, then fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import new_id
from bangfu.foundation.files.api import open_stored
from bangfu.foundation.jobs.api import enqueue
from bangfu.foundation.pages.api import JobWords, answer_progress, get_own_job, workbook_answer
from bangfu.foundation.ui.api import ReasonForm
from bangfu.registry.jobs import WRITE_REGISTER
from bangfu.registry.permissions import EXPORT, READ_SECRET
from bangfu.registry.queries.divisions import choose_places, division_name

if TYPE_CHECKING:
    from bangfu.foundation.access.api import ActingRequest, Actor

_WORDS: Final = (gettext_lazy("正在写登记工作簿"), gettext_lazy("逐户写出"))


class RegisterForm(ReasonForm):
    """Of which place, and what for."""

    division = forms.ChoiceField(
        label=gettext_lazy("哪里的"),
        error_messages={"invalid_choice": gettext_lazy("请选您负责的地方。")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = choose_places(actor, EXPORT, READ_SECRET)
        self.fields["division"] = forms.ChoiceField(
            label=gettext_lazy("哪里的"),
            choices=choices,
            error_messages={"invalid_choice": gettext_lazy("请选您负责的地方。")},
        )


@requires(EXPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActingRequest) -> HttpResponse:
    """Say of which place and what for; then the workbook is written beside the page."""
    posted = request.POST or None
    form = RegisterForm(posted, actor=request.actor, label=_("做什么用"))
    if not form.is_valid():
        return render(request, "registry/register_ask.html", {"form": form})
    job = enqueue(
        actor=request.actor,
        kind=WRITE_REGISTER,
        payload=form.cleaned_data,
        idempotency_key=f"{WRITE_REGISTER}:{new_id()}",
    )
    return redirect("registry:register_job", job.id)


@requires(EXPORT)
@require_safe
def show_job(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """How far the workbook is."""
    get_own_job(request, job_id, WRITE_REGISTER)
    title, stage = _WORDS
    words = JobWords(str(title), {"write": str(stage)})
    return answer_progress(
        request, job_id, words, lambda done: reverse("registry:register_done", args=[done.id])
    )


@requires(EXPORT)
@require_safe
def show_done(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """Where to fetch the finished workbook, and until when."""
    payload = get_own_job(request, job_id, WRITE_REGISTER).payload
    context = {"job_id": job_id, "place": division_name(payload["division"])}
    return render(request, "registry/register_done.html", context)


@requires(EXPORT)
@require_safe
def fetch(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """The workbook itself; fetching is on record."""
    job = get_own_job(request, job_id, WRITE_REGISTER)
    if not job.result:
        raise Http404
    with open_stored(actor=request.actor, file_id=UUID(job.result["file"])) as stream:
        place = division_name(job.payload["division"])
        return workbook_answer(_("%(place)s登记工作簿") % {"place": place}, stream.read())
