"""What a refused person sees, and the row the audit keeps of it."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from bangfu.foundation.access.actors import AccessRefused, Actor
from bangfu.foundation.access.domain.capabilities import reading
from bangfu.foundation.audit.api import ACTION_LENGTH, record_refused
from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from bangfu.foundation.access.requests import ActingRequest
    from bangfu.kernel.problems import Refused


def may_know(actor: Actor, refused: AccessRefused) -> bool:
    """Whether the actor may learn that there is something at that place.

    They may when they can read there in the feature that refused; where a feature has no reading
    of its own, when any grant reaches the place. What lies in no division (a policy pack) may be
    known to whoever reads in that feature anywhere.
    """
    read = reading(refused.capability)
    if read is None:
        return not refused.division or actor.reaches(refused.division)
    if read == refused.capability:
        return False
    return actor.may(read, refused.division) if refused.division else actor.holds(read)


def refused_page(request: HttpRequest, refused: AccessRefused) -> HttpResponse:
    """The page with the reason, status 403."""
    title, remedy = sentence_of(refused.problems[0])
    context = {"title": title, "remedy": remedy, "capability": refused.capability}
    return render(request, "ui/refused.html", context, status=HTTPStatus.FORBIDDEN)


def reason_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """What was asked cannot be done now, and why; status 409. Pages with a form say it there."""
    title, remedy = sentence_of(refused.problems[0])
    context = {"title": title, "remedy": remedy}
    return render(request, "ui/refused.html", context, status=HTTPStatus.CONFLICT)


def _action_of(request: HttpRequest) -> str:
    """The name of the address, as long as the audit keeps it."""
    match = request.resolver_match
    return match.view_name[-ACTION_LENGTH:] if match else "unnamed"


def answer_refusal(request: ActingRequest, refused: AccessRefused) -> HttpResponse:
    """Keep the attempt, then answer with the reason, or as if nothing were there.

    Raises:
        Http404: when the actor may not even read there.
    """
    record_refused(request.actor, _action_of(request), refused.capability, refused.division)
    if not may_know(request.actor, refused):
        raise Http404
    return refused_page(request, refused)


def refuse_everywhere(request: ActingRequest, refused: AccessRefused) -> HttpResponse:
    """Keep the attempt and give the reason: the page itself is no secret, only what is on it.

    The attempt was nowhere in particular, so it counts for where the person works.
    """
    grants = request.actor.grants
    division = grants[0].division if grants else ""
    record_refused(request.actor, _action_of(request), refused.capability, division)
    return refused_page(request, refused)


@contextmanager
def keeping_refusals(actor: Actor, action: str) -> Iterator[None]:
    """Keep a refused attempt of a command or a job in the audit, and let the refusal go on.

    Put it around the service call, outside every transaction.
    """
    try:
        yield
    except AccessRefused as refused:
        record_refused(actor, action, refused.capability, refused.division)
        raise
