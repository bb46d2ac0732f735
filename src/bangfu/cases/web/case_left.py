"""Handing over: the work of people who have gone, and who takes it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bangfu.cases.permissions import ASSIGN, EXPORT
from bangfu.cases.queries.handing_over import (
    CASE,
    CLUE,
    LeftFilters,
    LeftRow,
    export_left,
    left_keys,
    list_holders,
    list_left,
)
from bangfu.cases.services.handing_over import hand_over
from bangfu.foundation.access.api import requires
from bangfu.foundation.accounts.api import names_of
from bangfu.foundation.pages.api import answer_workbook, ids_of, reasons_of
from bangfu.foundation.ui.api import Choice, Column, Filter, Table, present, read_state
from bangfu.kernel.division import Level
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.cases.queries.handing_over import LeftKey
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.ui.api import ListState

_DESK: Final = "case:left"
_THINGS: Final = {CASE: _("案件"), CLUE: _("线索")}

LEFT: Final[Table[LeftRow]] = Table(
    name="left",
    sort="due",
    columns=(
        Column("name", _("农户"), lambda row: row.head_name,
               template="cases/case_cell_left.html", heading=True),
        Column("thing", _("是什么"), lambda row: _THINGS[row.thing], sortable=True),
        Column("person", _("原来谁办"), lambda row: row.person,
               template="cases/case_cell_left_person.html", sortable=True),
        Column("due", _("步骤 · 期限"), lambda row: row.due_on, kind="day",
               template="cases/case_cell_due.html", sortable=True),
        Column("place", _("镇村"), lambda row: f"{row.township} {row.village}",
               sortable=True, chosen=False),
        Column("number", _("案件编号"), lambda row: row.number, chosen=False),
    ),
    filters=(
        Filter("thing", _("是什么")),
        Filter("from", _("原来谁办")),
        Filter("place", _("乡镇")),
    ),
)  # fmt: skip


@requires(ASSIGN)
@require_safe
def show_left(request: ActingRequest) -> HttpResponse:
    """The list of left work, or its workbook."""
    state = read_state(LEFT, request.GET)
    keys = left_keys(request.actor)
    filters = _filters_of(state)
    choices = _choices(keys)
    if state.export:
        rows = export_left(request.actor, keys, filters, sort=state.sort)
        return answer_workbook(
            request.actor, LEFT, state, rows, title=_now("工作移交"), choices=choices
        )
    page = list_left(
        request.actor, keys, filters, sort=state.sort, page=state.page, size=state.page_size
    )
    context = {
        "table": present(
            LEFT, state, page.rows, total=page.total, key=lambda row: row.key,
            choices=choices, pick=True,
        ),
        "total": len(keys),
        "holders": list_holders(request.actor, {each.division for each in page.rows}),
        "bulk": "cases/case_left_bulk.html",
        "bulk_url": reverse("case:hand_over"),
        "export_allowed": request.actor.holds(EXPORT),
    }  # fmt: skip
    return render(request, "cases/case_left.html", context)


def _filters_of(state: ListState) -> LeftFilters:
    places = tuple(each for each in state.chosen("place") if each.isdigit())
    return LeftFilters(state.chosen("thing"), state.chosen("from"), places)


def _choices(keys: Iterable[LeftKey]) -> dict[str, list[Choice]]:
    things: Counter[str] = Counter()
    people: Counter[UUID] = Counter()
    places: Counter[str] = Counter()
    for each in keys:
        things[each.thing] += 1
        people[each.person] += 1
        places[each.division[: int(Level.TOWNSHIP)]] += 1
    names = names_of(people)
    return {
        "thing": [Choice(name, _THINGS[name], count) for name, count in things.items()],
        "from": [
            Choice(str(who), names.get(who, ""), count) for who, count in people.most_common()
        ],
        "place": [Choice(code, division_name(code), count) for code, count in places.most_common()],
    }


@requires(ASSIGN)
@require_POST
def give(request: ActingRequest) -> HttpResponse:
    """Hand the picked work over; what stays says why."""
    picked = [each.partition(":") for each in request.POST.getlist("pick")]
    to = ids_of(request.POST.getlist("to"))
    if not picked or not to:
        messages.warning(request, _now("没有选中工作或者接手的人，什么也没有改。"))
        return redirect(_DESK)
    done = hand_over(
        actor=request.actor,
        to_id=to[0],
        case_ids=ids_of(key for thing, _colon, key in picked if thing == CASE),
        clue_ids=ids_of(key for thing, _colon, key in picked if thing == CLUE),
    )
    given = len(done.cases) + len(done.clues)
    if given:
        words = ngettext(
            "已移交 %(n)d 件，交给 %(name)s。", "已移交 %(n)d 件，交给 %(name)s。", given
        )
        name = names_of(to).get(to[0], "")
        messages.success(request, words % {"n": given, "name": name})
    for title, number in reasons_of(done.refused).most_common():
        words = ngettext("%(n)d 件没有移交：%(why)s", "%(n)d 件没有移交：%(why)s", number)
        messages.warning(request, words % {"n": number, "why": title})
    return redirect(_DESK)
