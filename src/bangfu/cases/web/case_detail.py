"""One case: where it is, who may do what next, what it rests on, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.permissions import CHECK, COMPARE, READ
from bangfu.cases.queries.case_pages import files_of_case, open_case_page
from bangfu.cases.queries.case_seen import get_seen
from bangfu.cases.queries.cases import find_scoped_case
from bangfu.cases.services.recognition_comparing import COMPARING
from bangfu.cases.services.recognition_consents import SIGNING
from bangfu.cases.services.recognition_visits import PROPOSING
from bangfu.cases.web.case_page import board_of, clock_of, moves_of, title_of, track_of
from bangfu.cases.web.case_parts import (
    changes_of,
    comparison_of,
    consents_of,
    papers_of,
    papers_words,
    visits_of,
)
from bangfu.cases.web.case_recording import visit_purpose
from bangfu.foundation.access.api import requires
from bangfu.foundation.files.api import get_stored, name_of, open_stored
from bangfu.foundation.pages.api import who_looked
from bangfu.foundation.ui.panels import panels_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from bangfu.cases.queries.case_pages import OpenedCase
    from bangfu.foundation.access.api import ActingRequest


@requires(READ)
@require_safe
def show_case(request: ActingRequest, case_id: UUID) -> HttpResponse:
    """A case's page."""
    opened = open_case_page(request.actor, case_id)
    context = {
        "row": opened.row,
        "page": page_of(request, opened),
        "main_panels": panels_for("case", request, opened.case),
        "side_panels": panels_for("case.side", request, opened.case),
        "openings": who_looked("case", opened.case.pk),
    }
    return render(request, "cases/case.html", context)


def page_of(request: ActingRequest, opened: OpenedCase) -> dict[str, Any]:
    """The parts of the page, each in words."""
    actor, case = request.actor, opened.case
    board = board_of(case, opened.notice, opened.objections)
    papers = papers_of(opened)
    working = not opened.row.closed
    may_check = working and actor.may(CHECK, case.division)
    signing = case.kind == CaseKind.RECOGNITION and case.matter.state in SIGNING
    return {
        "title": title_of(opened.row, board),
        "steps": track_of(opened.steps, board, opened.row.due_on),
        "clock": clock_of(case, board),
        "board": board,
        "moves": moves_of(case, opened.offers, opened.history),
        "changes": changes_of(opened),
        "applied": opened.row.closed,
        "papers": papers,
        "papers_words": papers_words(papers),
        "visits": visits_of(opened),
        "comparison": comparison_of(opened),
        "consents": consents_of(opened),
        "history": list(reversed(opened.history)),
        "clues": opened.clues,
        "others": opened.others,
        "may_visit": may_check and bool(visit_purpose(case)),
        "may_consent": may_check and signing,
        "may_compare": case.matter.state in COMPARING and actor.may(COMPARE, case.division),
        "asks_consent": case.kind == CaseKind.RECOGNITION,
        "may_propose": may_check
        and case.kind == CaseKind.RECOGNITION
        and case.matter.state in PROPOSING,
    }


@requires(READ)
@require_safe
def show_seen(request: ActingRequest, case_id: UUID, number: int) -> HttpResponse:
    """What one move of a case saw."""
    seen = get_seen(request.actor, case_id, number)
    context = {"seen": seen, "previous": number - 1, "next": number + 1}
    return render(request, "cases/case_seen.html", context)


@requires(READ)
@require_safe
def download(request: ActingRequest, case_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One file of a case: a paper handed in with a move, a visit's photo, a signed consent.

    Raises:
        Http404: when the case has none such, or the reader may not open it.
    """
    case = find_scoped_case(request.actor, case_id)
    if str(file_id) not in files_of_case(request.actor, case):
        raise Http404
    stored = get_stored(request.actor, file_id)
    stream = open_stored(actor=request.actor, file_id=file_id)
    return FileResponse(stream, as_attachment=True, filename=name_of(stored))
