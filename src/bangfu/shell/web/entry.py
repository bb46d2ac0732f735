"""Signing in and out, choosing the posting and the language."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.foundation.access.api import choose_posting, open_to_all, open_to_signed_in
from bangfu.shell.demo_people import list_demo_people
from bangfu.shell.turning_away import (
    forget_wrong_passwords,
    note_wrong_password,
    seconds_to_wait,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from bangfu.foundation.access.api import ActingRequest


def _way_on(request: HttpRequest) -> str:
    """Where to go after signing in: the page that was asked for, when it is one of ours."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else ""


def _try_to_sign_in(request: HttpRequest, form: AuthenticationForm) -> bool:
    """Sign in with the form's name and password, unless that name has to wait."""
    username = request.POST.get("username", "")
    if seconds_to_wait(username):
        return False
    if not form.is_valid():
        note_wrong_password(username)
        return False
    login(request, form.get_user())
    forget_wrong_passwords(username)
    return True


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; in a demo home it names the people to sign in as."""
    posted = request.method == "POST"
    form = AuthenticationForm(request, request.POST if posted else None)
    if posted and _try_to_sign_in(request, form):
        return redirect(_way_on(request) or settings.LOGIN_REDIRECT_URL)
    wait = seconds_to_wait(request.POST.get("username", ""))
    context = {
        "username": request.POST.get("username", ""),
        "refused": posted,
        "minutes_to_wait": -(-wait // 60),
        "people": list_demo_people(),
        "next": _way_on(request),
    }
    return render(request, "shell/sign_in.html", context, status=429 if wait else 200)


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the sign-in page."""
    logout(request)
    return redirect(settings.LOGIN_URL)


@open_to_signed_in
@require_POST
def switch_posting(request: ActingRequest) -> HttpResponse:
    """Work under another posting from now on; the home page shows what waits there."""
    with suppress(ValueError):
        choose_posting(request, UUID(request.POST.get("posting", "")))
    return redirect("shell:home")


@open_to_all
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read in another language from now on, and stay on the same page."""
    return i18n.set_language(request)
