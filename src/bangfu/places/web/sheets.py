"""Importing a sheet of tags or village records: template, upload, preview, errors, commit."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.importing.api import DEFAULT_LIMITS
from bangfu.foundation.pages.api import tell_problems, workbook_answer
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from bangfu.places.imports import (
    check_sheet,
    commit_sheet,
    layout_of,
    write_sheet_errors,
    write_sheet_template,
)
from bangfu.places.models import PlacesSheet
from bangfu.places.permissions import MANAGE
from bangfu.places.queries.sheets import get_sheet, list_sheets, problems_of
from bangfu.places.services.sheets import discard_sheet
from bangfu.places.web.forms import SheetForm
from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem


@requires(MANAGE)
@require_safe
def download_template(request: ActingRequest, kind: str) -> HttpResponse:
    """The empty sheet to fill in."""
    if kind not in PlacesSheet.Kind.values:
        raise Http404
    title = layout_of(kind).sheets[kind]["zh" if reader_language() == "zh" else "en"]
    return workbook_answer(title, write_sheet_template(kind, reader_language()))


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_sheet(request: ActingRequest) -> HttpResponse:
    """Choose the file; what it as a whole is refused for is said here."""
    if request.method != "POST":
        initial = {"kind": request.GET.get("kind", PlacesSheet.Kind.TAGS)}
        return _page(request, SheetForm(actor=request.actor, initial=initial))
    form = SheetForm(request.POST, request.FILES, actor=request.actor)
    if not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["upload"]
    try:
        sheet = check_sheet(
            actor=request.actor,
            kind=form.cleaned_data["kind"],
            division=form.cleaned_data["division"],
            name=file.name,
            data=file.read(DEFAULT_LIMITS.file_bytes + 1),
        )
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, form, refused.problems)
    return redirect("places:sheet", sheet.pk)


def _page(
    request: ActingRequest, form: SheetForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "problems": problems,
        "sheets": [(each, division_name(each.division)) for each in list_sheets(request.actor)],
        "kinds": PlacesSheet.Kind.choices,
    }
    return render(request, "places/sheet_new.html", context)


@requires(MANAGE)
@require_safe
def show_sheet(request: ActingRequest, sheet_id: UUID) -> HttpResponse:
    """What a sheet would do, or what it did."""
    sheet = get_sheet(request.actor, sheet_id)
    problems = problems_of(sheet)
    counts = Counter((each.code, each.refuses) for each in problems)
    first = {(each.code, each.refuses): each for each in reversed(problems)}
    context = {
        "sheet": sheet,
        "place": division_name(sheet.division),
        "kinds": [
            (counts[key], *sentence_of(first[key]), first[key].place, key[1])
            for key in sorted(counts, key=lambda key: (not key[1], -counts[key]))
        ],
    }
    return render(request, "places/sheet.html", context)


@requires(MANAGE)
@require_safe
def download_errors(request: ActingRequest, sheet_id: UUID) -> HttpResponse:
    """The sheet as it came, with the bad cells marked and explained."""
    workbook = write_sheet_errors(actor=request.actor, sheet_id=sheet_id)
    return workbook_answer(_("要改的行"), workbook)


@requires(MANAGE)
@require_POST
def commit(request: ActingRequest, sheet_id: UUID) -> HttpResponse:
    """Write the good rows; asked twice, it is done once."""
    try:
        commit_sheet(actor=request.actor, sheet_id=sheet_id)
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
    return redirect("places:sheet", sheet_id)


@requires(MANAGE)
@require_POST
def discard(request: ActingRequest, sheet_id: UUID) -> HttpResponse:
    """Drop a checked sheet; nothing of the file stays."""
    try:
        discard_sheet(actor=request.actor, sheet_id=sheet_id)
    except AccessRefused:
        raise
    except Refused as refused:
        tell_problems(request, refused.problems)
        return redirect("places:sheet", sheet_id)
    messages.success(request, _("已放弃，文件已经删除，什么也没有改。"))
    return redirect("places:sheet_new")
