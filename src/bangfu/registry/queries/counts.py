"""Households and people by place on a day: where they are registered, or where they live.

The two are different questions. By registration every household has its village. By living some are
told no finer than a county, some live elsewhere, and of some nobody knows: those are counted apart,
never dropped and never guessed, so that the places below always add up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import BooleanField, Case, Count, Q, Sum, Value, When
from django.db.models.functions import Substr

from bangfu.foundation.audit.api import record_counted
from bangfu.foundation.clock.api import today
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.domain.items import items_of
from bangfu.registry.domain.versions import version_in_force
from bangfu.registry.queries.histories import contents_of, marks_of
from bangfu.registry.queries.households import SUBJECT, scoped_households
from bangfu.registry.queries.moves import moved_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.models import Household

_MONITORED: Final = "monitoring_category"
_NOT_MONITORED: Final = ("", items_of("household")[_MONITORED].blank)


class By(StrEnum):
    """Which place of a household counts."""

    REGISTERED = "registered"
    LIVING = "living"


@dataclass(frozen=True, slots=True)
class Tally:
    """Households on the rolls, the people in them, and the households that are monitored."""

    households: int = 0
    members: int = 0
    monitored: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.households + other.households,
            self.members + other.members,
            self.monitored + other.monitored,
        )


@dataclass(slots=True)
class PlaceTallies:
    """A division's households by the divisions right below it.

    Attributes:
        below: by code; a place that nobody counts for is not there.
        coarse: in the division, but not told in which place below.
        unknown: registered here, and nobody knows where they live (by living only).
        elsewhere: registered here, living in another place (by living only).
    """

    by: By
    below: dict[str, Tally] = field(default_factory=dict)
    coarse: Tally = Tally()
    unknown: Tally = Tally()
    elsewhere: Tally = Tally()

    @property
    def total(self) -> Tally:
        """Everybody who counts in the division: the places below and what is told no finer."""
        return sum(self.below.values(), self.coarse)


_Counted = tuple[str, bool, Tally]
"""A place (empty when unknown), whether the household is registered in the division, how many."""


@transaction.atomic
def tally_places(
    actor: Actor, division: str, *, by: By = By.REGISTERED, on: date | None = None
) -> PlaceTallies:
    """Households in the actor's scope by the places right below a division.

    Three statements for today, however large the division. For a past day the households that
    changed since are read from their histories.

    Args:
        actor: who counts; only households registered where they may read are counted.
        division: which place; a village answers with nothing below.
        by: the place of registration, or of living.
        on: the day, as known now; None is today.
    """
    place = DivisionCode(division)
    record_counted(actor, SUBJECT, {"division": division, "by": by.value}, division)
    registered = Q(village_code__gte=place, village_code__lt=place.ceiling)
    wanted = registered
    if by is By.LIVING:
        wanted |= Q(living_code__gte=place, living_code__lt=place.ceiling)
    found = scoped_households(actor).filter(wanted)
    width = _width_below(place)
    counted: Iterable[_Counted] = _today(found.filter(active=True), by, width, registered)
    if on is not None and on < today():
        settled = found.filter(active=True, data_date__lte=on)
        away = scoped_households(actor).filter(id__in=moved_away(place, on))
        then = _then((found | away).filter(data_date__gt=on), by, place, on)
        counted = [*_today(settled, by, width, registered), *then]
    return _placed(counted, place, width, by)


@transaction.atomic
def tally_codes(actor: Actor, division: str, item: str) -> dict[str, int]:
    """Households on the rolls registered in a division, by the codes of one item; empty unknown."""
    place = DivisionCode(division)
    record_counted(actor, SUBJECT, {"division": division, "item": item}, division)
    found = scoped_households(actor).filter(
        village_code__gte=place, village_code__lt=place.ceiling, active=True
    )
    return dict(found.values_list(item).annotate(n=Count("id")).order_by())


def _width_below(place: DivisionCode) -> int:
    return next((int(tier) for tier in Level if tier > place.level), int(Level.VILLAGE))


def _today(found: QuerySet[Household], by: By, width: int, registered: Q) -> Iterator[_Counted]:
    column = "village_code" if by is By.REGISTERED else "living_code"
    here = Case(
        When(registered, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    rows = (
        found.annotate(place=Substr(column, 1, width), here=here)
        .values_list("place", "here")
        .annotate(
            n=Count("id"),
            people=Sum("size"),
            watched=Count("id", filter=~Q(monitoring_category__in=_NOT_MONITORED)),
        )
        .order_by()
    )
    for code, inside, n, people, watched in rows.iterator():
        yield code, inside, Tally(n, people or 0, watched)


def _then(
    changed: QuerySet[Household], by: By, place: DivisionCode, on: date
) -> Iterator[_Counted]:
    """Households that changed since, one by one, as they were."""
    marks = marks_of(list(changed.values_list("id", flat=True)))
    held = (version_in_force(each, on) for each in marks.values())
    wanted = [mark.content for mark in held if mark and mark.content]
    contents = contents_of(set(wanted))
    for version in wanted:
        document = contents[version][0]
        if document["members"]:  # without members it had left the rolls by then
            yield _of_document(document["household"], by, place)


def _of_document(row: dict[str, Any], by: By, place: DivisionCode) -> _Counted:
    village = row["village_code"]
    code = village if by is By.REGISTERED else row.get("living_code", "")
    watched = row.get(_MONITORED, "") not in _NOT_MONITORED
    return code or "", place.contains(village), Tally(1, row["size"], int(watched))


def _placed(counted: Iterable[_Counted], place: DivisionCode, width: int, by: By) -> PlaceTallies:
    found = PlaceTallies(by)
    for code, here, tally in counted:
        below = code[:width]
        if code and place.contains(code):
            if len(code) > len(place) and len(below) == width:
                found.below[below] = found.below.get(below, Tally()) + tally
            else:
                found.coarse += tally
        elif here and code:
            found.elsewhere += tally
        elif here:
            found.unknown += tally
    return found
