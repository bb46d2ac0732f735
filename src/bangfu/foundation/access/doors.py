"""The decorators of views: every view says who may enter.

Each sets `view.bangfu_capability`, which the test of all routes reads: a view without it fails.
They work on functions, on what `View.as_view()` answers, and through `method_decorator`.
"""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import resolve_url

from bangfu.foundation.access.actors import AccessRefused
from bangfu.foundation.access.refusals import refuse_everywhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from bangfu.foundation.access.requests import ActingRequest

P = ParamSpec("P")

ANYONE: Final = ""
"""`bangfu_capability` of a view that is open to all."""
SIGNED_IN: Final = "*"
"""`bangfu_capability` of a view for whoever has signed in, with any right or none."""


def _marked(view: Any, capability: str) -> Any:
    view.bangfu_capability = capability
    return view


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; a fragment's request moves the whole page there."""
    address = redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    if "HX-Request" not in request.headers:
        return address
    return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address.url})


def _guarded(
    view: Callable[Concatenate[ActingRequest, P], HttpResponseBase], capability: str
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        acting = cast("ActingRequest", request)
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if capability != SIGNED_IN and not acting.actor.holds(capability):
            return refuse_everywhere(acting, AccessRefused(capability, ""))
        return view(acting, *args, **kwargs)

    return cast(
        "Callable[Concatenate[HttpRequest, P], HttpResponseBase]", _marked(enter, capability)
    )


def requires(
    capability: str,
) -> Callable[
    [Callable[Concatenate[ActingRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let in whoever holds `capability` anywhere; the view's queries and services ask where.

    A visitor goes to the sign-in page. Someone without the capability gets the reason, status
    403, and the attempt stays in the audit.
    """

    def decorate(
        view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        return _guarded(view, str(capability))

    return decorate


def open_to_signed_in(
    view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in whoever has signed in."""
    return _guarded(view, SIGNED_IN)


def open_to_all(
    view: Callable[Concatenate[ActingRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let everybody in, visitors too."""

    @wraps(view)
    def enter(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(cast("ActingRequest", request), *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", _marked(enter, ANYONE))
