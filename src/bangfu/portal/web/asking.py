"""The front page, the answer of a receipt, enquiries, the language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.cases.api import find_answer, number_on_day
from bangfu.foundation.access.api import AccessRefused, open_to_all
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.problems import Problem, Refused
from bangfu.portal.services.counting import count_up
from bangfu.portal.services.enquiries import enquire, read_enquiry
from bangfu.portal.web.frame import address_of, show
from bangfu.registry.api import ACCOUNT_END, code_label

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.registry.api import Household

NOT_MONITORED: Final = "none"
"""The register's code for a household that nobody monitors."""
MOST_CODES: Final = 100
"""Receipts asked for from one connection a day."""


@open_to_all
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """What can be done here."""
    return show(request, "portal/home.html")


@open_to_all
@require_safe
def set_language(request: ActingRequest, language: str) -> HttpResponse:
    """Read in another language from now on, and stay on the same page."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    asked = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    answer = redirect(asked if ours else "portal:home")
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", httponly=True)
    return answer


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: ActingRequest) -> HttpResponse:
    """Where a matter is, by the number of its receipt. The number is in no address and no log."""
    if request.method != "POST":
        return show(request, "portal/status.html", {"typed": ""})
    typed = request.POST.get("code", "")
    if count_up("status.address", address_of(request), days=1) > MOST_CODES:
        context = {"typed": typed, "problem": Problem("portal.too_many")}
        return show(request, "portal/status.html", context, 429)
    answer = find_answer(typed)
    if answer is None:
        context = {"typed": typed, "problem": Problem("portal.code_wrong")}
        return show(request, "portal/status.html", context, 409)
    return show(request, "portal/answer.html", {"answer": answer})


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: ActingRequest) -> HttpResponse:
    """Ask what is registered of one's own household."""
    if request.method != "POST":
        return _ask(request)
    try:
        asked = read_enquiry(*(request.POST.get(each, "") for each in ("name", "identity", "end")))
        household = enquire(enquiry=asked, address=address_of(request))
    except AccessRefused:
        raise
    except Refused as refused:
        return _ask(request, refused.problems)
    if household is None:
        return show(request, "portal/no_answer.html", _limits())
    return show(request, "portal/registered.html", {"lines": _registered(household)})


def _limits() -> dict[str, int | None]:
    return {
        "tries": number_on_day("enquiry_tries", ""),
        "days": number_on_day("enquiry_window_days", ""),
        "digits": ACCOUNT_END,
    }


def _ask(request: ActingRequest, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    # Numbers that were typed are not sent back: the page may stay on a borrowed telephone.
    context = {"name": request.POST.get("name", ""), "problems": problems, **_limits()}
    many = any(each.code == "portal.too_many" for each in problems)
    return show(request, "portal/enquiry.html", context, 429 if many else 409 if problems else 200)


def _registered(household: Household) -> dict[str, str]:
    language = reader_language()
    month = household.risk_identified_month
    monitored = household.monitoring_category not in {"", NOT_MONITORED}
    return {
        "kind": code_label("household_type", household.household_type, language),
        "category": code_label("monitoring_category", household.monitoring_category, language)
        if monitored
        else "",
        "since": f"{month // 100}-{month % 100:02}" if month and monitored else "",
    }
