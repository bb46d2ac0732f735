"""The minutes, and photographs and scans of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.documents.api import issued_for, open_paper, render_paper
from bangfu.foundation.files.api import open_stored
from bangfu.kernel.problems import Refused
from bangfu.meetings.permissions import HOLD, READ
from bangfu.meetings.queries.details import draft_minutes, get_meeting
from bangfu.meetings.queries.results import MINUTES
from bangfu.meetings.services.papers import add_paper
from bangfu.meetings.web.detail import meeting_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest

PDF = "application/pdf"


@requires(READ)
@require_safe
def show_minutes(request: ActingRequest, meeting_id: UUID) -> HttpResponseBase:
    """The issued minutes; before they are issued, a draft that says so on every page.

    Raises:
        Http404: when the reader sees no such meeting.
    """
    data, row = draft_minutes(request.actor, meeting_id)
    name = _("%(village)s会议记录 %(day)s.pdf") % {
        "village": row.village,
        "day": row.held_on.isoformat(),
    }
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}"}
    issued = issued_for(meeting_id, MINUTES)
    if issued is None:
        draft = render_paper(MINUTES, data, as_of=row.held_on)
        return HttpResponse(draft.pdf, content_type=PDF, headers=headers)
    _paper, stream = open_paper(actor=request.actor, paper_id=issued.pk)
    return FileResponse(stream, content_type=PDF, headers=headers)


@requires(HOLD)
@require_POST
def add(request: ActingRequest, meeting_id: UUID) -> HttpResponse:
    """Keep a photograph or scan."""
    division = get_meeting(request.actor, meeting_id).row.division
    request.actor.check(HOLD, division)
    upload = request.FILES.get("file")
    if upload is None or upload.file is None:
        messages.warning(request, _("请先选一个文件。"))
        return redirect("meetings:meeting", meeting_id)
    try:
        add_paper(
            actor=request.actor, meeting_id=meeting_id, kind=request.POST.get("kind", ""),
            name=upload.name or "", stream=upload.file,
        )  # fmt: skip
    except AccessRefused:
        raise
    except Refused as refused:
        return meeting_page(request, meeting_id, refused.problems)
    messages.success(request, _("已加密保存。"))
    return redirect("meetings:meeting", meeting_id)


@requires(READ)
@require_safe
def download(request: ActingRequest, meeting_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One photograph or scan.

    Raises:
        Http404: when the meeting has none such, or the reader may not see it.
    """
    names = {each.file_id: each.name for each in get_meeting(request.actor, meeting_id).papers}
    if file_id not in names:
        raise Http404
    stream = open_stored(actor=request.actor, file_id=file_id)
    return FileResponse(stream, as_attachment=True, filename=names[file_id])
