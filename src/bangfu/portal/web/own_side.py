"""What is a household's own: the authorisation it signed, the file it was handed."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bangfu.cases.api import fetch_file, find_consent, withdraw_consent
from bangfu.foundation.access.api import AccessRefused, open_to_all, system_actor
from bangfu.kernel.problems import Problem, Refused
from bangfu.portal.services.counting import count_up
from bangfu.portal.web.asking import MOST_CODES
from bangfu.portal.web.frame import address_of, show

if TYPE_CHECKING:
    from django.http import HttpResponse, HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest

PORTAL = "portal"


def _asked_too_often(request: ActingRequest) -> bool:
    return count_up("status.address", address_of(request), days=1) > MOST_CODES


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: ActingRequest) -> HttpResponse:
    """Read an authorisation by its receipt; withdraw it as easily as it was given."""
    if request.method != "POST":
        return show(request, "portal/consent_code.html", {"typed": ""})
    typed = request.POST.get("code", "")
    if _asked_too_often(request):
        return _refused(request, typed, Problem("portal.too_many"), HTTPStatus.TOO_MANY_REQUESTS)
    found = find_consent(typed)
    if found is None:
        return _refused(request, typed, Problem("portal.code_wrong"), HTTPStatus.CONFLICT)
    if request.POST.get("act") == "withdraw":
        actor = system_actor(PORTAL, found.division)
        withdraw_consent(actor=actor, consent_id=found.id, channel=PORTAL)
        found = find_consent(typed) or found
    return show(request, "portal/consent.html", {"consent": found, "typed": typed})


def _refused(
    request: ActingRequest, typed: str, problem: Problem, status: HTTPStatus
) -> HttpResponse:
    context = {"typed": typed, "problem": problem}
    return show(request, "portal/consent_code.html", context, status)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActingRequest) -> HttpResponseBase:
    """Fetch the file of a slip with both of its numbers."""
    if request.method != "POST":
        return show(request, "portal/file.html", {"typed": "", "problems": ()})
    if _asked_too_often(request):
        many = {"typed": "", "problems": (Problem("portal.too_many"),)}
        return show(request, "portal/file.html", many, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        paper, stream = fetch_file(
            code=request.POST.get("code", ""), second=request.POST.get("second", "")
        )
    except AccessRefused:
        raise
    except Refused as refused:
        context = {"problems": refused.problems, "typed": request.POST.get("code", "")}
        return show(request, "portal/file.html", context, HTTPStatus.CONFLICT)
    name = f"{_('农户本人档案')}-{paper.as_of:%Y-%m-%d}.pdf"
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
