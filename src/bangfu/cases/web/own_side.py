"""A household's own side, as an officer serves it: its file, its authorisations, its receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bangfu.cases.permissions import CHECK, READ, RECORD
from bangfu.cases.queries.consents import list_consents
from bangfu.cases.services.own_side import give_consent_receipt, hand_out_file
from bangfu.cases.services.recognition_consents import withdraw_consent
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.documents.api import open_paper
from bangfu.kernel.problems import Refused
from bangfu.registry.api import Household, get_household

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem

IN_PERSON = "in_person"


@requires(READ)
@require_safe
def show(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """What the household may have and take back."""
    return _page(request, get_household(request.actor, household_id))


def _page(
    request: ActingRequest,
    household: Household,
    problems: tuple[Problem, ...] = (),
    **shown: Any,
) -> HttpResponse:
    actor = request.actor
    context = {
        "household": household,
        "consents": list_consents(actor, household.pk),
        "may_hand_out": actor.may(RECORD, household.village_code),
        "may_withdraw": actor.may(CHECK, household.village_code),
        "problems": problems,
        **shown,
    }
    status = 409 if problems else 200
    return render(request, "cases/appeal_own_side.html", context, status=status)


@requires(RECORD)
@require_POST
def hand_out(request: ActingRequest, household_id: UUID) -> HttpResponse:
    """Issue the household's own file; the numbers of the slip are shown once."""
    household = get_household(request.actor, household_id)
    try:
        handed = hand_out_file(actor=request.actor, household_id=household_id)
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, household, refused.problems)
    return _page(request, household, handed=handed)


@requires(READ)
@require_safe
def open_file(request: ActingRequest, household_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """A file that was handed out, to print it for the household.

    Raises:
        Http404: when it is of another household, or not for the reader.
    """
    household = get_household(request.actor, household_id)
    paper, stream = open_paper(actor=request.actor, paper_id=paper_id)
    if paper.subject_id != household.pk:
        raise Http404
    name = f"{household.household_number}.pdf"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")


@requires(CHECK)
@require_POST
def receipt(request: ActingRequest, household_id: UUID, consent_id: UUID) -> HttpResponse:
    """A receipt by which the household reads and withdraws an authorisation; shown once."""
    household = get_household(request.actor, household_id)
    try:
        code = give_consent_receipt(
            actor=request.actor, household_id=household_id, consent_id=consent_id
        )
    except AccessRefused:
        raise
    except Refused as refused:
        return _page(request, household, refused.problems)
    return _page(request, household, code=code)


@requires(CHECK)
@require_POST
def withdraw(request: ActingRequest, household_id: UUID, consent_id: UUID) -> HttpResponse:
    """Withdraw an authorisation at the household's word."""
    household = get_household(request.actor, household_id)
    if consent_id not in {each.id for each in list_consents(request.actor, household.pk)}:
        raise Http404
    withdraw_consent(actor=request.actor, consent_id=consent_id, channel=IN_PERSON)
    messages.success(request, _("已撤回，从现在起谁也不能再凭它查询。"))
    return redirect("appeals:own", household_id)
