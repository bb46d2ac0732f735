"""Officers' side of declarations: what waits, one of them, whose it is; writing one down."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.cases.permissions import ASSIGN, READ, RECORD
from bangfu.cases.queries.declarations import get_declaration, list_waiting_declarations
from bangfu.cases.services.declarations import (
    PROXY,
    Declared,
    admit_declaration,
    declare,
    discard_declaration,
)
from bangfu.cases.services.reporting import match_clue
from bangfu.cases.web.appeal_forms import ProxyForm
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.files.api import get_stored, name_of, open_stored
from bangfu.kernel.problems import Refused
from bangfu.registry.api import search_households

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem

_LONGEST = 64
_MOST = 8


@requires(ASSIGN)
@require_safe
def show_waiting(request: ActingRequest) -> HttpResponse:
    """Declarations that wait for somebody to look at them or to say whose they are."""
    rows = list_waiting_declarations(request.actor)
    held = [each for each in rows if each.held]
    unmatched = [each for each in rows if not each.held]
    context = {
        "held": held,
        "unmatched": unmatched,
        "groups": [
            (unmatched, _("等着认户"), _("先说的在前")),
            (held, _("先看一看"), _("同一个网络地址或者同一个村今天比平常多")),
        ],
    }
    return render(request, "cases/appeal_declarations.html", context)


@requires(READ)
@require_safe
def show(request: ActingRequest, declaration_id: UUID) -> HttpResponse:
    """One declaration, by its id or its clue's, with the households that may be meant."""
    return _page(request, declaration_id)


def _page(
    request: ActingRequest, declaration_id: UUID, problems: tuple[Problem, ...] = ()
) -> HttpResponse:
    found = get_declaration(request.actor, declaration_id)
    asked = request.GET.get("q", "").strip()[:_LONGEST]
    context = {
        "declaration": found,
        "problems": problems,
        "asked": asked,
        "found": search_households(request.actor, asked, limit=_MOST) if asked else [],
    }
    return render(
        request, "cases/appeal_declaration.html", context, status=409 if problems else 200
    )


@requires(ASSIGN)
@require_POST
def settle(request: ActingRequest, declaration_id: UUID) -> HttpResponse:
    """Say whose a declaration is, make a held one a clue, or say that it means nobody."""
    actor, act = request.actor, request.POST.get("act", "")
    clue_id = get_declaration(actor, declaration_id).clue_id
    try:
        if act == "match":
            household = _id_of(request.POST.get("household", ""))
            if clue_id is None:
                raise Http404
            match_clue(actor=actor, clue_id=clue_id, household_id=household)
            messages.success(request, _("已对上农户，现在可以分派核实。"))
            return redirect("cases:clue", clue_id)
        if act == "admit":
            admit_declaration(actor=actor, declaration_id=declaration_id)
            messages.success(request, _("已转为线索。"))
        elif act == "discard":
            discard_declaration(actor=actor, declaration_id=declaration_id)
            messages.success(request, _("已记为没有这一户。"))
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, declaration_id, refused.problems)
    return redirect("appeals:declaration", declaration_id)


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@requires(READ)
@require_safe
def download(request: ActingRequest, declaration_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One picture of a declaration, as a file.

    Raises:
        Http404: when the declaration has none such, or the reader may not see it.
    """
    if file_id not in get_declaration(request.actor, declaration_id).files:
        raise Http404
    name = name_of(get_stored(request.actor, file_id))
    stream = open_stored(actor=request.actor, file_id=file_id)
    return FileResponse(stream, as_attachment=True, filename=name)


@requires(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: ActingRequest) -> HttpResponse:
    """Write down what a household says, with its thumbprint on paper; the receipt is shown once."""
    posted = request.method == "POST"
    form = ProxyForm(
        request.actor, request.POST if posted else None, request.FILES if posted else None
    )
    problems: tuple[Problem, ...] = ()
    code = ""
    if posted and form.is_valid():
        given = form.cleaned_data
        upload = given["paper"]
        try:
            code = declare(
                actor=request.actor,
                declared=Declared(
                    village=given["village"],
                    name=given["name"],
                    troubles=given["trouble"],
                    words=given["words"],
                    contact=given["contact"],
                    group=given["group"],
                    pictures=[upload.file],
                    proxy=request.actor.name,
                ),
                token=given["token"],
                channel=PROXY,
            )
        except AccessRefused:
            raise
        except Refused as refused:
            problems = refused.problems
    context = {"form": form, "problems": problems, "code": code}
    status = 409 if problems else 200
    return render(request, "cases/appeal_proxy.html", context, status=status)
