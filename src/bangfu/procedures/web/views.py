"""The pages of procedures: all of them, and one with its drawing, moves, limits and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import answer_list
from bangfu.foundation.ui.api import reader_language
from bangfu.policy.api import READ, active_pack, find_version
from bangfu.procedures.domain.diagram import diagram
from bangfu.procedures.domain.ways import main_way
from bangfu.procedures.queries.catalogue import list_table_versions, list_versions_of, source_of
from bangfu.procedures.web.shown import Shown, first_notice, longest_limit
from bangfu.procedures.web.tables import KEPT, PROCEDURES, row_of
from bangfu.procedures.wording import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.procedures.queries.catalogue import TableVersion


@requires(READ)
@require_safe
def show_procedures(request: ActingRequest) -> HttpResponse:
    """Every procedure of the pack in force, with its versions."""
    rows = [row_of(each) for each in list_table_versions()]
    answer = answer_list(request, PROCEDURES, KEPT, rows, _("办理程序"))
    if isinstance(answer, HttpResponse):
        return answer
    current = [row for row in rows if row.current]
    context = {
        "table": answer,
        "export_allowed": True,
        "current": len(current),
        "moves": sum(row.moves for row in current),
        "notices": sum(row.notices > 0 for row in current),
    }
    return render(request, "procedures/procedures.html", context)


@requires(READ)
@require_safe
def show_procedure(request: ActingRequest, name: str) -> HttpResponse:
    """One version of a procedure: the one in force, or that of the day asked for."""
    versions = list_versions_of(name)
    chosen = _chosen(versions, request.GET.get("from", ""))
    procedure = chosen.procedure
    day = today()
    pack = active_pack(day)
    shown = Shown(procedure, pack, day, _place(request.actor))
    states = shown.states()
    published = find_version(day)
    context = {
        "chosen": chosen,
        "procedure": procedure,
        "label": text_of(procedure.label),
        "opening": text_of(procedure.opening.label),
        "steps": len(main_way(procedure)),
        "limit": longest_limit(states),
        "hangs": first_notice(states),
        "states": states,
        "moves": shown.moves(),
        "facts": shown.facts(),
        "told": any(state.tells for state in states),
        "diagram": diagram(procedure, reader_language()),
        "versions": [(each, row_of(each)) for each in versions],
        "source": source_of(pack, procedure),
        "pack_version": published.pk if published else None,
    }
    return render(request, "procedures/procedure.html", context)


def _chosen(versions: Sequence[TableVersion], asked: str) -> TableVersion:
    """The version asked for by its first day; without one the current, or else the latest."""
    if asked:
        found = [each for each in versions if each.procedure.valid_from.isoformat() == asked]
        if not found:
            raise Http404
        return found[0]
    return next((each for each in versions if each.current), versions[0])


def _place(actor: Actor) -> str:
    """The division whose numbers are shown: the reader's own, the first of several."""
    return next(iter(actor.scope(READ).divisions), "")
