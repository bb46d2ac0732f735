"""The lists of a version: its rules, parameters and facts; and the register's codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import answer_list
from bangfu.foundation.ui.api import reader_language
from bangfu.policy.domain.catalogue import list_codes, list_facts, list_parameters, list_rules
from bangfu.policy.permissions import READ
from bangfu.policy.web.opened import open_version
from bangfu.policy.web.tables import (
    CODES,
    FACTS,
    KEPT_CODES,
    KEPT_FACTS,
    KEPT_PARAMETERS,
    KEPT_RULES,
    PARAMETERS,
    RULES,
)
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.foundation.pages.api import Kept
    from bangfu.foundation.ui.api import Table

Row = TypeVar("Row")


def _answer(
    request: ActingRequest,
    lists: tuple[Table[Row], Kept[Row]],
    rows: Sequence[Row],
    page: tuple[str, str],
    context: dict[str, Any],
) -> HttpResponse:
    """The page of a list, or its workbook. `page` is the template and the workbook's title."""
    table, kept = lists
    template, title = page
    answer = answer_list(request, table, kept, rows, title)
    if isinstance(answer, HttpResponse):
        return answer
    return render(request, template, {"table": answer, "export_allowed": True, **context})


@requires(READ)
@require_safe
def show_rules(request: ActingRequest, version_id: UUID) -> HttpResponse:
    """The rules of a version, in plain words."""
    opened = open_version(request, version_id)
    rows = list_rules(opened.pack, opened.standing, reader_language())
    context = {
        **opened.context,
        "at": "rules",
        "rules": len(rows),
        "risks": len({row.risk for row in rows}),
        "blocked": len(opened.standing.blocked),
    }
    return _answer(request, (RULES, KEPT_RULES), rows, ("policy/rules.html", _("规则")), context)


@requires(READ)
@require_safe
def show_parameters(request: ActingRequest, version_id: UUID) -> HttpResponse:
    """The parameters of a version on the day it is looked at."""
    opened = open_version(request, version_id)
    rows = list_parameters(opened.pack, opened.standing, reader_language())
    context = {
        **opened.context,
        "at": "parameters",
        "parameters": len(rows),
        "awaited": len(opened.standing.awaited),
        "blocked": len(opened.standing.blocked),
    }
    page = ("policy/parameters.html", _("参数"))
    return _answer(request, (PARAMETERS, KEPT_PARAMETERS), rows, page, context)


@requires(READ)
@require_safe
def show_facts(request: ActingRequest, version_id: UUID) -> HttpResponse:
    """The facts of a version."""
    opened = open_version(request, version_id)
    rows = list_facts(opened.pack, reader_language())
    context = {**opened.context, "at": "facts", "facts": len(rows)}
    return _answer(request, (FACTS, KEPT_FACTS), rows, ("policy/facts.html", _("事实")), context)


@requires(READ)
@require_safe
def show_codes(request: ActingRequest) -> HttpResponse:
    """The code lists of the register, with the days of each code and its national code."""
    layout = load_layout()
    rows = list_codes(layout, reader_language())
    context = {
        "codes": len(rows),
        "lists": len(layout.lists),
        "dated": sum(bool(row.valid_from or row.valid_to) for row in rows),
    }
    return _answer(request, (CODES, KEPT_CODES), rows, ("policy/codes.html", _("代码表")), context)
