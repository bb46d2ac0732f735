"""Where a list may write: its place, its writer's places, and the turn-taking of writers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid, Level
from bangfu.registry.api import Division, list_divisions
from bangfu.teams.permissions import MANAGE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bangfu.foundation.access.api import Actor
    from bangfu.teams.domain.lines import Line, Row


@dataclass(frozen=True, slots=True)
class Places:
    """The divisions a list names, as they are today, and which of them it may write to."""

    actor: Actor
    within: DivisionCode
    names: dict[str, str]

    def check(self, line: Line[Row], code: str, item: str, levels: Collection[Level] = ()) -> None:
        """Refuse a row whose place is none, elsewhere, not the writer's, or of another tier."""
        if code not in self.names:
            line.refuse("teams.place_unknown", item, found=code[:12])
        elif not self.within.contains(code):
            line.refuse("teams.place_outside_list", item)
        elif not self.actor.may(MANAGE, code):
            line.refuse("teams.place_not_yours", item)
        elif levels and DivisionCode(code).level not in levels:
            line.refuse("teams.place_of_another_tier", item)

    def check_name(self, line: Line[Row], code: str, name: str, item: str) -> None:
        """Refuse a row that gives the place another name than it has: one of both is wrong."""
        if name and code in self.names and name != self.names[code]:
            line.refuse("teams.place_name_differs", item, name=self.names[code])


def find_places(actor: Actor, within: str, codes: Iterable[str]) -> Places:
    """The divisions among the codes that a list for `within` names."""
    wanted = {each for each in codes if _is_code(each)}
    names = {each.code: each.name for each in list_divisions(wanted)}
    return Places(actor, DivisionCode(within), names)


def _is_code(text: str) -> bool:
    try:
        return DivisionCode(text) != ""
    except DivisionCodeInvalid:
        return False


def take_turns(division: str) -> None:
    """Let one writer at a time write to a county: its row in the table of divisions is the lock.

    Who writes to what lies above counties waits for all of them; the order is one for everybody,
    so that nobody waits for somebody who waits for them.
    """
    place = DivisionCode(division)
    county = place.at(min(place.level, Level.COUNTY))
    inside = Q(code__gte=county, code__lt=county.ceiling, level__lte=Level.COUNTY)
    rows = Division.objects.select_for_update().filter(inside)
    list(rows.order_by("code", "valid_from").values_list("id", flat=True))
