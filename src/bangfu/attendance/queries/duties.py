"""Resident duties: one's own, and those of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F, Q
from django.http import Http404

from bangfu.attendance.domain.catalogue import load_roles
from bangfu.attendance.permissions import READ
from bangfu.foundation.clock.api import today
from bangfu.teams.api import Duty

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.attendance.domain.months import Month
    from bangfu.foundation.access.api import Actor

SUBJECT: Final = "cadre"


def resident_duties() -> QuerySet[Duty]:
    """Every duty in a resident role that was not entered by mistake; unscoped, for services."""
    real = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
    return Duty.objects.filter(real, role__in=load_roles().resident, cell=None)


def holding_on(day: date) -> Q:
    """Duties that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def holding_in(month: Month) -> Q:
    """Duties that hold on some day of a month."""
    return Q(valid_from__lt=month.end) & (Q(valid_to=None) | Q(valid_to__gt=month.first))


def scoped_duties(actor: Actor, capability: str = READ) -> QuerySet[Duty]:
    """The resident duties in places in which the actor holds a capability; not audited."""
    return resident_duties().filter(actor.scope(capability).q("division"))


def own_duties(actor: Actor, on: date | None = None) -> list[Duty]:
    """The resident duties of the actor that hold on a day (today), by village."""
    if actor.person_id is None:
        return []
    mine = resident_duties().filter(holding_on(on or today()), cadre__account=actor.person_id)
    return list(mine.select_related("cadre", "organisation").order_by("division", "role", "id"))


def find_duty(actor: Actor, duty_id: UUID) -> Duty:
    """A resident duty the actor may look at: in their scope, or their own.

    Raises:
        Http404: when there is none.
    """
    own = Q(cadre__account=actor.person_id) if actor.person_id else Q(pk__in=())
    found = resident_duties().filter(actor.scope(READ).q("division") | own, pk=duty_id)
    duty = found.select_related("cadre", "organisation").first()
    if duty is None:
        raise Http404
    return duty


def serving(
    division: str, day: date, cadres: Collection[UUID], persons: Collection[UUID]
) -> set[UUID]:
    """Which people, by cadre, live in a village on a day; unscoped, for services."""
    named = Q(cadre__in=cadres) | Q(cadre__account__in=persons)
    rows = resident_duties().filter(holding_on(day), named, division=division)
    return set(rows.values_list("cadre_id", flat=True))
