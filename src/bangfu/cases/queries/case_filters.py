"""What a list of cases can be narrowed to and sorted by, and whose turn each step is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q

from bangfu.cases.domain.ages import AgeBand
from bangfu.cases.domain.dues import DueGroup
from bangfu.cases.domain.kinds import CaseKind
from bangfu.cases.queries.case_overview import age_condition
from bangfu.foundation.access.api import load_roles
from bangfu.foundation.audit.api import hidden_text
from bangfu.kernel.division import DivisionCode, Level
from bangfu.kernel.problems import Refused
from bangfu.procedures.api import load_procedure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import OrderBy

    from bangfu.cases.domain.dues import Horizon
    from bangfu.foundation.access.api import Actor, Grant
    from bangfu.procedures.api import Move, Procedure

MINE, OTHERS = "mine", "others"
"""Whose turn: the reader's, or somebody else's."""
NOBODY: Final = "nobody"
"""The handler's code for cases that nobody looks after."""

_PLACE: Final = ("division", "id")
SORTS: Final = {
    "due": ("matter__due_on", *_PLACE),
    "opened": ("opened_on", *_PLACE),
    "name": ("household__head_sort_key", *_PLACE),
    "place": _PLACE,
    "state": ("matter__state", "matter__due_on", *_PLACE),
    "number": ("number",),
    "handler": ("handler__name", "matter__due_on", *_PLACE),
}
"""Orders of the list by name; a leading `-` turns one round. No due day stands last either way."""


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What a list is narrowed to; an empty filter narrows nothing, several values mean any of them.

    Attributes:
        kinds, states, divisions, risks, ages: codes. dues: groups of due days.
        handlers: ids of people, or `nobody`.
        turn: `mine` or `others`, whose turn it is; empty for all.
        closed: cases that have ended instead of open ones.
        text: the beginning of a head's name, a household's or a case's number.
    """

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    divisions: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    dues: tuple[str, ...] = ()
    handlers: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    turn: str = ""
    closed: bool = False
    text: str = ""

    def without(self, *facets: str) -> CaseFilters:
        """The filters but for some, whose own choices are to be counted."""
        blank: Any = dict.fromkeys(facets, ())
        return replace(self, **blank)

    def as_document(self) -> dict[str, Any]:
        """The filters that are set, for the audit; typed text only by its length."""
        several = ("kinds", "states", "divisions", "risks", "dues", "handlers", "ages")
        found: dict[str, Any] = {
            name: list(getattr(self, name)) for name in several if getattr(self, name)
        }
        if self.turn:
            found["turn"] = self.turn
        if self.closed:
            found["closed"] = True
        return {**found, "search": hidden_text(self.text)} if self.text else found


def case_condition(actor: Actor, filters: CaseFilters, horizon: Horizon) -> Q:
    """The filters as a condition on cases."""
    wanted = Q(open=not filters.closed)
    chosen = {"kind__in": filters.kinds, "matter__state__in": filters.states}
    wanted &= Q(**{field: values for field, values in chosen.items() if values})
    if filters.divisions:
        wanted &= _any_of(_inside(code) for code in filters.divisions)
    if filters.risks:
        wanted &= _any_of(_has_risk(code) for code in filters.risks)
    if filters.dues:
        wanted &= _any_of(case_due(DueGroup(each), horizon) for each in filters.dues)
    if filters.handlers:
        wanted &= _any_of(_looked_after(each) for each in filters.handlers)
    if filters.ages:
        wanted &= age_condition(AgeBand(each) for each in filters.ages)
    if filters.turn:
        mine = turn_condition(actor)
        wanted &= mine if filters.turn == MINE else ~mine
    return wanted & _typed(filters.text.strip()) if filters.text.strip() else wanted


def _typed(text: str) -> Q:
    named = Q(household__head_name__startswith=text)
    return named | Q(household__household_number=text) | Q(number=text.upper())


def _any_of(conditions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found


def _inside(code: str) -> Q:
    place = DivisionCode(code)
    return Q(division__gte=place, division__lt=place.ceiling)


def _has_risk(code: str) -> Q:
    """Both databases can look at a place of a JSON list; only one can look for a member."""
    return _any_of(Q(**{f"risks__{place}": code}) for place in range(5))


def _looked_after(handler: str) -> Q:
    return Q(handler=None) if handler == NOBODY else Q(handler=handler)


def case_due(group: DueGroup, horizon: Horizon) -> Q:
    """Open cases whose due day belongs to a group."""
    ranges = {
        DueGroup.OVERDUE: Q(matter__due_on__lt=horizon.today),
        DueGroup.TODAY: Q(matter__due_on=horizon.today),
        DueGroup.SOON: Q(matter__due_on__gt=horizon.today, matter__due_on__lte=horizon.last),
        DueGroup.LATER: Q(matter__due_on__gt=horizon.last),
        DueGroup.NONE: Q(matter__due_on=None),
    }
    return Q(open=True) & ranges[group]


def case_order(sort: str) -> list[OrderBy]:
    """The columns to sort by; an unknown name sorts by due day."""
    backwards = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["due"])
    return [
        F(column).desc(nulls_last=True) if backwards else F(column).asc(nulls_last=True)
        for column in columns
    ]


def onward_move(procedure: Procedure, state: str) -> Move | None:
    """The move that a step waits for: the first of the table that leads on; None at an end."""
    if procedure.states[state].final:
        return None
    onward = (move for move in procedure.moves_from(state) if move.target != state)
    return next(onward, next(iter(procedure.moves_from(state)), None))


def turn_condition(actor: Actor) -> Q:
    """Cases whose next step is the actor's: theirs is the finest tier that the move names.

    A move that village, township and county may make waits for the village: the others step in
    when it does not come.
    """
    found = Q(pk__in=())
    for (kind, state), places in turns_of(actor).items():
        reach = _any_of(_inside(str(place)) for place in places)
        found |= Q(kind=kind, matter__state=state) & reach
    return found


def turns_of(actor: Actor) -> dict[tuple[str, str], list[DivisionCode]]:
    """The steps that wait for the actor, as kind and state, with the places where they do."""
    found: dict[tuple[str, str], list[DivisionCode]] = {}
    for kind in CaseKind:
        for state, move in _waited_for(kind):
            finest = max(move.tiers, default=Level.NATION)
            places = [
                grant.division
                for grant in actor.grants
                if move.capability in grant.capabilities and tier_of_grant(grant) == finest
            ]
            if places:
                found[kind.value, state] = places
    return found


def _waited_for(kind: CaseKind) -> list[tuple[str, Move]]:
    """The steps of a kind with the move each waits for; none where no table is in force."""
    try:
        table = load_procedure(kind.value)
    except Refused:
        return []
    moves = {state: onward_move(table, state) for state in table.states}
    return [(state, move) for state, move in moves.items() if move is not None]


def tier_of_grant(grant: Grant) -> Level:
    """The tier a grant counts for: its role's, or its division's where the role names none."""
    role = load_roles().get(grant.role)
    return (role.tier if role else None) or grant.division.level
