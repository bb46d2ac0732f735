"""Leaves: ask, list, decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.attendance.permissions import READ, SIGN
from bangfu.attendance.queries.duties import own_duties
from bangfu.attendance.queries.leaves import (
    PROCEDURE,
    count_states,
    export_leaves,
    get_leave,
    list_leaves,
)
from bangfu.attendance.services.leaving import LONGEST_WORDS, Asked, ask_leave, move_leave
from bangfu.attendance.web.tables import LEAVES, leave_filters
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.pages.api import answer_workbook
from bangfu.foundation.ui.api import Choice, day_field, present, read_state, reader_language
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import load_procedure
from bangfu.registry.api import EXPORT, division_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem


class LeaveForm(forms.Form):
    """From when until when, and why."""

    division = forms.ChoiceField(label=_("村"))
    kind = forms.ChoiceField(label=_("种类"))
    first_day = day_field(_("从哪一天"))
    last_day = day_field(_("到哪一天（含）"))
    words = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input full"}),
        error_messages={"required": _("请写一句理由。"), "max_length": _("最多 200 个字。")},
    )

    def __init__(self, *args: Any, villages: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = reader_language()
        kinds = load_procedure(PROCEDURE).lists["kind"]
        self.fields["division"] = forms.ChoiceField(label=_("村"), choices=list(villages))
        self.fields["kind"] = forms.ChoiceField(
            label=_("种类"), choices=[(each.code, each.label.text(language)) for each in kinds]
        )


@requires(SIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActingRequest) -> HttpResponse:
    """Ask for leave; what is refused comes back with all that was typed."""
    villages = [(each.division, division_name(each.division)) for each in own_duties(request.actor)]
    form = LeaveForm(request.POST or None, villages=villages)
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        try:
            leave = ask_leave(actor=request.actor, asked=Asked(**form.cleaned_data))
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, _now("请假已提出，等批准。"))
            return redirect("attendance:leave", leave.pk)
    context = {"form": form, "villages": villages, "problems": problems}
    return render(request, "attendance/ask.html", context, status=409 if problems else 200)


@requires(READ)
@require_safe
def show_list(request: ActingRequest) -> HttpResponse:
    """The list of leaves, or its workbook."""
    state = read_state(LEAVES, request.GET)
    filters = leave_filters(state)
    states = count_states(request.actor)
    found = {"state": [Choice(code, words, number) for code, words, number in states]}
    if state.export:
        rows = export_leaves(request.actor, filters, sort=state.sort)
        return answer_workbook(
            request.actor, LEAVES, state, rows, title=_now("驻村请假"), choices=found
        )
    page = list_leaves(
        request.actor, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    context = {
        "table": present(
            LEAVES, state, page.rows, total=page.total, key=lambda row: row.id, choices=found
        ),
        "waiting": sum(number for code, _words, number in states if code == "asked"),
        "total": sum(number for _code, _words, number in states),
        "export_allowed": request.actor.holds(EXPORT),
    }
    return render(request, "attendance/leaves.html", context)


@requires(READ)
@require_safe
def show_leave(request: ActingRequest, leave_id: UUID) -> HttpResponse:
    """A leave's page."""
    return _page(request, leave_id)


def _page(
    request: ActingRequest,
    leave_id: UUID,
    problems: Sequence[Problem] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    detail = get_leave(request.actor, leave_id)
    context = {
        "leave": detail,
        "row": detail.row,
        "problems": problems,
        "typed": typed or {"move": "", "note": ""},
    }
    return render(request, "attendance/leave.html", context, status=409 if problems else 200)


@requires(READ)
@require_POST
def move(request: ActingRequest, leave_id: UUID) -> HttpResponse:
    """Make a move; what is refused comes back with its reason and all that was typed."""
    seen, note = request.POST.get("seen", ""), request.POST.get("note", "").strip()
    wanted = request.POST.get("move", "")
    try:
        move_leave(
            actor=request.actor,
            leave_id=leave_id,
            move=wanted,
            note=note,
            seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        )
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, leave_id, refused.problems, {"move": wanted, "note": note})
    messages.success(request, _now("已办好，记在办理过程里。"))
    return redirect("attendance:leave", leave_id)
