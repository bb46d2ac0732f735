"""Reading uploads of lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.http import Http404

from bangfu.foundation.secrets.api import unseal
from bangfu.registry.api import Page
from bangfu.teams.domain.previews import Preview, from_plain
from bangfu.teams.models import TeamsUpload
from bangfu.teams.permissions import MANAGE
from bangfu.teams.queries.pages import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor

PREVIEW_PLACE: Final = (TeamsUpload._meta.db_table, "preview_sealed")
"""Table and column that a sealed preview is bound to."""


def get_upload(actor: Actor, upload_id: UUID) -> TeamsUpload:
    """One upload for places that the actor manages.

    Raises:
        Http404: when there is none.
    """
    found = TeamsUpload.objects.filter(actor.scope(MANAGE).q("division"))
    upload = found.filter(pk=upload_id).first()
    if upload is None:
        raise Http404
    return upload


def find_upload_of(division: str, files: Sequence[str]) -> TeamsUpload | None:
    """The upload that these kept files became, or None."""
    found = TeamsUpload.objects.filter(division=division).order_by("-checked_at")
    return next((each for each in found if each.files == list(files)), None)


def list_uploads(actor: Actor, *, page: int = 1, size: int = 50) -> Page[TeamsUpload]:
    """The uploads for places that the actor manages, the latest first."""
    found = TeamsUpload.objects.filter(actor.scope(MANAGE).q("division"))
    rows = list(found.order_by("-checked_at", "id")[bounds(page, size)])
    return Page(rows, max(page, 1), size, found.count())


def open_preview(upload: TeamsUpload) -> Preview:
    """What an upload that the actor was given would do; empty when it is over."""
    if upload.preview_sealed is None:
        return Preview((), ())
    return from_plain(json.loads(unseal(*PREVIEW_PLACE, upload.pk, upload.preview_sealed)))
