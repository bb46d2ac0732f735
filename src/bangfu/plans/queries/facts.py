"""What rooms above ask about households' measures; many households cost one statement."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bangfu.foundation.bulk.api import fetch_by
from bangfu.foundation.clock.api import today
from bangfu.plans.domain.standing import Mark, MeasureFacts, facts_of, labour_of
from bangfu.plans.models import Measure
from bangfu.plans.permissions import READ
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.registry.api import Member

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.plans.domain.catalogue import Catalogue

_NO_DAYS: Final[Mapping[UUID, date]] = MappingProxyType({})


def scoped_measures(actor: Actor, capability: str = READ) -> QuerySet[Measure]:
    """Every measure of households in which the actor holds a capability; not audited."""
    rows = Measure.objects.select_related("matter", "plan", "plan__matter", "household")
    return rows.filter(actor.scope(capability).q("division"))


def mark_of(measure: Measure) -> Mark:
    """A measure as far as it counts."""
    return Mark(
        family=measure.family,
        risk=measure.risk,
        state=measure.matter.state,
        started_on=measure.started_on,
        ended_on=measure.ended_on,
        due_on=measure.due_on,
    )


def measure_facts(
    actor: Actor,
    household_ids: Collection[UUID],
    *,
    since: Mapping[UUID, date] = _NO_DAYS,
    on: date | None = None,
) -> dict[UUID, MeasureFacts]:
    """The facts of every household asked for; one without measures has zeros.

    Args:
        actor: measures of households they may not read plans of do not count.
        household_ids: whose.
        since: household -> a day; measures that ended before it are left out.
        on: the day asked about (today).

    Raises:
        Refused: when no pack is in force.
    """
    day = on or today()
    catalogue = catalogue_on(day)
    marks: dict[UUID, list[Mark]] = defaultdict(list)
    for each in fetch_by(scoped_measures(actor), "household_id", set(household_ids)):
        marks[each.household_id].append(mark_of(each))
    return {
        each: facts_of(marks[each], catalogue, day, since.get(each)) for each in set(household_ids)
    }


def matching_measures(risk: str, on: date | None = None) -> tuple[str, ...]:
    """The families of which one must be carried out before a risk counts as eliminated.

    Raises:
        Refused: when no pack is in force.
    """
    return catalogue_on(on).matching(risk)


def labour_in(
    household_ids: Collection[UUID], catalogue: Catalogue | None = None
) -> dict[UUID, bool | None]:
    """Whether households have labour, by the register; None when it is not known.

    Read for guards in a caller's transaction: nobody is shown anything of it.
    """
    wanted = (catalogue or catalogue_on()).labour
    codes: dict[UUID, list[str | None]] = {each: [] for each in household_ids}
    members = Member.objects.filter(active=True).only("household_id", "labour")
    for each in fetch_by(members, "household_id", set(household_ids)):
        codes[each.household_id].append(each.labour)
    return {each: labour_of(found, wanted) for each, found in codes.items()}
