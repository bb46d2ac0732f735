"""Importing workbooks: the batches, a new upload, and the work that runs beside the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.importing.api import DEFAULT_LIMITS, write_template
from bangfu.foundation.jobs.api import JobState, enqueue, find_job, problems_of
from bangfu.foundation.pages.api import (
    JobWords,
    answer_progress,
    find_asked_job,
    go_on,
    placed,
    tell_problems,
    workbook_answer,
)
from bangfu.foundation.ui.api import Column, Table, present, read_state, reader_language
from bangfu.foundation.ui.wording import show_problem
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.imports import check_upload, keep_upload
from bangfu.registry.jobs import CHECK_UPLOAD, COMMIT_BATCH, REVERSE_BATCH
from bangfu.registry.models.batches import BatchState
from bangfu.registry.permissions import IMPORT
from bangfu.registry.queries.batches import list_batches
from bangfu.registry.queries.divisions import division_name
from bangfu.registry.web.batch_page import batch_url, state_words
from bangfu.registry.web.upload_forms import UploadForm
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.jobs.api import Job
    from bangfu.registry.models import ImportBatch

AT_ONCE: Final = 256 * 1024
"""Uploads up to so many bytes (some hundred households) are checked in the request."""

BATCHES: Final[Table[ImportBatch]] = Table(
    name="imports",
    sort="",
    columns=(
        Column(
            "batch",
            gettext_lazy("哪里、数据日期"),
            lambda row: division_name(row.division),
            template="registry/cell_batch.html",
            heading=True,
        ),
        Column("state", gettext_lazy("到哪一步"), state_words),
        Column("new", gettext_lazy("新增，户"), lambda row: row.new, kind="whole"),
        Column("changed", gettext_lazy("变更，户"), lambda row: row.changed, kind="whole"),
        Column("unchanged", gettext_lazy("没有变化，户"), lambda row: row.unchanged, kind="whole"),
        Column("refused", gettext_lazy("要改，户"), lambda row: row.refused, kind="whole"),
        Column("checked_by", gettext_lazy("谁"), lambda row: row.checked_by),
        Column(
            "checked_at", gettext_lazy("什么时候核对"), lambda row: row.checked_at, kind="moment"
        ),
    ),
)
_WORDS: Final = {
    CHECK_UPLOAD: (gettext_lazy("正在核对文件"), {"check": gettext_lazy("逐行核对")}),
    COMMIT_BATCH: (
        gettext_lazy("正在写入登记簿"),
        {"prepare": gettext_lazy("逐户比对、加密"), "write": gettext_lazy("一次写入")},
    ),
    REVERSE_BATCH: (gettext_lazy("正在撤回"), {"reverse": gettext_lazy("逐户恢复原样")}),
}


@requires(IMPORT)
@require_safe
def list_page(request: ActingRequest) -> HttpResponse:
    """The batches of the reader's places."""
    state = read_state(BATCHES, request.GET)
    page = list_batches(request.actor, page=state.page, size=state.page_size)
    context = {
        "table": present(BATCHES, state, page.rows, total=page.total, key=lambda row: row.id),
        "waiting": sum(row.state is BatchState.CHECKED for row in page.rows),
    }
    return render(request, "registry/imports.html", context)


@requires(IMPORT)
@require_safe
def download_template(request: ActingRequest) -> HttpResponse:
    """The empty workbook to fill in."""
    workbook = write_template(load_layout().on(today()), reader_language())
    return workbook_answer(_("农户信息采集模板"), workbook)


@requires(IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: ActingRequest) -> HttpResponse:
    """Choose files, day and place; what the file as a whole is refused for is said here."""
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, actor=request.actor)
        if not form.is_valid():
            return _upload_page(request, form)
        try:
            return _take(request, form)
        except AccessRefused:
            raise
        except Refused as refused:
            return _upload_page(request, form, refused.problems)
    job = find_asked_job(request, CHECK_UPLOAD)
    initial = {key: job.payload[key] for key in ("division", "data_date")} if job else {}
    form = UploadForm(actor=request.actor, initial=initial)
    return _upload_page(request, form, problems_of(job) if job else ())


def _upload_page(
    request: ActingRequest, form: UploadForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    shown = placed(show_problem(each) for each in problems)
    return render(request, "registry/import_new.html", {"form": form, "problems": shown})


def _take(request: ActingRequest, form: UploadForm) -> HttpResponse:
    """Check a small upload now, a large one beside the page."""
    files = form.cleaned_data["upload"]
    sources = [(each.name, each.read(DEFAULT_LIMITS.file_bytes + 1)) for each in files]
    division, day = form.cleaned_data["division"], form.cleaned_data["data_date"]
    if sum(len(data) for _name, data in sources) <= AT_ONCE:
        batch = check_upload(actor=request.actor, sources=sources, division=division, data_date=day)
        return redirect(batch_url(batch.id))
    kept = [
        str(each) for each in keep_upload(actor=request.actor, sources=sources, division=division)
    ]
    job = enqueue(
        actor=request.actor,
        kind=CHECK_UPLOAD,
        payload={"files": kept, "division": division, "data_date": day.isoformat()},
        idempotency_key=f"{CHECK_UPLOAD}:{kept[0]}",
    )
    return redirect("registry:import_job", job.id)


@requires(IMPORT)
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
    return answer_progress(request, job_id, words, lambda done: batch_url(_batch_of(done)))


def _batch_of(job: Job) -> str:
    return str((job.result or job.payload)["batch"])


def _after_failure(request: ActingRequest, job: Job) -> str:
    """Back to where it can be put right, with the reason."""
    if job.kind == CHECK_UPLOAD:
        return f"{reverse('registry:import_new')}?job={job.id}"
    tell_problems(request, problems_of(job))
    return batch_url(_batch_of(job))
