"""Cutting, ordering and narrowing lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from bangfu.kernel.division import NATION, DivisionCode
from bangfu.teams.permissions import MANAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.foundation.access.api import Actor


def bounds(number: int, size: int) -> slice:
    """The rows of page `number`, from 1."""
    start = (max(number, 1) - 1) * size
    return slice(start, start + size)


def order_of(sorts: Mapping[str, tuple[str, ...]], sort: str, default: str) -> list[str]:
    """The columns to order by; `-` before a name turns the order round, an unknown one is left."""
    columns = sorts.get(sort.removeprefix("-"), sorts[default])
    return [f"-{column}" if sort.startswith("-") else column for column in columns]


def within(field: str, division: str) -> Q:
    """What lies in a division; everything for the empty code."""
    place = DivisionCode(division)
    return Q(**{f"{field}__gte": place, f"{field}__lt": place.ceiling}) if place else Q()


def reach_of(actor: Actor, capability: str) -> DivisionCode:
    """The smallest division that holds everything the actor reaches, for the audit."""
    places = actor.scope(capability).divisions
    if not places:
        return NATION
    above = [*places[0].ancestors(), places[0]]
    return max((each for each in above if all(map(each.contains, places))), key=len)


def check_export(actor: Actor, division: str) -> None:
    """Let whoever manages people take a list along: of a place of theirs, or of all of them.

    Raises:
        AccessRefused: without the right to manage in the division asked for, or anywhere.
    """
    if division or not actor.holds(MANAGE):
        actor.check(MANAGE, division)
