"""Which files an actor reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from bangfu.foundation.files.models import StoredFile
from bangfu.foundation.files.purposes import list_purposes
from bangfu.foundation.secrets.api import unseal

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor

TABLE = "files_storedfile"


def list_stored(actor: Actor, purpose: str = "") -> QuerySet[StoredFile]:
    """The files the actor may open, the newest first; with `purpose`, only those."""
    reached = Q(pk__in=())
    for each in list_purposes():
        if purpose in {"", each.name}:
            reached |= Q(purpose=each.name) & actor.scope(each.read).q("division")
    return StoredFile.objects.filter(reached, deleted_at=None).order_by("-created_at", "-id")


def get_stored(actor: Actor, file_id: UUID) -> StoredFile:
    """One file the actor may open.

    Raises:
        Http404: when there is none, was one, or it lies outside the actor's scope.
    """
    found = list_stored(actor).filter(pk=file_id).first()
    if found is None:
        raise Http404
    return found


def name_of(stored: StoredFile) -> str:
    """The name a file was given with; empty once it is deleted."""
    if stored.deleted_at is not None:
        return ""
    return unseal(TABLE, "sealed_name", stored.id, bytes(stored.sealed_name))
