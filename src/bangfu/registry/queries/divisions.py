"""Reading divisions. They hold no people, so everybody may see them and no audit is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode
from bangfu.registry.models import Division, DivisionSuccession

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from bangfu.foundation.access.api import Actor

_MOST_NAMES: Final = 100_000
_names: dict[tuple[str, date], str] = {}


@dataclass(frozen=True, slots=True)
class DivisionNode:
    """One line of the tree: a division, and whether it opens further."""

    code: str
    name: str
    level: int
    has_children: bool


def _holding_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def list_divisions(codes: Collection[str], on: date | None = None) -> list[Division]:
    """The divisions among `codes` that hold on a day (None: today), by code."""
    day = on or today()
    return list(Division.objects.filter(_holding_on(day), code__in=codes).order_by("code"))


def list_children(code: str, on: date | None = None) -> list[DivisionNode]:
    """The divisions right below `code` that hold on a day (None: today), by code.

    One query that reads the rows of the level asked for and no others, however large the tree.
    """
    day = on or today()
    below = Division.objects.filter(_holding_on(day), parent_code=OuterRef("code"))
    found = (
        Division.objects.filter(_holding_on(day), parent_code=code)
        .annotate(has_children=Exists(below))
        .order_by("code")
        .values_list("code", "name", "level", "has_children")
    )
    return [DivisionNode(*row) for row in found]


def list_villages(division: str, on: date) -> frozenset[str]:
    """The codes of all villages in a division that hold on a day."""
    place = DivisionCode(division)
    found = Division.objects.filter(
        _holding_on(on), level=12, code__gte=place, code__lt=place.ceiling
    )
    return frozenset(found.values_list("code", flat=True))


def find_division(name: str, *, inside: str = "", on: date | None = None) -> Division | None:
    """The one division of that name in a place, or None when there is none or more than one."""
    place = DivisionCode(inside)
    found = Division.objects.filter(
        _holding_on(on or today()), name=name, code__gte=place, code__lt=place.ceiling
    )[:2]
    return found[0] if len(found) == 1 else None


def division_path(code: str, on: date | None = None) -> tuple[str, ...]:
    """The names from the province down to `code`, as they were on a day (None: today).

    Remembered in this process until the day ends or a division changes; a code that nobody knows
    stands for itself.
    """
    day = on or today()
    place = DivisionCode(code)
    wanted = [each for each in (*place.ancestors(), place) if each]
    missing = [each for each in wanted if (each, day) not in _names]
    if missing:
        if len(_names) > _MOST_NAMES:
            _names.clear()
        for division in list_divisions(missing, day):
            _names[division.code, day] = division.name
    return tuple(_names.get((each, day), str(each)) for each in wanted)


def division_name(code: str, on: date | None = None) -> str:
    """The name of a division on a day (None: today); the nation's for the empty code."""
    return division_path(code, on)[-1] if code else _("全国")


def forget_divisions() -> None:
    """Drop the remembered names; called whenever divisions change."""
    _names.clear()


def find_successors(code: str, on: date | None = None) -> list[str]:
    """The codes that hold on a day (None: today) in place of `code`, following every change.

    `[code]` itself when it still holds; empty when nothing is known of it.
    """
    day = on or today()
    found: set[str] = set()
    seen: set[str] = set()
    asked = {code}
    while asked:
        holding = {each.code for each in list_divisions(asked, day)}
        found |= holding
        seen |= asked
        ended = asked - holding
        steps = DivisionSuccession.objects.filter(predecessor__in=ended, day__lte=day)
        asked = set(steps.values_list("successor", flat=True)) - seen
    return sorted(found)


def choose_places(actor: Actor, *capabilities: str) -> list[tuple[str, str]]:
    """Where the actor holds all the capabilities, and the divisions right below; the widest first.

    Code and name, as a field offers them.
    """
    first, *others = capabilities
    own = [
        str(each)
        for each in actor.scope(first).divisions
        if all(actor.may(other, each) for other in others)
    ]
    below = [(each.code, each.name) for place in own for each in list_children(place)]
    return [*((place, division_name(place)) for place in own), *below]
