"""The grid as a tree: nets by tier, their cells, who serves in them, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import workbook_answer
from bangfu.foundation.ui.api import reader_language
from bangfu.registry.api import division_name
from bangfu.teams.domain.catalogue import GRID, load_catalogue
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.current import write_current
from bangfu.teams.queries.grid import CellView, count_cells, list_net, list_nets
from bangfu.teams.web.places import day_in, place_in, whose
from bangfu.teams.web.tables import from_words, label, sheet_words

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest

_MOST_NETS: Final = 300
"""Nets of a tier that a page lists; a place narrows it."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier with its counts and nets, in words."""

    code: str
    label: str
    cells: int
    headless: int
    nets: list[Any]


@requires(READ)
@require_safe
def show_grid(request: ActingRequest) -> HttpResponse:
    """All nets of the reader's places, by tier."""
    actor = request.actor
    asked = place_in(request.GET.get("division", ""))
    day = day_in(request.GET.get("on", "")) or today()
    if request.GET.get("export") == "xlsx":
        workbook = write_current(actor, GRID, asked, reader_language())
        return workbook_answer(sheet_words(GRID), workbook)
    tiers = [
        Tier(
            each.tier,
            label("grid_tier", each.tier),
            each.cells,
            each.headless,
            list_nets(actor, each.tier, asked, day)[:_MOST_NETS],
        )
        for each in count_cells(actor, asked, day)
    ]
    context = {
        "tiers": tiers,
        "cells": sum(each.cells for each in tiers),
        "headless": sum(each.headless for each in tiers),
        "place": whose(actor, asked),
        "asked": asked,
        "day": day,
        "is_today": day == today(),
        "here": "grid",
        "may_manage": actor.holds(MANAGE),
    }
    return render(request, "teams/grid.html", context)


@requires(READ)
@require_safe
def show_net(request: ActingRequest, tier: str, net: str) -> HttpResponse:
    """The cells of one net: inside the tree, or as a page of its own."""
    if tier not in load_catalogue().nets:
        raise Http404
    day = day_in(request.GET.get("on", "")) or today()
    views = list_net(request.actor, tier, net, day)
    if not views:
        raise Http404
    context = {
        "cells": [_cell(each, day) for each in views],
        "headless": sum(each.headless for each in views),
        "title": _("%(place)s%(tier)s")
        % {"place": division_name(net), "tier": label("grid_tier", tier)},
        "here": "grid",
        "may_manage": request.actor.holds(MANAGE),
    }
    part = "HX-Request" in request.headers
    return render(request, "teams/cells.html" if part else "teams/net.html", context)


def _cell(view: CellView, day: date) -> dict[str, Any]:
    cell = view.cell
    return {
        "name": cell.name or division_name(cell.place, day),
        "kind": label("cell_kind", cell.kind),
        "headless": view.headless,
        "people": [
            {
                "id": each.cadre_id,
                "duty": each,
                "name": each.cadre.name,
                "role": label("duty_role", each.role),
                "organisation": from_words(each),
            }
            for each in view.duties
        ],
    }
