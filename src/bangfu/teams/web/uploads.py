"""Importing lists: template, preview, commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.importing.api import DEFAULT_LIMITS
from bangfu.foundation.jobs.api import JobState, enqueue, find_job, problems_of
from bangfu.foundation.pages.api import (
    JobWords,
    answer_progress,
    find_asked_job,
    go_on,
    tell_problems,
    workbook_answer,
)
from bangfu.foundation.ui.api import present, read_state, reader_language
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from bangfu.teams.domain.catalogue import KINDS
from bangfu.teams.domain.settling import Outcome
from bangfu.teams.imports import (
    check_upload,
    commit_upload,
    discard_upload,
    keep_upload,
    write_upload_errors,
)
from bangfu.teams.jobs import CHECK_LIST, COMMIT_LIST
from bangfu.teams.models import UploadState
from bangfu.teams.permissions import MANAGE
from bangfu.teams.queries.current import write_blank, write_current
from bangfu.teams.queries.uploads import get_upload, list_uploads, open_preview
from bangfu.teams.web.forms import UploadForm
from bangfu.teams.web.places import place_in
from bangfu.teams.web.tables import UPLOADS, sheet_words, state_words, upload_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.jobs.api import Job
    from bangfu.kernel.problems import Problem
    from bangfu.teams.domain.previews import KindOfProblem, ShownRow

AT_ONCE: Final = 256 * 1024
"""Uploads up to so many bytes are checked in the request."""
COMMIT_AT_ONCE: Final = 500
"""Lists of up to so many rows are written in the request."""
_WORDS: Final = {
    CHECK_LIST: (gettext_lazy("正在核对文件"), {"check": gettext_lazy("逐行核对")}),
    COMMIT_LIST: (gettext_lazy("正在写入队伍信息"), {"write": gettext_lazy("一次写入")}),
}
_OUTCOMES: Final = {
    Outcome.NEW: gettext_lazy("新增"),
    Outcome.CHANGED: gettext_lazy("变更"),
    Outcome.UNCHANGED: gettext_lazy("没有变化"),
    Outcome.REFUSED: gettext_lazy("要改"),
}


def _sheets() -> list[tuple[str, str]]:
    return [(kind, sheet_words(kind)) for kind in KINDS]


@requires(MANAGE)
@require_safe
def list_page(request: ActingRequest) -> HttpResponse:
    """The uploads for the reader's places."""
    state = read_state(UPLOADS, request.GET)
    page = list_uploads(request.actor, page=state.page, size=state.page_size)
    context = {
        "table": present(UPLOADS, state, page.rows, total=page.total, key=lambda row: row.id),
        "waiting": sum(row.state is UploadState.CHECKED for row in page.rows),
        "sheets": _sheets(),
        "here": "imports",
        "may_manage": True,
    }
    return render(request, "teams/imports.html", context)


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


@requires(MANAGE)
@require_safe
def download_template(request: ActingRequest, kind: str) -> HttpResponse:
    """The empty sheet to fill in."""
    workbook = write_blank(_known(kind), reader_language())
    return workbook_answer(sheet_words(kind), workbook)


@requires(MANAGE)
@require_safe
def download_current(request: ActingRequest, kind: str) -> HttpResponse:
    """What stands, in the sheet it comes in by."""
    place = place_in(request.GET.get("division", ""))
    workbook = write_current(request.actor, _known(kind), place, reader_language())
    return workbook_answer(sheet_words(kind), workbook)


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: ActingRequest) -> HttpResponse:
    """Choose the file, the sheet and the place."""
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
    job = find_asked_job(request, CHECK_LIST)
    initial = {key: job.payload[key] for key in ("division", "kind")} if job else {}
    form = UploadForm(actor=request.actor, initial=initial)
    return _upload_page(request, form, problems_of(job) if job else ())


