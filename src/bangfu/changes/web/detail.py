"""One request: before and after, what stands against it, what may be done now, what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bangfu.changes.permissions import READ
from bangfu.changes.queries.details import get_request
from bangfu.changes.services import move_request
from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.files.api import open_stored
from bangfu.kernel.problems import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from bangfu.changes.queries.details import RequestDetail
    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem


@requires(READ)
@require_safe
def show_request(request: ActingRequest, request_id: UUID) -> HttpResponse:
    """A request's page."""
    return _page(request, get_request(request.actor, request_id))


def _page(
    request: ActingRequest,
    detail: RequestDetail,
    problems: tuple[Problem, ...] = (),
    typed: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "change": detail,
        "row": detail.row,
        "problems": problems,
        "typed": typed or {"move": "", "note": ""},
    }
    return render(request, "changes/request.html", context, status=409 if problems else 200)


@requires(READ)
@require_POST
def move(request: ActingRequest, request_id: UUID) -> HttpResponse:
    """Make a move; what is refused comes back with its reason and all that was typed."""
    form = request.POST
    seen, note = form.get("seen", ""), form.get("note", "").strip()
    wanted = form.get("move", "")
    try:
        move_request(
            actor=request.actor,
            request_id=request_id,
            move=wanted,
            note=note,
            seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        )
    except AccessRefused:
        # No reason of the procedure: answered, and kept in the audit, like every such attempt.
        raise
    except Refused as refused:
        typed = {"move": wanted, "note": note}
        return _page(request, get_request(request.actor, request_id), refused.problems, typed)
    messages.success(request, _("已办好，记在办理过程里。"))
    return redirect("changes:request", request_id)


@requires(READ)
@require_safe
def download_evidence(request: ActingRequest, request_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One paper of a request.

    Raises:
        Http404: when the request has none such, or the reader may not see it.
    """
    detail = get_request(request.actor, request_id)
    names = dict(detail.evidence)
    if file_id not in names:
        raise Http404
    stream = open_stored(actor=request.actor, file_id=file_id)
    return FileResponse(stream, as_attachment=True, filename=names[file_id])
