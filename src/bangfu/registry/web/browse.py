"""The tree of divisions with its households and people, one level at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid, Level
from bangfu.registry.permissions import READ
from bangfu.registry.queries.divisions import division_name
from bangfu.registry.queries.households import (
    HouseholdFilters,
    actor_sees,
    reach_of,
)
from bangfu.registry.queries.subjects import count_places, sum_households

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest


def _place(code: str) -> DivisionCode:
    try:
        return DivisionCode(code)
    except DivisionCodeInvalid:
        raise Http404 from None


@requires(READ)
@require_safe
def show_division(request: ActingRequest, code: str = "") -> HttpResponse:
    """The divisions right below one, with counts; as a part, only their lines."""
    actor = request.actor
    place = _place(code) if code else reach_of(actor)
    if not actor_sees(actor, place):
        raise Http404
    context = {"branches": count_places(actor, place), "leaf_level": Level.VILLAGE}
    if "HX-Request" in request.headers:
        return render(request, "registry/branches.html", context)
    above = [each for each in place.ancestors() if each and actor_sees(actor, each)]
    context |= {
        "place": place,
        "name": division_name(place),
        "above": [(each, division_name(each)) for each in above],
        "totals": sum_households(actor, HouseholdFilters(division=place)),
    }
    return render(request, "registry/browse.html", context)
