"""What a list of meetings can be narrowed to and sorted by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q
from django.http import Http404

from bangfu.kernel.division import DivisionCode
from bangfu.meetings.models import Meeting
from bangfu.meetings.permissions import READ

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import OrderBy, QuerySet

    from bangfu.foundation.access.api import Actor

PROCEDURE: Final = "meeting"
SUBJECT: Final = "meeting"
OPEN: Final = Q(matter__closed_at=None)

_PLACE: Final = ("division", "id")
SORTS: Final = {
    "day": ("held_on", *_PLACE),
    "place": ("division", "held_on", "id"),
    "kind": ("kind", "held_on", *_PLACE),
    "state": ("matter__state", "held_on", *_PLACE),
    "items": ("n_items", "held_on", *_PLACE),
    "present": ("present", "held_on", *_PLACE),
}
"""Orders of the list by name; a leading `-` turns one round."""
_COLUMNS: Final = {"states": "matter__state", "kinds": "kind"}


@dataclass(frozen=True, slots=True)
class MeetingFilters:
    """What a list is narrowed to; an empty filter narrows nothing.

    Attributes:
        divisions: places of any tier, by code.
        text: part of the chair's or recorder's name, or of the place.
    """

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    text: str = ""

    def without(self, facet: str) -> MeetingFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def q(self) -> Q:
        """The filters as a condition on meetings."""
        chosen = {column: getattr(self, name) for name, column in _COLUMNS.items()}
        wanted = Q(**{f"{column}__in": values for column, values in chosen.items() if values})
        if self.divisions:
            places = Q(pk__in=())
            for code in map(DivisionCode, self.divisions):
                places |= Q(division__gte=code, division__lt=code.ceiling)
            wanted &= places
        typed = self.text.strip()
        if typed:
            named = Q(chair__contains=typed) | Q(recorder__contains=typed)
            wanted &= named | Q(place__contains=typed)
        return wanted


def scoped_meetings(actor: Actor, capability: str = READ) -> QuerySet[Meeting]:
    """Every meeting in which the actor holds a capability; not audited."""
    return Meeting.objects.filter(actor.scope(capability).q("division"))


def find_scoped_meeting(actor: Actor, meeting_id: UUID) -> Meeting:
    """One meeting in the actor's scope with its matter; not audited, for services.

    Raises:
        Http404: when there is none.
    """
    meeting = scoped_meetings(actor).select_related("matter").filter(pk=meeting_id).first()
    if meeting is None:
        raise Http404
    return meeting


def order_of(sort: str) -> list[OrderBy]:
    """The columns to sort by; an unknown name sorts by day, the latest first."""
    backwards = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["day"])
    return [
        F(column).desc(nulls_last=True) if backwards else F(column).asc(nulls_last=True)
        for column in columns
    ]
