"""Teams sent to a county as a group: how many people of each, names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from bangfu.attendance.domain.catalogue import load_roles
from bangfu.attendance.permissions import READ
from bangfu.attendance.queries.duties import holding_on
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.teams.api import Duty, load_catalogue

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor


def count_groups(actor: Actor) -> list[tuple[str, str, int]]:
    """Code, words and number of people of each role of a group team; none with nobody."""
    roles = load_roles().groups
    found = Duty.objects.filter(holding_on(today()), role__in=roles)
    reached = found.filter(actor.scope(READ).q("division"))
    rows = reached.values_list("role").annotate(n=Count("cadre", distinct=True)).order_by("role")
    counted = dict(rows)
    language, catalogue = reader_language(), load_catalogue()
    return [
        (role, catalogue.label("duty_role", role, language), counted[role])
        for role in roles
        if counted.get(role)
    ]
