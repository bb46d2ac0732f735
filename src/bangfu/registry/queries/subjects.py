"""A household or member that something is about to be done with, and sums over households."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Substr
from django.http import Http404

from bangfu.foundation.audit.api import record_counted
from bangfu.registry.models import Household, HouseholdVersion, ImportBatch, Member
from bangfu.registry.permissions import READ
from bangfu.registry.queries.divisions import list_children
from bangfu.registry.queries.households import (
    SUBJECT,
    DivisionCount,
    HouseholdFilters,
    actor_sees,
    reach_of,
    scoped_households,
)

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.access.api import Actor


def get_subject(
    actor: Actor, household_id: UUID, member_id: UUID | None = None
) -> Household | Member:
    """The household, or one of its members, to do something with that is audited itself.

    Raises:
        Http404: when there is none in the actor's scope.
    """
    household = scoped_households(actor).filter(pk=household_id).first()
    if household is None:
        raise Http404
    if member_id is None:
        return household
    members = Member.objects.select_related("household").filter(household=household)
    member = members.filter(pk=member_id).first()
    if member is None:
        raise Http404
    return member


def count_versions(household: Household) -> int:
    """How often an opened household was recorded, reversals included."""
    return HouseholdVersion.objects.filter(household=household).count()


@dataclass(frozen=True, slots=True)
class Totals:
    """Households and people on the rolls."""

    households: int
    members: int


@transaction.atomic
def sum_households(actor: Actor, filters: HouseholdFilters | None = None) -> Totals:
    """How many households the filters leave in the actor's scope, and how many people in them."""
    wanted = filters or HouseholdFilters()
    record_counted(actor, SUBJECT, wanted.as_document(), wanted.division or reach_of(actor))
    found = scoped_households(actor).filter(wanted.q())
    sums = found.aggregate(households=Count("id"), members=Sum("size"))
    return Totals(sums["households"], sums["members"] or 0)


@transaction.atomic
def count_places(actor: Actor, division: str = "") -> list[DivisionCount]:
    """What `count_households` answers, from the sizes of households alone: one pass, no members.

    A household's size is its members on the rolls; the import refuses any other.
    """
    children = list_children(division)
    if not children:
        return []
    record_counted(actor, SUBJECT, {"division": division}, division)
    inside = HouseholdFilters(division=division).q()
    place = Substr("village_code", 1, children[0].level)
    groups = scoped_households(actor).filter(inside).annotate(place=place).values("place")
    counted = groups.annotate(n=Count("id"), people=Sum("size")).order_by()
    found = {each["place"]: (each["n"], each["people"]) for each in counted}
    return [
        DivisionCount(each.code, each.name, *found.get(each.code, (0, 0)))
        for each in children
        if actor_sees(actor, each.code)
    ]


def find_last_commit(actor: Actor) -> ImportBatch | None:
    """The batch committed last that touches what the actor sees, or None. It names nobody."""
    places = actor.scope(READ).divisions
    above = [each for place in places for each in (*place.ancestors(), place)]
    inside = actor.scope(READ).q("division")
    committed = ImportBatch.objects.filter(committed_at__isnull=False, reversed_at__isnull=True)
    found = committed.filter(division__in=above) | committed.filter(inside)
    return found.order_by("-committed_at").first()
