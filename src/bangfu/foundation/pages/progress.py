"""How far a job is, as `ui/progress.html` draws it, and where to go when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from bangfu.foundation.jobs.api import JobState, find_job, problems_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.jobs.api import Job
    from bangfu.kernel.problems import Problem

__all__ = ["JobWords", "ShownJob", "answer_progress"]

_OVER = frozenset({JobState.DONE.value, JobState.FAILED.value})


@dataclass(frozen=True, slots=True)
class JobWords:
    """The words for a kind of job: its title, and its stages by the names the work reports."""

    title: str
    stages: dict[str, str]


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job as the component draws it."""

    title: str
    running: bool
    done: int
    total: int
    stage: str
    remaining: str
    failed: bool = False
    problems: tuple[Problem, ...] = ()


def _shown(job: Job, words: JobWords) -> ShownJob:
    waiting = job.state == JobState.WAITING.value and not job.attempts
    stage = _("排队等候") if waiting else words.stages.get(job.stage, "")
    failed = job.state == JobState.FAILED.value
    return ShownJob(
        title=words.title,
        running=job.state not in _OVER,
        done=job.done,
        total=job.total,
        stage=stage,
        remaining="",
        failed=failed,
        problems=problems_of(job) if failed else (),
    )


def answer_progress(
    request: ActingRequest, job_id: UUID, words: JobWords, over: Callable[[Job], str]
) -> HttpResponse:
    """The page of a running job; asked again by itself, it goes on to `over(job)` when done.

    Without scripts the page reloads by its `Refresh` header.

    Raises:
        Http404: when it is not one of the reader's jobs.
    """
    job = find_job(request.actor, job_id)
    if job is None:
        raise Http404
    asked_again = "HX-Request" in request.headers
    if job.state == JobState.DONE.value:
        address = over(job)
        if asked_again:
            return HttpResponse(headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)
    template = "pages/progress_part.html" if asked_again else "pages/progress.html"
    made = _shown(job, words)
    answer = render(request, template, {"job": made, "url": request.get_full_path()})
    if made.running and not asked_again:
        answer.headers["Refresh"] = "5"
    return answer
