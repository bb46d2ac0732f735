"""The pages for what is not there, not allowed, or broken; each with a number to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

from bangfu.shell.quoting import number_for

if TYPE_CHECKING:
    from django.http import HttpRequest


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this reader: the two look the same on purpose."""
    context = {"number": number_for(request, 404)}
    return render(request, "shell/not_found.html", context, status=404)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refused without a reason of its own."""
    context = {"number": number_for(request, 403)}
    return render(request, "shell/not_allowed.html", context, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address or a form that no page of ours makes."""
    context = {"number": number_for(request, 400)}
    return render(request, "shell/bad_request.html", context, status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: sent twice, kept open overnight, or made elsewhere."""
    context = {"number": number_for(request, 403)}
    return render(request, "shell/forged.html", context, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Our fault. Drawn without request, person or database: any of them may be what is broken."""
    words = render_to_string("shell/broken.html", {"number": number_for(request, 500)})
    return HttpResponseServerError(words)
