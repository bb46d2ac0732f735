"""Villages in which nobody lives for the households: no resident team at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bangfu.attendance.domain.catalogue import load_roles
from bangfu.attendance.permissions import READ
from bangfu.attendance.queries.recalls import list_open_recalls
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.places.api import divisions_with
from bangfu.registry.api import list_divisions
from bangfu.teams.api import GapFilters, load_catalogue
from bangfu.teams.api import list_gaps as list_missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from bangfu.foundation.access.api import Actor

POOR_VILLAGE: Final = "poor_village"
"""The kind of tag that a village on the list of poor villages bears, or bore."""
NOBODY, NO_HEAD = "nobody", "no_head"


@dataclass(frozen=True, slots=True)
class GapLine:
    """A village that lacks its team, or its head.

    Attributes:
        what: `nobody` when no resident official is there, `no_head` when others are.
        missing: the roles nobody holds, in words.
        poor: whether it is or was a poor village.
        last_end: when the last of them left; None when there never was one.
        replace_by: the day by which a recalled official is to be followed.
    """

    division: str
    village: str
    township: str
    what: str
    missing: str
    poor: bool
    last_end: date | None
    replace_by: date | None


@dataclass(frozen=True, slots=True)
class GapsFilters:
    """What the list is narrowed to; an empty filter narrows nothing."""

    townships: tuple[str, ...] = ()
    whats: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str = ""

    def keeps(self, line: GapLine) -> bool:
        """Whether a line is left."""
        return (
            (not self.townships or line.division[: int(Level.TOWNSHIP)] in self.townships)
            and (not self.whats or line.what in self.whats)
            and (not self.kinds or line.poor)
            and self.text.strip() in line.village
        )


_KEYS: Final[dict[str, Callable[[GapLine], Any]]] = {
    "place": lambda line: line.division,
    "poor": lambda line: (not line.poor, line.division),
    "last": lambda line: (line.last_end is None, line.last_end, line.division),
    "due": lambda line: (line.replace_by is None, line.replace_by, line.division),
}
SORTS: Final = frozenset(_KEYS)


def list_gaps(
    actor: Actor, filters: GapsFilters | None = None, *, sort: str = "poor"
) -> list[GapLine]:
    """Villages with households and without a resident team or its head; names nobody."""
    wanted = filters or GapsFilters()
    head, *others = load_roles().resident
    gaps: dict[str, dict[str, date | None]] = {}
    for gap in list_missing(actor, GapFilters(roles=(head, *others))):
        gaps.setdefault(gap.village, {})[gap.role] = gap.last_end
    empty = {
        village: ends for village, ends in gaps.items() if head in ends and actor.may(READ, village)
    }
    lines = [each for each in _lines(actor, empty, len(others) + 1) if wanted.keeps(each)]
    key = _KEYS.get(sort.removeprefix("-"), _KEYS["poor"])
    return sorted(lines, key=key, reverse=sort.startswith("-"))


def poor_villages_known() -> bool:
    """Whether anybody has entered which villages are, or were, poor villages."""
    return bool(divisions_with(POOR_VILLAGE))


def _lines(actor: Actor, gaps: dict[str, dict[str, date | None]], roles: int) -> Iterable[GapLine]:
    places = {part for code in gaps for part in (code, code[: int(Level.TOWNSHIP)])}
    names = {each.code: each.name for each in list_divisions(places, today())}
    poor = divisions_with(POOR_VILLAGE)
    dues = {each.division: each.replace_by for each in list_open_recalls(actor, READ)}
    language, catalogue = reader_language(), load_catalogue()
    for code, ends in gaps.items():
        known = [each for each in ends.values() if each is not None]
        labels = [catalogue.label("duty_role", role, language) for role in ends]
        yield GapLine(
            division=code,
            village=names.get(code, code),
            township=names.get(code[: int(Level.TOWNSHIP)], ""),
            what=NOBODY if len(ends) == roles else NO_HEAD,
            missing="、".join(labels),
            poor=code in poor,
            last_end=max(known, default=None),
            replace_by=dues.get(code),
        )
