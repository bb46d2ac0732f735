"""The page of one move: what it asks, what it would do, and why it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bangfu.cases.permissions import READ
from bangfu.cases.queries.case_facts import standing_papers_of
from bangfu.cases.queries.case_pages import get_opened, offers_of
from bangfu.cases.queries.case_rows import case_row
from bangfu.cases.queries.rows import reader_for
from bangfu.cases.services.case_moves import move_case
from bangfu.cases.services.case_papers import PAPERS, keep_paper
from bangfu.cases.web.case_forms import MoveForm
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.files.api import list_stored, name_of
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem, Refused
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from bangfu.cases.models import Case
    from bangfu.cases.web.case_forms import Kept
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.procedures.api import Offer

MEETING: Final = "meeting"


@requires(READ)
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: ActingRequest, case_id: UUID, move: str) -> HttpResponse:
    """The form of a move, and making it; what is refused comes back with all that was typed."""
    case = get_opened(request.actor, case_id)
    offer = next((each for each in offers_of(request.actor, case) if each.move == move), None)
    if offer is None:
        return _not_from_here(request, case, move)
    if request.method != "POST":
        return _page(request, case, offer, _form(request, case, offer, {}))
    kept = _keep(request, case, offer)
    form = _form(request, case, offer, kept)
    if not form.is_valid():
        return _page(request, case, offer, form)
    try:
        move_case(
            actor=request.actor,
            case_id=case_id,
            move=move,
            answers=form.answers(),
            papers={name: [file for file, _name in files] for name, files in kept.items()},
            note=form.cleaned_data["note"].strip(),
            seen=_seen(request),
        )
    except AccessRefused:
        # No reason of the procedure: answered, and kept in the audit, like every such attempt.
        raise
    except PersonalValue:
        form.add_error("note", _("不要写证件号码或者电话号码。"))
        return _page(request, case, offer, form)
    except Refused as refused:
        return _page(request, case, offer, form, refused.problems)
    messages.success(request, _("已办好：%(move)s。") % {"move": offer.label})
    return redirect("case:case", case_id)


def _not_from_here(request: ActingRequest, case: Case, move: str) -> HttpResponse:
    """A move that does not lead on from here: the service says why, and nothing is changed."""
    if move not in pinned_procedure(case.matter.version_id).moves:
        raise Http404
    if request.method == "POST":
        try:
            move_case(actor=request.actor, case_id=case.pk, move=move, seen=_seen(request))
        except AccessRefused:
            raise
        except Refused as refused:
            return _refused(request, case, move, refused.problems)
    return _refused(request, case, move, ())


def _refused(
    request: ActingRequest, case: Case, move: str, problems: tuple[Problem, ...]
) -> HttpResponse:
    row = case_row(case, reader_for([case.division]))
    label = pinned_procedure(case.matter.version_id).moves[move].label.text(reader_language())
    said = problems or (_wrong_state(case, move),)
    context = {"row": row, "label": label, "problems": said}
    return render(request, "cases/case_refused.html", context, status=409)


def _wrong_state(case: Case, move: str) -> Problem:
    table, language = pinned_procedure(case.matter.version_id), reader_language()
    rule = table.moves[move]
    sources = _("、").join(table.states[each].label.text(language) for each in rule.sources)
    values = {
        "move": rule.label.text(language),
        "state": table.states[case.matter.state].label.text(language),
        "sources": sources,
        "basis": "",
    }
    return Problem("procedures.wrong_state", values=values)


def _seen(request: ActingRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() else None


def _form(request: ActingRequest, case: Case, offer: Offer, kept: Kept) -> MoveForm:
    procedure = pinned_procedure(case.matter.version_id)
    there = standing_papers_of([case])[case.pk]
    given: dict[str, Any] = {"offer": offer, "procedure": procedure, "kept": kept, "there": there}
    if request.method == "POST":
        given |= {"data": request.POST, "files": request.FILES}
    return MoveForm(**given)


def _keep(request: ActingRequest, case: Case, offer: Offer) -> Kept:
    """The papers of this try and of those before it; a file once brought is not lost."""
    kept: Kept = {}
    mine = list_stored(request.actor, PAPERS.name).filter(division=case.division)
    for paper in offer.papers:
        wanted = [each for each in request.POST.getlist(f"kept_paper_{paper.name}") if _is_id(each)]
        found = [(str(each.pk), name_of(each)) for each in mine.filter(pk__in=wanted)]
        upload = request.FILES.get(f"paper_{paper.name}")
        if upload is not None and offer.allowed:
            stored = keep_paper(
                actor=request.actor, case=case, name=upload.name or "", stream=upload
            )
            found.append((str(stored.pk), upload.name or ""))
        if found:
            kept[paper.name] = found
    return kept


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _page(
    request: ActingRequest,
    case: Case,
    offer: Offer,
    form: MoveForm,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    context = {
        "row": case_row(case, reader_for([case.division])),
        "offer": offer,
        "form": form,
        "problems": problems,
        "seen": request.POST.get("seen", case.matter.lock_version),
        "other_papers": list(_other_papers(form)),
    }
    status = 409 if problems or (form.is_bound and not offer.allowed) else 200
    return render(request, "cases/case_move.html", context, status=status)


def _other_papers(form: MoveForm) -> Iterator[dict[str, Any]]:
    """The papers that nobody brings by hand: there already, or where they come from."""
    for paper in form.other_papers():
        found = paper.name in form.there
        words = _("已经有了，会一起存入。") if found else _("还没有，先办好再来。")
        link = paper.origin == MEETING and not found
        yield {
            "label": paper.label.text(reader_language()),
            "there": found,
            "words": words,
            "url": reverse("meetings:desk") if link else "",
            "link": _("去开评议会") if link else "",
        }
