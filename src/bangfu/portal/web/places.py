"""Choosing a village step by step, by links alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid, Level
from bangfu.registry.api import division_name, list_children, list_divisions

if TYPE_CHECKING:
    from bangfu.registry.api import DivisionNode


@dataclass(frozen=True, slots=True)
class Chooser:
    """A step of choosing a village.

    Attributes:
        above: the places chosen so far, code and name.
        places: what can be chosen now.
    """

    above: list[tuple[str, str]]
    places: list[DivisionNode]


def read_place(code: str) -> DivisionCode:
    """A place of the register.

    Raises:
        Http404: for a code that names none today.
    """
    try:
        place = DivisionCode(code)
    except DivisionCodeInvalid:
        raise Http404 from None
    if place and not list_divisions([place]):
        raise Http404
    return place


def read_village(code: str) -> DivisionCode:
    """A village of the register.

    Raises:
        Http404: for a code that names none today.
    """
    place = read_place(code)
    if place.level is not Level.VILLAGE:
        raise Http404
    return place


def chooser_at(code: str) -> Chooser:
    """The step below a place; where there is only one way, it is gone at once."""
    place = read_place(code)
    places = list_children(place)
    while len(places) == 1 and places[0].level < Level.VILLAGE:
        place = DivisionCode(places[0].code)
        places = list_children(place)
    chosen = [each for each in (*place.ancestors(), place) if each]
    return Chooser([(each, division_name(each)) for each in chosen], places)


def place_words(code: str) -> str:
    """A place with its township and county: `通江县铁溪镇朱元村`."""
    place = DivisionCode(code)
    named = [each for each in (*place.ancestors(), place) if each.level >= Level.COUNTY]
    return "".join(division_name(each) for each in named)
