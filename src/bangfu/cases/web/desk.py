"""The clue desk: list, bulk assignment, export."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bangfu.cases.permissions import ASSIGN, EXPORT, READ
from bangfu.cases.queries.filters import ClueFilters
from bangfu.cases.queries.lists import count_due, export_clues, list_clues
from bangfu.cases.queries.people import list_assignees
from bangfu.cases.services import assign_clues
from bangfu.cases.web.table import CLUES, choices_for, filters_of, views_of
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import filters_in_words, list_workbook, workbook_answer
from bangfu.foundation.ui.api import present, read_state
from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from bangfu.cases.queries.people import Assignee
    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.kernel.problems import Problem

_DESK = "cases:clues"


@requires(READ)
@require_safe
def show_desk(request: ActingRequest) -> HttpResponse:
    """The list of clues, or its workbook."""
    state = read_state(CLUES, request.GET)
    filters = filters_of(state)
    choices = choices_for(request.actor, filters)
    if state.export:
        rows = export_clues(request.actor, filters, sort=state.sort)
        view = present(CLUES, state, (), total=len(rows), key=str, choices=choices)
        workbook = list_workbook(
            request.actor, CLUES, state, rows, title=_("线索"), filters=filters_in_words(view)
        )
        return workbook_answer(_("线索"), workbook)
    page = list_clues(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    may_assign = request.actor.holds(ASSIGN)
    everything = choices_for(request.actor, ClueFilters())
    due = count_due(request.actor)
    context = {
        "table": present(
            CLUES, state, page.rows, total=page.total, key=lambda row: row.id,
            choices=choices, pick=may_assign,
        ),
        "views": views_of(state, everything, sum(each.count or 0 for each in everything["state"])),
        "due": due,
        "export_allowed": request.actor.holds(EXPORT),
        "bulk": "cases/bulk.html" if may_assign else "",
        "bulk_url": reverse("cases:assign"),
        "assignees": _people(request.actor) if may_assign else [],
        "here": request.get_full_path(),
    }  # fmt: skip
    return render(request, "cases/desk.html", context)


def _people(actor: Actor) -> list[Assignee]:
    """Who may check in the whole of the actor's places; villages' own people come by themselves."""
    found: dict[UUID, Assignee] = {}
    for place in actor.scope(ASSIGN).divisions:
        found |= {each.person_id: each for each in list_assignees(actor, str(place))}
    return list(found.values())


@requires(ASSIGN)
@require_POST
def assign(request: ActingRequest) -> HttpResponse:
    """Assign the picked clues: those that may be are, the others say why not."""
    picked = [UUID(each) for each in request.POST.getlist("pick") if _is_uuid(each)]
    wished = request.POST.get("to", "")
    if not picked:
        messages.warning(request, _("没有选中线索，什么也没有改。"))
        return redirect(_back(request))
    outcome = assign_clues(
        actor=request.actor, clue_ids=picked, assignee_id=UUID(wished) if _is_uuid(wished) else None
    )
    if outcome.assigned:
        names = _("、").join(sorted({each.name for each in outcome.assigned.values()})[:5])
        number = len(outcome.assigned)
        words = ngettext(
            "已分派 %(n)d 条，交给 %(names)s。", "已分派 %(n)d 条，交给 %(names)s。", number
        )
        messages.success(request, words % {"n": number, "names": names})
    _tell_refused(request, outcome.refused)
    return redirect(_back(request))


def _tell_refused(request: HttpRequest, refused: Mapping[UUID, tuple[Problem, ...]]) -> None:
    """How many were not assigned, reason by reason."""
    reasons: dict[str, int] = {}
    for problems in refused.values():
        title = " ".join(sentence_of(each)[0] for each in problems)
        reasons[title] = reasons.get(title, 0) + 1
    for title, number in reasons.items():
        words = ngettext("%(n)d 条没有分派：%(why)s", "%(n)d 条没有分派：%(why)s", number)
        messages.warning(request, words % {"n": number, "why": title})


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _back(request: HttpRequest) -> str:
    """The list as it was, when the form says where; only our own addresses."""
    asked = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if asked.startswith("/") and ours else reverse(_DESK)
