"""What a list of clues can be narrowed to and sorted by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q

from bangfu.cases.domain.dues import DueGroup, Horizon, look_ahead
from bangfu.cases.models import Clue
from bangfu.cases.permissions import READ
from bangfu.foundation.audit.api import hidden_text
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode
from bangfu.procedures.api import working_calendar

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import OrderBy, QuerySet

    from bangfu.foundation.access.api import Actor

DAYS_AHEAD: Final = 5
"""Working days that a list shows by themselves: a week."""

PROCEDURE: Final = "clue"

_PLACE: Final = ("division", "household__household_number", "rule", "id")

SORTS: Final = {
    "due": ("matter__due_on", *_PLACE),
    "received": ("received_at", *_PLACE),
    "name": ("household__head_sort_key", *_PLACE),
    "place": _PLACE,
    "risk": ("risk", "matter__due_on", *_PLACE),
    "state": ("matter__state", "matter__due_on", *_PLACE),
}
"""Orders of the list by name; a leading `-` turns one round. No due day stands last either way."""


@dataclass(frozen=True, slots=True)
class ClueFilters:
    """What a list is narrowed to; an empty filter narrows nothing, several values mean any of them.

    Attributes:
        divisions: townships or villages, by code.
        dues: groups of due days, for clues that are not closed.
        days: single due days.
        assignee: whose clues; `unassigned` for nobody's.
        text: the beginning of a head's name, or a household's number.
        open: only clues that are not closed.
    """

    states: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    dues: tuple[str, ...] = ()
    assignee: UUID | None = None
    unassigned: bool = False
    text: str = ""
    open: bool = False

    def without(self, facet: str) -> ClueFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit; typed text only by its length."""
        several = ("states", "risks", "rules", "channels", "divisions", "dues")
        found: dict[str, Any] = {
            name: list(getattr(self, name)) for name in several if getattr(self, name)
        }
        if self.assignee:
            found["assignee"] = str(self.assignee)
        for name in ("unassigned", "open"):
            if getattr(self, name):
                found[name] = True
        return {**found, "search": hidden_text(self.text)} if self.text else found


def current_horizon() -> Horizon:
    """Today and the working days of the coming week."""
    return look_ahead(today(), working_calendar(), DAYS_AHEAD)


def scoped_clues(actor: Actor, capability: str = READ) -> QuerySet[Clue]:
    """Every clue in which the actor holds a capability; not audited."""
    return Clue.objects.filter(actor.scope(capability).q("division"))


def condition_of(filters: ClueFilters, horizon: Horizon) -> Q:
    """The filters as a condition on clues."""
    chosen = {
        "matter__state__in": filters.states,
        "risk__in": filters.risks,
        "rule__in": filters.rules,
        "channel__in": filters.channels,
    }
    wanted = Q(**{field: values for field, values in chosen.items() if values})
    if filters.divisions:
        wanted &= _any_of(_inside(code) for code in filters.divisions)
    if filters.dues:
        wanted &= _any_of(due_condition(DueGroup(each), horizon) for each in filters.dues)
    if filters.assignee is not None:
        wanted &= Q(assigned_to=filters.assignee)
    if filters.unassigned:
        wanted &= Q(assigned_to=None)
    if filters.open:
        wanted &= OPEN
    if filters.text.strip():
        typed = filters.text.strip()
        wanted &= Q(household__head_name__startswith=typed) | Q(household__household_number=typed)
    return wanted


OPEN: Final = Q(matter__closed_at=None)


def _any_of(conditions: Any) -> Q:
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found


def _inside(code: str) -> Q:
    place = DivisionCode(code)
    return Q(division__gte=place, division__lt=place.ceiling)


def due_condition(group: DueGroup, horizon: Horizon) -> Q:
    """Open clues whose due day belongs to a group."""
    ranges = {
        DueGroup.OVERDUE: Q(matter__due_on__lt=horizon.today),
        DueGroup.TODAY: Q(matter__due_on=horizon.today),
        DueGroup.SOON: Q(matter__due_on__gt=horizon.today, matter__due_on__lte=horizon.last),
        DueGroup.LATER: Q(matter__due_on__gt=horizon.last),
        DueGroup.NONE: Q(matter__due_on=None),
    }
    return OPEN & ranges[group]


def order_of(sort: str) -> list[OrderBy]:
    """The columns to sort by; an unknown name sorts by due day."""
    backwards = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    return [
        F(column).desc(nulls_last=True) if backwards else F(column).asc(nulls_last=True)
        for column in columns
    ]
