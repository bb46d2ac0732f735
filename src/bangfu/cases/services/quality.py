"""Looking through records and cases for doubtful data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.cases.domain.quality import Answer
from bangfu.cases.models import Doubt, QualityCount
from bangfu.cases.permissions import READ
from bangfu.cases.queries.quality_facts import look_at
from bangfu.cases.queries.quality_table import quality_table
from bangfu.foundation.clock.api import new_id, now, today
from bangfu.kernel.division import DivisionCode, Level
from bangfu.registry.api import Household

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from bangfu.cases.queries.quality_facts import Looked
    from bangfu.cases.queries.quality_rules import QualityRule, QualityTable
    from bangfu.foundation.access.api import Actor

    Key = tuple[UUID, str]

SLICE: Final = 2000
"""Households gathered at a time."""


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """What a look through a county brought: doubts that are new, and those that are over."""

    found: int
    cleared: int


def look_through(*, actor: Actor, county: str) -> LookedThrough:
    """Ask every rule about every household of a county; keep what is doubtful.

    A doubt that stands keeps its day; one that no longer holds is cleared. Where data are missing a
    doubt that stood stays: nobody has put it right.

    Args:
        actor: needs `cases.read` in the county.
        county: its code.

    Raises:
        AccessRefused: without it.
    """
    place = DivisionCode(county)
    actor.check(READ, place)
    table = quality_table()
    if table is None:
        return LookedThrough(0, 0)
    return _look_through(place, table)


@transaction.atomic
def _look_through(place: DivisionCode, table: QualityTable) -> LookedThrough:
    moment = now()
    within = {"division__gte": place, "division__lt": place.ceiling}
    standing = {
        (x.household_id, x.rule): x for x in Doubt.objects.filter(cleared_at=None, **within)
    }
    counted: Counter[tuple[str, Answer]] = Counter()
    new: list[Doubt] = []
    kept: set[Key] = set()
    for looked in _each(place, table):
        for rule in table.about(looked.status):
            said = rule.judge(looked.facts)
            counted[rule.code, said] += 1
            key = (looked.household.pk, rule.code)
            if said is Answer.DOUBTFUL and key not in standing:
                new.append(_doubt(looked, rule, moment))
            if said is not Answer.FINE and key in standing:
                kept.add(key)
    over = [each.pk for key, each in standing.items() if key not in kept]
    for first in range(0, len(over), SLICE):
        Doubt.objects.filter(pk__in=over[first : first + SLICE]).update(cleared_at=moment)
    Doubt.objects.bulk_create(new, batch_size=SLICE)
    _keep_counts(str(place.at(Level.COUNTY)), table, counted, moment)
    return LookedThrough(len(new), len(over))


def _each(place: DivisionCode, table: QualityTable) -> Iterator[Looked]:
    rows = Household.objects.filter(
        village_code__gte=place, village_code__lt=place.ceiling, active=True
    ).order_by("pk")
    last: UUID | None = None
    while True:
        onward = rows.filter(pk__gt=last) if last else rows
        homes = list(onward[:SLICE])
        if not homes:
            return
        yield from look_at(homes, table, today())
        last = homes[-1].pk


def _doubt(looked: Looked, rule: QualityRule, moment: datetime) -> Doubt:
    seen: dict[str, Any] = {
        name: looked.facts[name] for name in sorted(rule.condition.names) if name in looked.facts
    }
    return Doubt(
        id=new_id(),
        household=looked.household,
        case=looked.case,
        division=looked.household.village_code,
        rule=rule.code,
        facts=seen,
        since=moment,
    )


def _keep_counts(
    county: str, table: QualityTable, counted: Mapping[tuple[str, Answer], int], moment: datetime
) -> None:
    QualityCount.objects.filter(county=county).delete()
    QualityCount.objects.bulk_create(
        QualityCount(
            county=county,
            rule=code,
            checked_at=moment,
            **{each.value: counted.get((code, each), 0) for each in Answer},
        )
        for code in table.rules
    )
