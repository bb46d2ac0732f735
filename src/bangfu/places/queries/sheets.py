"""Reading the sheets that were uploaded, inside the actor's places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from bangfu.kernel.problems import from_document
from bangfu.places.models import PlacesSheet
from bangfu.places.permissions import MANAGE

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.kernel.problems import Problem


def scoped_sheets(actor: Actor) -> QuerySet[PlacesSheet]:
    """The sheets of the places that the actor keeps."""
    return PlacesSheet.objects.filter(actor.scope(MANAGE).q("division"))


def get_sheet(actor: Actor, sheet_id: UUID) -> PlacesSheet:
    """One sheet.

    Raises:
        Http404: when there is none in the actor's places.
    """
    sheet = scoped_sheets(actor).filter(pk=sheet_id).first()
    if sheet is None:
        raise Http404
    return sheet


def list_sheets(actor: Actor, limit: int = 20) -> list[PlacesSheet]:
    """The latest sheets."""
    return list(scoped_sheets(actor).order_by("-checked_at")[:limit])


def problems_of(sheet: PlacesSheet) -> list[Problem]:
    """What was found in a sheet."""
    return [from_document(each) for each in sheet.problems]
