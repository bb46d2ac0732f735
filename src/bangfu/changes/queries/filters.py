"""What a list of change requests can be narrowed to and sorted by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q

from bangfu.changes.models import ChangeRequest
from bangfu.changes.permissions import READ
from bangfu.foundation.audit.api import hidden_text
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from django.db.models import OrderBy, QuerySet

    from bangfu.foundation.access.api import Actor

PROCEDURE: Final = "change"
OPEN: Final = Q(matter__closed_at=None)

_PLACE: Final = ("division", "household__household_number", "id")
SORTS: Final = {
    "due": ("matter__due_on", *_PLACE),
    "asked": ("asked_at", *_PLACE),
    "day": ("day", *_PLACE),
    "name": ("household__head_sort_key", *_PLACE),
    "kind": ("kind", *_PLACE),
    "state": ("matter__state", "matter__due_on", *_PLACE),
}
"""Orders of the list by name; a leading `-` turns one round. No due day stands last either way."""

_COLUMNS: Final = {"states": "matter__state", "kinds": "kind", "sources": "source"}


@dataclass(frozen=True, slots=True)
class RequestFilters:
    """What a list is narrowed to; an empty filter narrows nothing.

    Attributes:
        divisions: townships or villages, by code.
        text: the beginning of a head's name, or a household's number.
        open: only those that are not closed.
    """

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    text: str = ""
    open: bool = False

    def without(self, facet: str) -> RequestFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit; typed text only by its length."""
        several = (*_COLUMNS, "divisions")
        found: dict[str, Any] = {
            name: list(getattr(self, name)) for name in several if getattr(self, name)
        }
        if self.open:
            found["open"] = True
        return {**found, "search": hidden_text(self.text)} if self.text else found

    def q(self) -> Q:
        """The filters as a condition on requests."""
        chosen = {column: getattr(self, name) for name, column in _COLUMNS.items()}
        wanted = Q(**{f"{column}__in": values for column, values in chosen.items() if values})
        if self.divisions:
            places = Q(pk__in=())
            for code in map(DivisionCode, self.divisions):
                places |= Q(division__gte=code, division__lt=code.ceiling)
            wanted &= places
        if self.open:
            wanted &= OPEN
        typed = self.text.strip()
        if typed:
            wanted &= Q(household__head_name__startswith=typed) | Q(
                household__household_number=typed
            )
        return wanted


def scoped_requests(actor: Actor, capability: str = READ) -> QuerySet[ChangeRequest]:
    """Every request in which the actor holds a capability; not audited."""
    return ChangeRequest.objects.filter(actor.scope(capability).q("division"))


def order_of(sort: str) -> list[OrderBy]:
    """The columns to sort by; an unknown name sorts by due day."""
    backwards = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    return [
        F(column).desc(nulls_last=True) if backwards else F(column).asc(nulls_last=True)
        for column in columns
    ]
