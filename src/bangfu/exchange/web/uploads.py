"""Handing in a list: the form, and the work that runs beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.exchange.imports import check_list, keep_list
from bangfu.exchange.jobs import CHECK_LIST, COMMIT_LIST
from bangfu.exchange.permissions import REGISTER, SUBMIT
from bangfu.exchange.queries.feeds import load_feeds
from bangfu.exchange.web.forms import UploadForm
from bangfu.exchange.web.pages import list_url
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.importing.api import DEFAULT_LIMITS
from bangfu.foundation.jobs.api import JobState, enqueue, find_job, problems_of
from bangfu.foundation.pages.api import (
    JobWords,
    answer_progress,
    find_asked_job,
    go_on,
    placed,
    tell_problems,
)
from bangfu.foundation.ui.wording import show_problem
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.jobs.api import Job
    from bangfu.kernel.problems import Problem

AT_ONCE: Final = 256 * 1024
"""Files of up to so many bytes (some thousand rows) are checked in the request."""

_WORDS: Final = {
    CHECK_LIST: (gettext_lazy("正在核对名单"), {"check": gettext_lazy("逐行核对")}),
    COMMIT_LIST: (gettext_lazy("正在写入名单"), {"compare": gettext_lazy("逐行匹配")}),
}


@requires(SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: ActingRequest) -> HttpResponse:
    """Choose kind, file, day and place; what the file as a whole is refused for is said here."""
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, actor=request.actor)
        if not form.is_valid():
            return _page(request, form)
        try:
            return _take(request, form)
        except AccessRefused:
            raise
        except Refused as refused:
            return _page(request, form, refused.problems)
    job = find_asked_job(request, CHECK_LIST)
    known = request.GET.get("feed", "")
    initial = {"feed": known} if known in load_feeds() else {}
    if job is not None:
        initial |= {key: str(job.payload[key]) for key in ("feed", "division", "data_date")}
    form = UploadForm(actor=request.actor, initial=initial)
    return _page(request, form, problems_of(job) if job else ())


def _page(
    request: ActingRequest, form: UploadForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    shown = placed(show_problem(each) for each in problems)
    return render(request, "exchange/new.html", {"form": form, "problems": shown})


def _take(request: ActingRequest, form: UploadForm) -> HttpResponse:
    """Check a small file now, a large one beside the page.

    So is every file of an office that may not read the register: what is compared there is read by
    the system, never by the officer's own request.
    """
    file = form.cleaned_data["upload"]
    source = (file.name, file.read(DEFAULT_LIMITS.file_bytes + 1))
    division, day = form.cleaned_data["division"], form.cleaned_data["data_date"]
    feed = form.wanted()
    if len(source[1]) <= AT_ONCE and request.actor.may(REGISTER, division):
        each = check_list(
            actor=request.actor, feed=feed, source=source, division=division, data_date=day
        )
        if each.committed_at is not None:
            messages.info(request, _("这个文件已经提交过，没有再写入。"))
        return redirect(list_url(each.id))
    kept = keep_list(actor=request.actor, source=source, division=division)
    job = enqueue(
        actor=request.actor,
        kind=CHECK_LIST,
        payload={
            "file": str(kept),
            "feed": feed.name,
            "mapping": feed.text,
            "division": division,
            "data_date": day.isoformat(),
        },
        idempotency_key=f"{CHECK_LIST}:{kept}",
    )
    return redirect("exchange:job", job.id)


@requires(SUBMIT)
@require_safe
def show_job(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """How far a check or a commit is; it goes on by itself."""
    job = find_job(request.actor, job_id)
    if job is None or job.kind not in _WORDS:
        raise Http404
    if job.state == JobState.FAILED.value:
        return go_on(request, _after_failure(request, job))
    title, stages = _WORDS[job.kind]
    words = JobWords(str(title), {name: str(stage) for name, stage in stages.items()})
    return answer_progress(request, job_id, words, lambda done: list_url(_list_of(done)))


def _list_of(job: Job) -> str:
    return str((job.result or job.payload)["list"])


def _after_failure(request: ActingRequest, job: Job) -> str:
    """Back to where it can be put right, with the reason."""
    if job.kind == CHECK_LIST:
        return f"{reverse('exchange:new')}?job={job.id}"
    tell_problems(request, problems_of(job))
    return list_url(_list_of(job))
