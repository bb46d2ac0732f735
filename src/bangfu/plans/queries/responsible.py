"""Organisations and people who can be made responsible for a measure, by day and place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from bangfu.kernel.division import DivisionCode
from bangfu.teams.api import Cadre, Duty, Organisation, Pairing

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.registry.api import Household


@dataclass(frozen=True, slots=True)
class Choices:
    """Who can be chosen for a household on a day, the nearest first."""

    organisations: list[Organisation]
    people: list[Cadre]
    helpers: list[Pairing]

    @property
    def main_helper(self) -> Pairing | None:
        """Whom the platform proposes: the main helper, else the first."""
        return self.helpers[0] if self.helpers else None


def _holding(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def _above(village: str) -> list[str]:
    """The village and all that it lies in."""
    place = DivisionCode(village)
    return [str(each) for each in (*place.ancestors(), place)]


def organisations_on(household: Household, day: date) -> QuerySet[Organisation]:
    """Organisations of the household's places that bear their name on the day."""
    return Organisation.objects.filter(_holding(day), division__in=_above(household.village_code))


def people_on(household: Household, day: date) -> QuerySet[Cadre]:
    """People who serve in the household's places or help it on the day."""
    duties = Duty.objects.filter(
        _holding(day), division__in=_above(household.village_code), cadre=OuterRef("pk")
    )
    helps = Pairing.objects.filter(_holding(day), household=household, cadre=OuterRef("pk"))
    return Cadre.objects.filter(Q(Exists(duties)) | Q(Exists(helps)))


def helpers_on(household: Household, day: date) -> list[Pairing]:
    """Who helps the household on the day, the main one first."""
    rows = Pairing.objects.filter(_holding(day), household=household)
    return list(rows.select_related("cadre", "organisation").order_by("-main", "valid_from", "id"))


def choices_for(household: Household, day: date) -> Choices:
    """Everybody who can be made responsible; the finest place first."""
    return Choices(
        organisations=list(organisations_on(household, day).order_by("-division", "name")),
        people=list(people_on(household, day).order_by("sort_key", "number")),
        helpers=helpers_on(household, day),
    )


def is_valid_organisation(household: Household, organisation_id: UUID, day: date) -> bool:
    """Whether an organisation can be responsible for the household on the day."""
    return organisations_on(household, day).filter(pk=organisation_id).exists()


def is_valid_person(household: Household, cadre_id: UUID, day: date) -> bool:
    """Whether a person can be responsible for the household on the day."""
    return people_on(household, day).filter(pk=cadre_id).exists()
