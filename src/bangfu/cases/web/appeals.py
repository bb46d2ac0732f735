"""Officers' side of appeals: the list, one appeal, having it looked into, the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.cases.permissions import ANSWER, EXPORT, READ_APPEALS
from bangfu.cases.queries.appeal_codes import list_choices
from bangfu.cases.queries.appeals import (
    AppealFilters,
    count_open_appeals,
    export_appeals,
    get_appeal,
    list_appeals,
)
from bangfu.cases.services.appeals import (
    INVESTIGATE,
    NewAppeal,
    answer_appeal,
    file_appeal,
    investigate_appeal,
    name_household,
)
from bangfu.cases.services.correcting import propose_correction
from bangfu.cases.web.appeal_forms import AppealForm
from bangfu.cases.web.appeal_table import APPEALS, choices_for, filters_of
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import present, read_state
from bangfu.kernel.problems import Refused
from bangfu.registry.api import get_household, search_households

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from bangfu.cases.queries.appeals import AppealDetail
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem

_LONGEST = 64
_MOST = 8


@requires(READ_APPEALS)
@require_safe
def show_list(request: ActingRequest) -> HttpResponse:
    """The list of appeals, or its workbook."""
    actor = request.actor
    state = read_state(APPEALS, request.GET)
    filters = filters_of(state)
    choices = choices_for(actor, filters)
    if state.export:
        rows = export_appeals(actor, filters, sort=state.sort)
        return answer_workbook(actor, APPEALS, state, rows, title=_("异议和投诉"), choices=choices)
    page = list_appeals(actor, filters, sort=state.sort, page=state.page, size=state.page_size)
    everything = choices_for(actor, AppealFilters())
    context = {
        "table": present(
            APPEALS, state, page.rows, total=page.total, key=lambda row: row.id, choices=choices
        ),
        "total": sum(each.count or 0 for each in everything["kind"]),
        "waiting": count_open_appeals(actor),
        "may_answer": actor.holds(ANSWER),
        "export_allowed": actor.holds(EXPORT),
    }
    return render(request, "cases/appeals.html", context)


@requires(READ_APPEALS)
@require_safe
def show_appeal(request: ActingRequest, appeal_id: UUID) -> HttpResponse:
    """An appeal's page."""
    return _page(request, get_appeal(request.actor, appeal_id))


def _page(
    request: ActingRequest,
    detail: AppealDetail,
    problems: tuple[Problem, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:_LONGEST]
    wanted = asked or (detail.wish.get("name", "") if not detail.row.household_id else "")
    context = {
        "appeal": detail,
        "row": detail.row,
        "problems": problems,
        "typed": typed or {"move": "", "note": "", "people": []},
        "may_answer": request.actor.may(ANSWER, detail.division),
        "asked": wanted,
        "found": search_households(request.actor, wanted, limit=_MOST) if wanted else [],
    }
    return render(request, "cases/appeal.html", context, status=409 if problems else 200)


@requires(ANSWER)
@require_POST
def move(request: ActingRequest, appeal_id: UUID) -> HttpResponse:
    """Make a move; what is refused comes back with its reason and all that was typed."""
    form = request.POST
    wanted, note = form.get("move", ""), form.get("note", "").strip()
    seen = form.get("seen", "")
    people = form.getlist("people")
    version = int(seen) if seen.isascii() and seen.isdigit() else None
    actor = request.actor
    try:
        if wanted == INVESTIGATE:
            chosen = {UUID(each) for each in people if _is_id(each)}
            investigate_appeal(actor=actor, appeal_id=appeal_id, investigators=chosen, seen=version)
        else:
            answer_appeal(actor=actor, appeal_id=appeal_id, move=wanted, reply=note, seen=version)
    except AccessRefused:
        # No reason of the procedure: answered, and kept in the audit, like every such attempt.
        raise
    except Refused as refused:
        typed = {"move": wanted, "note": note, "people": people}
        return _page(request, get_appeal(actor, appeal_id), refused.problems, typed)
    messages.success(request, _("已办好，记在办理过程里。"))
    return redirect("appeals:appeal", appeal_id)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@requires(ANSWER)
@require_POST
def match(request: ActingRequest, appeal_id: UUID) -> HttpResponse:
    """Say whose record a request is about."""
    chosen = request.POST.get("household", "")
    if _is_id(chosen):
        household = get_household(request.actor, UUID(chosen))
        name_household(actor=request.actor, appeal_id=appeal_id, household=household)
        messages.success(request, _("已对上农户。"))
    return redirect("appeals:appeal", appeal_id)


@requires(ANSWER)
@require_POST
def propose(request: ActingRequest, appeal_id: UUID) -> HttpResponse:
    """Make a change of the register of what is to be put right; somebody else decides it."""
    try:
        change = propose_correction(actor=request.actor, appeal_id=appeal_id)
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, get_appeal(request.actor, appeal_id), refused.problems)
    messages.success(request, _("已提出变更，等待审核。"))
    return redirect("changes:request", change.pk)


@requires(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: ActingRequest) -> HttpResponse:
    """Take down what came by telephone, letter or in person; the receipt is shown once."""
    form = AppealForm(request.actor, request.POST or None)
    problems: tuple[Problem, ...] = ()
    code = ""
    if request.method == "POST" and form.is_valid():
        try:
            code = file_appeal(
                actor=request.actor,
                appeal=NewAppeal(**form.appeal()),
                token=str(form.cleaned_data["token"]),
            )
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems, "code": code, "kinds": list_choices("kind")}
    return render(request, "cases/appeal_new.html", context, status=409 if problems else 200)
