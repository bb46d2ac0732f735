"""The place a reader works in, by name, for the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.utils.translation import gettext as _

from bangfu.registry.api import division_name

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bangfu.foundation.access.api import ActingRequest

_NAMED: Final = 2
"""More places than this are counted, not named."""


def scope_name(request: HttpRequest) -> str:
    """`通江县`, `铁溪镇、涪阳镇`, or `铁溪镇等 5 处`; empty for someone without a grant."""
    actor = cast("ActingRequest", request).actor
    places = sorted({grant.division for grant in actor.grants})
    names = [division_name(place) for place in places[:_NAMED]]
    if len(places) > _NAMED:
        return _("%(first)s等 %(number)d 处") % {"first": names[0], "number": len(places)}
    return _("、").join(names)
