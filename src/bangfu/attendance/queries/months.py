"""What a month of duty comes to: from its record once it is over, counted until then."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bangfu.attendance.domain.months import (
    days_between,
    missing_days,
    required_days,
    served_days,
)
from bangfu.attendance.models import DutyMonth, SignIn
from bangfu.attendance.queries.leaves import spans_of
from bangfu.foundation.bulk.api import fetch_by
from bangfu.policy.api import active_pack

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from bangfu.attendance.domain.months import Month
    from bangfu.teams.api import Duty

REQUIRED: Final = "resident_days"


@dataclass(frozen=True, slots=True)
class Came:
    """The days somebody was in a village in a month, and what told of them."""

    days: frozenset[date] = frozenset()
    visits: frozenset[date] = frozenset()
    notes: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class MonthCount:
    """What a month comes to.

    Attributes:
        required: days asked for; None when nobody set a number.
        present: days in the village, each counted once. visits: those a visit told of.
        away: days on leave and not in the village.
        missing: days asked for that were neither; None without a number.
        frozen: whether it is the record of a month that is over.
    """

    required: int | None
    present: int
    visits: int
    away: int
    notes: int
    missing: int | None
    frozen: bool = field(default=False)


def came_in(duties: Collection[Duty], month: Month, until: date | None = None) -> dict[UUID, Came]:
    """The days of people in the villages of their duties, by duty; a day counts once.

    Args:
        until: the last day to count; None for the whole month.
    """
    rows = SignIn.objects.filter(day__gte=month.first, day__lt=month.end)
    if until is not None:
        rows = rows.filter(day__lte=until)
    columns = rows.values_list("cadre_id", "division", "day", "source", "note_sealed")
    told: dict[tuple[UUID, str], list[tuple[date, str, bool]]] = defaultdict(list)
    for cadre, division, day, source, note in fetch_by(
        columns, "cadre_id", {each.cadre_id for each in duties}
    ):
        told[cadre, division].append((day, source, note is not None))
    return {each.pk: _came(each, told[each.cadre_id, each.division]) for each in duties}


def _came(duty: Duty, told: list[tuple[date, str, bool]]) -> Came:
    held = [
        each
        for each in told
        if duty.valid_from <= each[0] and (duty.valid_to is None or each[0] < duty.valid_to)
    ]
    return Came(
        frozenset(day for day, _, _ in held),
        frozenset(day for day, source, _ in held if source == SignIn.VISIT),
        frozenset(day for day, _, noted in held if noted),
    )


def count_months(duties: Collection[Duty], month: Month) -> dict[UUID, MonthCount]:
    """What a month comes to for each duty; unscoped, names nobody."""
    frozen = {
        each.duty_id: _frozen(each)
        for each in fetch_by(
            DutyMonth.objects.filter(month=month.first), "duty_id", {each.pk for each in duties}
        )
    }
    return frozen | counted_now([each for each in duties if each.pk not in frozen], month)


def _frozen(row: DutyMonth) -> MonthCount:
    return MonthCount(
        row.required, row.present, row.visits, row.away, row.notes, row.missing, frozen=True
    )


def counted_now(duties: Collection[Duty], month: Month) -> dict[UUID, MonthCount]:
    """What a month comes to as it is counted now, whatever its record says."""
    came = came_in(duties, month)
    spans = spans_of([each.pk for each in duties], month)
    asked = _asked({each.division for each in duties}, month)
    return {
        each.pk: _count(each, month, came[each.pk], spans.get(each.pk, []), asked[each.division])
        for each in duties
    }


def _asked(divisions: Collection[str], month: Month) -> Mapping[str, int | None]:
    """How many days a month asks for by village, as its first day knows it."""
    pack = active_pack(month.first)
    return {each: pack.parameters_on(month.first, each).get(REQUIRED) for each in divisions}


def _count(
    duty: Duty,
    month: Month,
    came: Came,
    spans: list[tuple[date, date]],
    asked: int | None,
) -> MonthCount:
    required = required_days(asked, month, served_days(month, duty.valid_from, duty.valid_to))
    away = days_between(month, spans) - came.days
    return MonthCount(
        required=required,
        present=len(came.days),
        visits=len(came.visits),
        away=len(away),
        notes=len(came.notes),
        missing=missing_days(required, set(came.days), away),
    )
