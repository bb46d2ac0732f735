"""Papers of cases and households: printed, previewed, fetched; a village's cards as a job."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from bangfu.cases.jobs_papers import PRINT_CARDS
from bangfu.cases.permissions import READ
from bangfu.cases.queries.cases import find_scoped_case
from bangfu.cases.queries.paper_kinds import cards_of, papers_of, shown_issue
from bangfu.cases.services.papers import issue_card, issue_case_paper, preview_case_paper
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.clock.api import new_id, today
from bangfu.foundation.documents.api import get_issued, in_groups, open_paper, paper_kind
from bangfu.foundation.jobs.api import enqueue
from bangfu.foundation.pages.api import JobWords, answer_progress, get_own_job
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.panels import Panel
from bangfu.kernel.problems import Refused
from bangfu.registry.api import division_name, list_villages

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.documents.api import IssuedPaper
    from bangfu.kernel.problems import Problem
    from bangfu.places.api import Village
    from bangfu.registry.api import Household

_WORDS = (gettext_lazy("正在印全村户卡"), gettext_lazy("读取农户"))


@requires(READ)
@require_safe
def show_papers(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """The papers of a case: what may be printed, and what was issued."""
    return _page(request, find_scoped_case(request.actor, case_id))


def _page(request: ActingRequest, case: Case, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    context = {"case": case, "papers": papers_of(request.actor, case), "problems": problems}
    return render(request, "cases/papers.html", context, status=409 if problems else 200)


@requires(READ)
@require_POST
def issue(request: ActingRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Issue a paper of a case; what stands against it comes back with its reason."""
    try:
        paper = issue_case_paper(actor=request.actor, case_id=case_id, kind=kind)
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, find_scoped_case(request.actor, case_id), refused.problems)
    _tell(request, paper)
    return redirect("papers:case", case_id)


def _tell(request: ActingRequest, paper: IssuedPaper) -> None:
    """Say that it was issued, and what has to be written in by hand."""
    label = paper_kind(paper.kind).label(reader_language())
    words = {"paper": label, "code": in_groups(paper.code)}
    messages.success(request, _("%(paper)s印好了，文书编号 %(code)s。") % words)
    if paper.missing:
        listed = {"characters": _("、").join(paper.missing)}
        messages.warning(
            request, _("字库里没有这些字，请打印后手写补上：%(characters)s。") % listed
        )


@requires(READ)
@require_safe
def preview(request: ActingRequest, case_id: UUID, kind: str) -> HttpResponseBase:
    """A draft, shown in the browser; it has no code and says so."""
    made = preview_case_paper(actor=request.actor, case_id=case_id, kind=kind)
    name = f"{paper_kind(kind).zh}-{_('预览')}.pdf"
    return FileResponse(BytesIO(made.pdf), filename=name, content_type="application/pdf")


@requires(READ)
@require_safe
def fetch(request: ActingRequest, paper_id: UUID) -> HttpResponseBase:
    """An issued paper itself; fetching is on record.

    Raises:
        Http404: when there is none, or the reader may not open it.
    """
    paper, stream = open_paper(actor=request.actor, paper_id=paper_id)
    name = f"{paper_kind(paper.kind).zh}-{in_groups(paper.code)}.pdf"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")


@requires(READ)
@require_POST
def issue_household_card(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """Issue a household's card and go back to its page."""
    _tell(request, issue_card(actor=request.actor, household_id=household_id))
    return redirect("registry:household", household_id)


@requires(READ)
@require_POST
def ask_cards(request: ActingRequest, village: str) -> HttpResponse:
    """Have the cards of a whole village printed; one job a person, village and day.

    Raises:
        Http404: for what is no village, or none of the reader's.
    """
    if not request.actor.may(READ, village) or village not in list_villages(village, today()):
        raise Http404
    job = enqueue(
        actor=request.actor,
        kind=PRINT_CARDS,
        payload={"division": village},
        idempotency_key=f"{PRINT_CARDS}:{village}:{new_id()}",
    )
    return redirect("papers:cards_job", job.id)


@requires(READ)
@require_safe
def show_cards_job(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """How far the cards are."""
    get_own_job(request, job_id, PRINT_CARDS)
    title, stage = _WORDS
    words = JobWords(str(title), {"read": str(stage)})
    return answer_progress(
        request, job_id, words, lambda done: reverse("papers:cards_done", args=[done.id])
    )


@requires(READ)
@require_safe
def show_cards(request: ActingRequest, job_id: UUID) -> HttpResponse:
    """Where to fetch the cards, and what has to be written in by hand."""
    job = get_own_job(request, job_id, PRINT_CARDS)
    if not job.result:
        raise Http404
    papers = [get_issued(request.actor, UUID(each)) for each in job.result["papers"]]
    context = {
        "papers": [shown_issue(each) for each in papers],
        "missing": sorted({each for paper in papers for each in paper.missing}),
        "village": division_name(job.payload["division"]),
    }
    return render(request, "cases/village_cards.html", context)


def case_panel(request: HttpRequest, case: Case) -> Panel | None:
    """The papers of a case, to print and to fetch."""
    actor = cast("ActingRequest", request).actor
    return Panel("cases/papers_list.html", {"case": case, "papers": papers_of(actor, case)})


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """A household's card; None for who may not print it."""
    actor = cast("ActingRequest", request).actor
    if not actor.may(READ, household.village_code):
        return None
    context = {"household": household, "issued": cards_of(actor, household.pk)}
    return Panel("cases/household_card.html", context, "side")


def village_panel(request: HttpRequest, village: Village) -> Panel | None:
    """The cards of a whole village; None for who may not print them."""
    actor = cast("ActingRequest", request).actor
    code = str(village.code)
    if not actor.may(READ, code):
        return None
    return Panel("cases/village_print.html", {"village": code})
