"""One move for a whole list: what would happen and why not, then doing it, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bangfu.cases.permissions import READ
from bangfu.cases.queries.case_batches import batch_of, offer_of_batch, rows_of_batch
from bangfu.cases.services.case_moves import CaseMove, move_cases, preview_case_moves
from bangfu.cases.web.case_forms import MoveForm
from bangfu.foundation.access.api import requires
from bangfu.foundation.pages.api import ids_of, reasons_of, way_back
from bangfu.procedures.api import pinned_procedure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.cases.models import Case
    from bangfu.cases.queries.case_rows import CaseRow
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem
    from bangfu.procedures.api import Offer


@dataclass(frozen=True, slots=True)
class Judged:
    """A case of the batch with what stands against its move; nothing when it goes."""

    row: CaseRow
    problems: tuple[Problem, ...]
    seen: str


@requires(READ)
@require_POST
def batch(request: ActingRequest) -> HttpResponse:
    """Show what one move would do to the picked cases, or do it."""
    picked = ids_of(request.POST.getlist("pick"))
    if not picked:
        messages.warning(request, _("没有选中案件，什么也没有改。"))
        return redirect(way_back(request, reverse("case:desk")))
    cases = batch_of(request.actor, picked)
    offer = offer_of_batch(cases.values(), request.POST.get("move", ""))
    if offer is None:
        raise Http404
    form = _form(request, cases, offer)
    asked = "note" in request.POST
    if not form.is_valid():
        # On the first arrival nothing has been asked yet, so nothing is missing either.
        shown = form if asked else _empty(cases, offer)
        return _page(request, offer, shown, [], cases)
    requests = _requests(request, form, cases)
    if request.POST.get("step") == "do":
        return _do(request, offer, cases, requests)
    found = preview_case_moves(request.actor, offer.move, requests)
    return _page(request, offer, form, _judged(request, cases, found), cases)


def _form(request: ActingRequest, cases: Mapping[UUID, Case], offer: Offer) -> MoveForm:
    first = next(iter(cases.values()))
    data = request.POST if "note" in request.POST else {"note": ""}
    procedure = pinned_procedure(first.matter.version_id)
    return MoveForm(data, offer=offer, procedure=procedure)


def _empty(cases: Mapping[UUID, Case], offer: Offer) -> MoveForm:
    first = next(iter(cases.values()))
    return MoveForm(offer=offer, procedure=pinned_procedure(first.matter.version_id))


def _requests(request: ActingRequest, form: MoveForm, cases: Mapping[UUID, Case]) -> list[CaseMove]:
    answers, note = form.answers(), form.cleaned_data["note"].strip()
    return [CaseMove(key, answers, {}, note, _seen(request, each)) for key, each in cases.items()]


def _seen(request: ActingRequest, case: Case) -> int:
    text = request.POST.get(f"seen_{case.pk}", "")
    return int(text) if text.isascii() and text.isdigit() else case.matter.lock_version


def _judged(
    request: ActingRequest,
    cases: Mapping[UUID, Case],
    problems: Mapping[UUID, tuple[Problem, ...]],
) -> list[Judged]:
    rows = rows_of_batch(cases.values())
    return [
        Judged(rows[key], problems.get(key, ()), str(_seen(request, each)))
        for key, each in cases.items()
    ]


def _do(
    request: ActingRequest,
    offer: Offer,
    cases: Mapping[UUID, Case],
    requests: Iterable[CaseMove],
) -> HttpResponse:
    before = rows_of_batch(cases.values())
    done = move_cases(actor=request.actor, move=offer.move, requests=list(requests))
    moved = {each.pk for each in done.moved}
    context = {
        "offer": offer,
        "moved": [row for key, row in before.items() if key in moved],
        "refused": [Judged(before[key], why, "") for key, why in done.refused.items()],
        "reasons": dict(reasons_of(done.refused).most_common()),
        "back": way_back(request, reverse("case:desk")),
    }
    return render(request, "cases/case_batch_done.html", context)


def _page(
    request: ActingRequest,
    offer: Offer,
    form: MoveForm,
    judged: list[Judged],
    cases: Mapping[UUID, Case],
) -> HttpResponse:
    will = [each for each in judged if not each.problems]
    wont = [each for each in judged if each.problems]
    context: dict[str, Any] = {
        "offer": offer,
        "form": form,
        "picked": len(cases),
        "ids": list(cases),
        "seen": [(f"seen_{key}", _seen(request, each)) for key, each in cases.items()],
        "asks": bool(offer.asks) or offer.note_required,
        "judged": bool(judged),
        "will": will,
        "wont": wont,
        "reasons": dict(reasons_of({each.row.id: each.problems for each in wont}).most_common()),
        "back": way_back(request, reverse("case:desk")),
    }
    return render(request, "cases/case_batch.html", context)
