"""Puts the actor on the request, and answers refusals that come out of services."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.utils.functional import SimpleLazyObject

from bangfu.foundation.access.actors import AccessRefused
from bangfu.foundation.access.refusals import answer_refusal, reason_page
from bangfu.foundation.access.requests import ActingRequest, actor_for
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from bangfu.foundation.access.actors import Actor


class ActorOfRequest:
    """Sets `request.actor`, read from the grants that hold now, when it is first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        acting = cast("ActingRequest", request)
        acting.actor = cast("Actor", SimpleLazyObject(lambda: actor_for(request)))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; the view's transaction has been rolled back by now."""
        if isinstance(exception, AccessRefused):
            return answer_refusal(cast("ActingRequest", request), exception)
        if isinstance(exception, Refused):
            return reason_page(request, exception)
        return None