def _upload_page(
    request: ActingRequest, form: UploadForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    shown = [(*sentence_of(each), each.code) for each in problems]
    context = {"form": form, "problems": shown, "here": "imports", "may_manage": True}
    return render(request, "teams/import_new.html", context)


def _take(request: ActingRequest, form: UploadForm) -> HttpResponse:
    """Check a small list now, a large one beside the page."""
    file, kind = form.file(), form.cleaned_data["kind"]
    division = form.cleaned_data["division"]
    sources = [(file.name or "", file.read(DEFAULT_LIMITS.file_bytes + 1))]
    if len(sources[0][1]) <= AT_ONCE:
        upload = check_upload(actor=request.actor, kind=kind, sources=sources, division=division)
        return redirect("teams:import", upload.id)
    kept = keep_upload(actor=request.actor, sources=sources, division=division)
    files = [str(each) for each in kept]
    job = enqueue(
        actor=request.actor,
        kind=CHECK_LIST,
        payload={"files": files, "kind": kind, "division": division},
        idempotency_key=f"{CHECK_LIST}:{files[0]}",
    )
    return redirect("teams:import_job", job.id)


@requires(MANAGE)
@require_safe
def show_job(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """How far a check or a commit is; it goes on by itself."""
    job = find_job(request.actor, job_id)
    if job is None or job.kind not in _WORDS:
        raise Http404
    if job.state == JobState.FAILED.value and job.kind == CHECK_LIST:
        return go_on(request, f"{reverse('teams:import_new')}?job={job.id}")
    title, stages = _WORDS[job.kind]
    words = JobWords(str(title), {name: str(stage) for name, stage in stages.items()})
    return answer_progress(request, job_id, words, _address)


def _address(job: Job) -> str:
    return reverse("teams:import", args=[(job.result or job.payload)["upload"]])


@requires(MANAGE)
@require_safe
def show_upload(request: ActingRequest, upload_id: UUID) -> HttpResponse:
    """What a list would do, or what it did."""
    upload = get_upload(request.actor, upload_id)
    preview = open_preview(upload)
    context = {
        "upload": upload,
        "title": upload_words(upload),
        "state": upload.state.value,
        "state_words": state_words(upload),
        "accepted": upload.new + upload.changed,
        "refusals": [_kind_words(each) for each in preview.refusals],
        "notices": [_kind_words(each) for each in preview.notices],
        "rows": [_row_words(each) for each in preview.rows],
        "here": "imports",
        "may_manage": True,
    }
    return render(request, "teams/import.html", context)


def _kind_words(kind: KindOfProblem) -> dict[str, Any]:
    title, remedy = sentence_of(kind.first)
    return {"count": kind.count, "title": title, "remedy": remedy, "code": kind.first.code}


def _row_words(row: ShownRow) -> dict[str, Any]:
    return {"row": row.row, "words": row.words, "outcome": _OUTCOMES[row.outcome],
            "refused": row.outcome is Outcome.REFUSED}  # fmt: skip


@requires(MANAGE)
@require_safe
def download_errors(request: ActingRequest, upload_id: UUID) -> HttpResponse:
    """The workbook as it came, with the bad cells marked and explained."""
    workbook = write_upload_errors(actor=request.actor, upload_id=upload_id)
    return workbook_answer(_("要改的行"), workbook)


@requires(MANAGE)
@require_POST
def commit(request: ActingRequest, upload_id: UUID) -> HttpResponse:
    """Write what is right; a long list beside the page."""
    upload = get_upload(request.actor, upload_id)
    if upload.state is not UploadState.CHECKED:
        return redirect("teams:import", upload.id)
    if upload.new + upload.changed + upload.unchanged + upload.refused > COMMIT_AT_ONCE:
        job = enqueue(
            actor=request.actor,
            kind=COMMIT_LIST,
            payload={"upload": str(upload.id)},
            idempotency_key=f"{COMMIT_LIST}:{upload.id}",
        )
        return redirect("teams:import_job", job.id)
    return _do(request, upload_id, commit_upload, _("已写入。"))


@requires(MANAGE)
@require_POST
def discard(request: ActingRequest, upload_id: UUID) -> HttpResponse:
    """Drop a checked list; nothing of the file stays."""
    return _do(request, upload_id, discard_upload, _("已放弃，文件已经删除，队伍信息没有变。"))


def _do(request: ActingRequest, upload_id: UUID, act: Any, done: str) -> HttpResponse:
    try:
        act(actor=request.actor, upload_id=upload_id)
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
    else:
        messages.success(request, done)
    return redirect("teams:import", upload_id)
