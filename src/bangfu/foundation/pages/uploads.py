"""What the pages of every upload share: the bar, the file, problems at their places, the way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bangfu.foundation.files.api import get_stored, name_of
from bangfu.foundation.importing.api import column_letters
from bangfu.foundation.jobs.api import find_job
from bangfu.foundation.ui.wording import ShownProblem, show_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.jobs.api import Job
    from bangfu.kernel.problems import Place, Problem

_BAR: Final = 1000
_THINNEST: Final = 4
_KIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar, in thousandths."""

    kind: str
    x: int
    width: int


def bar_of(parts: Mapping[str, int]) -> list[Piece]:
    """Counts by kind as one bar; what is zero has no piece, the last piece reaches the end."""
    whole = sum(parts.values())
    found = [(kind, n) for kind, n in parts.items() if n]
    pieces, x = [], 0
    for position, (kind, n) in enumerate(found, start=1):
        rest = _BAR - x - _THINNEST * (len(found) - position)
        width = rest if position == len(found) else min(max(n * _BAR // whole, _THINNEST), rest)
        pieces.append(Piece(kind, x, width - (position < len(found))))
        x += width
    return pieces


@dataclass(frozen=True, slots=True)
class FileWords:
    """An uploaded file: its name, size in KB and the beginning of its hash."""

    name: str
    size: int
    mark: str


def file_words(actor: Actor, file_id: UUID) -> FileWords | None:
    """A stored file in words, for whoever may open it; None when it is gone."""
    try:
        stored = get_stored(actor, file_id)
    except Http404:
        return None
    mark = f"{stored.sha256[:4]} {stored.sha256[4:8]} … {stored.sha256[-4:]}"
    return FileWords(name_of(stored), -(-stored.size // _KIB), mark)


def place_words(place: Place) -> str:
    """Where a problem lies, as people look for it: `家庭成员 C12（证件号码）`."""
    where = [place.sheet or place.file]
    if place.row:
        cell = f"{column_letters(place.column)}{place.row}"
        where.append(cell if place.column else _("第 %(row)d 行") % {"row": place.row})
    elif place.line:
        where.append(_("第 %(row)d 行") % {"row": place.line})
    words = " ".join(each for each in where if each)
    values = {"where": words, "header": place.header}
    return _("%(where)s（%(header)s）") % values if place.header else words


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem in words, with its place in words."""

    problem: ShownProblem
    place: str


def placed(shown: Iterable[ShownProblem]) -> list[PlacedProblem]:
    """Problems with their places in words."""
    return [PlacedProblem(each, place_words(each.place)) for each in shown]


def tell_problems(request: HttpRequest, problems: Iterable[Problem]) -> None:
    """Say on the next page why something was refused."""
    for problem in problems:
        shown = show_problem(problem)
        messages.error(request, f"{shown.title}{_('。')}{shown.remedy}")


def find_asked_job(request: ActingRequest, kind: str) -> Job | None:
    """The reader's own job of a kind that the address names by `?job=`, or None."""
    try:
        job = find_job(request.actor, UUID(request.GET.get("job", "")))
    except ValueError:
        return None
    return job if job is not None and job.kind == kind else None


def get_own_job(request: ActingRequest, job_id: UUID, kind: str) -> Job:
    """The reader's own job of a kind.

    Raises:
        Http404: when it is somebody else's, of another kind, or not there.
    """
    job = find_job(request.actor, job_id)
    if job is None or job.kind != kind:
        raise Http404
    return job


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, from a page or from a part of one."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
