"""The clue desk: list, bulk assignment, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
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
from bangfu.foundation.pages.api import answer_workbook, ids_of, reasons_of, way_back
from bangfu.foundation.ui.api import present, read_state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

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
        return answer_workbook(request.actor, CLUES, state, rows, title=_("线索"), choices=choices)
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
    picked = ids_of(request.POST.getlist("pick"))
    wished = request.POST.get("to", "")
    if not picked:
        messages.warning(request, _("没有选中线索，什么也没有改。"))
        return redirect(way_back(request, reverse(_DESK)))
    outcome = assign_clues(
        actor=request.actor, clue_ids=picked, assignee_id=next(iter(ids_of([wished])), None)
    )
    if outcome.assigned:
        names = _("、").join(sorted({each.name for each in outcome.assigned.values()})[:5])
        number = len(outcome.assigned)
        words = ngettext(
            "已分派 %(n)d 条，交给 %(names)s。", "已分派 %(n)d 条，交给 %(names)s。", number
        )
        messages.success(request, words % {"n": number, "names": names})
    _tell_refused(request, outcome.refused)
    return redirect(way_back(request, reverse(_DESK)))


def _tell_refused(request: HttpRequest, refused: Mapping[UUID, tuple[Problem, ...]]) -> None:
    """How many were not assigned, reason by reason."""
    for title, number in reasons_of(refused).items():
        words = ngettext("%(n)d 条没有分派：%(why)s", "%(n)d 条没有分派：%(why)s", number)
        messages.warning(request, words % {"n": number, "why": title})
