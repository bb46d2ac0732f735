"""Places and days of the lists' addresses, and places in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import Choice
from bangfu.kernel.division import NATION, DivisionCode, DivisionCodeInvalid, Level
from bangfu.registry.api import division_name, division_path, list_children
from bangfu.teams.permissions import READ
from bangfu.teams.queries.pages import reach_of

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.ui.api import ListState


def place_in(text: str) -> DivisionCode:
    """The division of a filter; a text that is no code stands for everywhere."""
    try:
        return DivisionCode(text)
    except DivisionCodeInvalid:
        return NATION


def day_in(text: str) -> date | None:
    """The day of a filter; a text that is none stands for today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def place_words(code: str) -> str:
    """Township and village, or the name of what lies above: `铁溪镇 朱元村`."""
    place = DivisionCode(code)
    names = division_path(code)
    levels = [each.level for each in (*place.ancestors(), place) if each]
    shown = [name for level, name in zip(levels, names, strict=True) if level >= Level.TOWNSHIP]
    return " ".join(shown) or division_name(code)


def place_choices(actor: Actor, asked: DivisionCode) -> list[Choice]:
    """The division asked for, and those right below it or below all that the reader reaches."""
    reach = asked or reach_of(actor, READ)
    below = [each for each in list_children(reach) if meets(actor, each.code)]
    own = [Choice(asked, division_name(asked))] if asked else []
    return [*own, *(Choice(each.code, each.name) for each in below)]


def meets(actor: Actor, code: str) -> bool:
    """Whether the actor reads people in the whole of a division or in a part of it."""
    place = DivisionCode(code)
    return any(place.contains(each) or each.contains(place) for each in actor.scope(READ).divisions)


def whose(actor: Actor, asked: DivisionCode) -> str:
    """The place a list is of: the one asked for, the reader's own, or all of theirs."""
    own = actor.scope(READ).divisions
    if asked and meets(actor, asked):
        return division_name(asked)
    return division_name(own[0]) if len(own) == 1 else _("您的辖区")


def day_choices(state: ListState) -> list[Choice]:
    """The days a list is often asked for, and the one it is asked for now."""
    this_year = date(today().year, 1, 1)
    days = {this_year, this_year.replace(year=this_year.year - 1)}
    chosen = day_in(state.one("on"))
    days |= {chosen} if chosen else set()
    return [Choice(each.isoformat(), each.isoformat()) for each in sorted(days, reverse=True)]
