"""What other pages show of people: the household's helpers, the village's team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _

from bangfu.foundation.audit.api import record_listed
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.panels import Panel
from bangfu.registry.api import READ as READ_HOUSEHOLDS
from bangfu.teams.domain.catalogue import load_catalogue
from bangfu.teams.models.periods import holding
from bangfu.teams.permissions import MANAGE, READ
from bangfu.teams.queries.duties import SUBJECT, expected_roles, scoped_duties
from bangfu.teams.queries.grid import HEAD, CellView, cells_around
from bangfu.teams.queries.pairings import count_unhelped, list_helpers
from bangfu.teams.web.tables import end_words, from_words, label

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.registry.api import Household
    from bangfu.teams.models import Duty


def household_panel(request: HttpRequest, household: Household) -> Panel | None:
    """Who helps the household, now and before, its grid heads and monitoring contacts."""
    actor = cast("ActingRequest", request).actor
    village = household.village_code
    if not (actor.may(READ, village) and actor.may(READ_HOUSEHOLDS, village)):
        return None
    every = list_helpers(actor, household.pk, past=True)
    now = [each for each in every if _holds(each)]
    context = {
        "household": household,
        "helpers": [_row(each, _main(each.main)) for each in now],
        "past": [_row(each, _main(each.main)) for each in every if not _holds(each)],
        "heads": _heads(actor, village, household.group_name),
        "contacts": [
            _row(each, label("duty_role", each.role))
            for each in _serving(actor, village, ["monitoring_contact"])
        ],
        "may_manage": actor.may(MANAGE, village),
    }
    return Panel("teams/household_helpers.html", context, "side")


def village_panel(request: HttpRequest, village: Any) -> Panel | None:
    """Who serves in a village: its team, its grid, and what is missing.

    Args:
        request: who looks.
        village: its code, or what carries one as `code`.
    """
    actor = cast("ActingRequest", request).actor
    code = str(getattr(village, "code", village))
    if not actor.may(READ, code):
        return None
    serving = _serving(actor, code, None)
    held = {each.role for each in serving}
    shown = [each.cadre_id for each in serving]
    cells = [each for each in cells_around(actor, code) if each.cell.place == code]
    shown += [duty.cadre_id for view in cells for duty in view.duties]
    if shown:
        record_listed(actor, SUBJECT, {"list": "village"}, dict.fromkeys(shown), code)
    context = {
        "code": code,
        "team": [_row(each, label("duty_role", each.role)) for each in serving],
        "missing": [label("duty_role", role) for role in expected_roles() if role not in held],
        "cells": [
            (each.cell.name or label("grid_tier", each.cell.tier), _people(each)) for each in cells
        ],
        "unhelped": count_unhelped(actor, code) if actor.may(READ_HOUSEHOLDS, code) else 0,
        "may_manage": actor.may(MANAGE, code),
    }
    return Panel("teams/village_team.html", context, "side")


def _holds(held: Any) -> bool:
    day = today()
    return bool(held.valid_from <= day and (held.valid_to is None or day < held.valid_to))


def _main(main: bool) -> str:
    return _("主要责任人") if main else _("协助")


def _row(held: Any, role: str) -> dict[str, Any]:
    return {
        "held": held,
        "cadre_id": held.cadre_id,
        "name": held.cadre.name,
        "role": role,
        "organisation": from_words(held),
        "until": end_words(held),
    }


def _serving(actor: Actor, division: str, roles: list[str] | None) -> list[Duty]:
    found = scoped_duties(actor).filter(holding(today()), division=division, cell__isnull=True)
    if roles is not None:
        found = found.filter(role__in=roles)
    rows = found.select_related("cadre", "organisation", "cell").order_by("valid_from", "id")
    order = list(load_catalogue().roles)
    return sorted(rows, key=lambda each: order.index(each.role))


def _heads(actor: Actor, village: str, group: str) -> list[dict[str, Any]]:
    """The grid heads around a household, the nearest first: of its group, else of its village."""
    cells = cells_around(actor, village)
    own = [each for each in cells if each.cell.kind == "group" and each.cell.name == group]
    near = own or [each for each in cells if each.cell.place == village and not each.cell.name]
    return [
        _row(duty, label("duty_role", duty.role))
        for view in near
        for duty in view.duties
        if duty.role == HEAD
    ]


def _people(view: CellView) -> list[dict[str, Any]]:
    return [_row(each, label("duty_role", each.role)) for each in view.duties]
