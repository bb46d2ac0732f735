"""Is this paper real? Whoever holds one may ask, by its code, and compare the file itself."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.foundation.access.api import open_to_all
from bangfu.foundation.documents.domain.codes import in_groups, read_code
from bangfu.foundation.documents.limits import note_wrong_code, seconds_to_wait
from bangfu.foundation.documents.queries import CheckedPaper, find_by_code
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, HttpResponse

MOST_BYTES: Final = 40 * 1024 * 1024
_LONGEST_TYPED: Final = 40
_PIECE: Final = 16
_MEGABYTE: Final = 1024 * 1024


@open_to_all
@require_safe
def ask_code(request: HttpRequest) -> HttpResponse:
    """The page on which a code is typed."""
    typed = request.GET.get("code", "").strip()[:_LONGEST_TYPED]
    if not typed:
        return render(request, "documents/ask.html", {"typed": "", "problem": None})
    code = read_code(typed)
    if code is None:
        return _wrong(request, typed, HTTPStatus.BAD_REQUEST)
    return redirect("documents:check", in_groups(code))


def _wrong(request: HttpRequest, typed: str, status: HTTPStatus) -> HttpResponse:
    context = {"typed": typed, "problem": Problem("documents.code_wrong")}
    return render(request, "documents/ask.html", context, status=status)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def check_paper(request: HttpRequest, typed: str) -> HttpResponse:
    """What a code tells: real or not, what kind, of when, from where. No name, whoever asks.

    A posted file is hashed and forgotten: nothing of it is kept.
    """
    code = read_code(typed[:_LONGEST_TYPED])
    if code is None:
        return _wrong(request, typed[:_LONGEST_TYPED], HTTPStatus.NOT_FOUND)
    address = str(request.META.get("REMOTE_ADDR", ""))
    if wait := seconds_to_wait(address):
        return _later(request, wait)
    paper = find_by_code(code)
    if paper is None:
        note_wrong_code(address)
        context = {"code": in_groups(code), "paper": None}
        return render(request, "documents/check.html", context, status=HTTPStatus.NOT_FOUND)
    return _answer(request, paper)


def _later(request: HttpRequest, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    problem = Problem("documents.asked_too_often", values={"minutes": str(minutes)})
    context = {"typed": "", "problem": problem}
    answer = render(request, "documents/ask.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _answer(request: HttpRequest, paper: CheckedPaper) -> HttpResponse:
    same: bool | None = None
    problem = None
    if request.method == "POST":
        given = request.FILES.get("file")
        problem = _fault_of(given)
        if given is not None and problem is None:
            same = _hash_of(given) == paper.sha256
    context = {
        "code": paper.code,
        "paper": paper,
        "kind": paper.kind_zh if reader_language() == "zh" else paper.kind_en,
        # In pieces, so that a narrow page can break it.
        "parts": [paper.sha256[at : at + _PIECE] for at in range(0, len(paper.sha256), _PIECE)],
        "same": same,
        "problem": problem,
    }
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    return render(request, "documents/check.html", context, status=status)


def _fault_of(given: UploadedFile[Any] | None) -> Problem | None:
    if given is None:
        return Problem("documents.file_missing")
    if (given.size or 0) > MOST_BYTES:
        limit = f"{MOST_BYTES // _MEGABYTE} MB"
        return Problem("documents.file_too_large", values={"limit": limit})
    return None


def _hash_of(given: UploadedFile[Any]) -> str:
    made = hashlib.sha256()
    for chunk in given.chunks():
        made.update(chunk)
    return made.hexdigest()
