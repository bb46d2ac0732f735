"""What lists of plans and of measures can be narrowed to and sorted by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, F, OuterRef, Q

from bangfu.foundation.audit.api import hidden_text
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode
from bangfu.plans.domain.standing import CARRIED, OPEN
from bangfu.plans.models import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import OrderBy

OVERDUE: Final = "overdue"
NOT_BEGUN: Final = "not_begun"
_PLACE: Final = ("division", "household__household_number", "id")
PLAN_SORTS: Final[Mapping[str, Sequence[str]]] = {
    "due": ("matter__due_on", *_PLACE),
    "opened": ("opened_on", *_PLACE),
    "name": ("household__head_sort_key", *_PLACE),
    "state": ("matter__state", "matter__due_on", *_PLACE),
}
"""Orders of the plans by name; a leading `-` turns one round. No due day stands last either way."""

MEASURE_SORTS: Final[Mapping[str, Sequence[str]]] = {
    "due": ("due_on", *_PLACE),
    "name": ("household__head_sort_key", *_PLACE),
    "family": ("family", "due_on", *_PLACE),
    "amount": ("amount", *_PLACE),
    "state": ("matter__state", "due_on", *_PLACE),
    "responsible": ("responsible__sort_key", "due_on", *_PLACE),
}
"""Orders of the measures, likewise."""


def order_of(sorts: Mapping[str, Sequence[str]], sort: str, usual: str = "due") -> list[OrderBy]:
    """The columns to sort by; an unknown name sorts as usual."""
    backwards = sort.startswith("-")
    return [
        F(column).desc(nulls_last=True) if backwards else F(column).asc(nulls_last=True)
        for column in sorts.get(sort.removeprefix("-"), sorts[usual])
    ]


def late_measures() -> Q:
    """Measures that should have been finished before today."""
    return Q(matter__state__in=OPEN, due_on__lt=today())


def within(divisions: Sequence[str]) -> Q:
    """What lies in one of the places; anywhere when none is named."""
    if not divisions:
        return Q()
    places = Q(pk__in=())
    for code in map(DivisionCode, divisions):
        places |= Q(division__gte=code, division__lt=code.ceiling)
    return places


def matching(text: str) -> Q:
    """A head's name by its beginning, or a household's number."""
    typed = text.strip()
    if not typed:
        return Q()
    return Q(household__head_name__startswith=typed) | Q(household__household_number=typed)


def document_of(filters: Any, names: Sequence[str], text: str) -> dict[str, Any]:
    """The filters that are set, for the audit; typed text only by its length."""
    found = {name: list(getattr(filters, name)) for name in names if getattr(filters, name)}
    return {**found, "search": hidden_text(text)} if text else found


@dataclass(frozen=True, slots=True)
class PlanFilters:
    """What a list of plans is narrowed to; an empty filter narrows nothing.

    Attributes:
        marks: `overdue`: with a measure past its due day; `not_begun`: open, and no measure begun.
        divisions: townships or villages, by code.
        text: the beginning of a head's name, or a household's number.
    """

    states: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    text: str = ""

    def without(self, facet: str) -> PlanFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        return document_of(self, ("states", "origins", "marks", "divisions"), self.text)

    def q(self) -> Q:
        """The filters as a condition on plans."""
        wanted = within(self.divisions) & matching(self.text)
        if self.states:
            wanted &= Q(matter__state__in=self.states)
        if self.origins:
            wanted &= Q(origin__in=self.origins)
        for mark in self.marks:
            wanted &= marked(mark)
        return wanted


def marked(mark: str) -> Q:
    """Plans that a mark of `PlanFilters` is true of; none for an unknown mark."""
    of_plan = Measure.objects.filter(plan=OuterRef("pk"))
    if mark == OVERDUE:
        return Q(Exists(of_plan.filter(late_measures())), open=True)
    if mark == NOT_BEGUN:
        return Q(~Exists(of_plan.filter(matter__state__in=CARRIED)), open=True)
    return Q(pk__in=())


@dataclass(frozen=True, slots=True)
class MeasureFilters:
    """What a list of measures is narrowed to; an empty filter narrows nothing.

    Attributes:
        late: `overdue` for those past their due day.
    """

    states: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    text: str = ""

    def without(self, facet: str) -> MeasureFilters:
        """The filters but for one, whose own choices are to be counted."""
        blank: Any = {facet: ()}
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit."""
        return document_of(self, ("states", "families", "risks", "late", "divisions"), self.text)

    def q(self) -> Q:
        """The filters as a condition on measures."""
        wanted = within(self.divisions) & matching(self.text)
        if self.states:
            wanted &= Q(matter__state__in=self.states)
        if self.families:
            wanted &= Q(family__in=self.families)
        if self.risks:
            wanted &= Q(risk__in=self.risks)
        if self.late:
            wanted &= late_measures() if OVERDUE in self.late else Q(pk__in=())
        return wanted
