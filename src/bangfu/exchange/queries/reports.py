"""What offices reported: for snapshots as a frame, for a household's page in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl
from django.db import transaction

from bangfu.exchange.models import FeedList, ListRow, Report, RowOutcome
from bangfu.exchange.permissions import READ
from bangfu.foundation.audit.api import record, record_opened
from bangfu.kernel.division import DivisionCode, Level
from bangfu.policy.api import active_pack
from bangfu.registry.api import producers_of
from bangfu.rules.api import month_index

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.registry.api import Household

WINDOW: Final = "feed_window_months"
"""The parameter that says for how many months a list tells about those who are not on it."""

SCHEMA: Final = pl.Schema(
    {
        "household_key": pl.Int64(),
        "trigger": pl.String(),
        "month": pl.Int64(),
        "amount": pl.Int64(),
        "percent": pl.Int64(),
        "labour": pl.String(),
        "product": pl.String(),
    }
)
"""The columns of reports. `month` is year x 12 + month - 1, `amount` fen; unknown is null."""

_Tuple = tuple[int, str, int, int | None, int | None, str | None, str | None]


@transaction.atomic
def reports_of(
    actor: Actor, division: str, as_of: date, *, only: int | None = None
) -> tuple[pl.DataFrame, dict[str, tuple[str, ...]]]:
    """What offices reported of a division's households up to a day, as known now.

    Args:
        actor: needs `exchange.read` in the whole division.
        division: which place.
        as_of: the day. Reports of later events, and lists of later days, are left out.
        only: the key of the one household to read about; None for all.

    Returns:
        The reports (see `SCHEMA`), sorted by all columns; a price is one report of every household
        of its place that lives from the product. And by county the triggers of which a list of
        the whole county was committed whose day lies in the window before `as_of`: of these, who
        is not on a list was not reported.

    Raises:
        AccessRefused: without the right to read the whole division.
        Refused: when no pack is in force on the day.
    """
    actor.check(READ, division)
    place = DivisionCode(division)
    rows = [*_personal(place, as_of, only), *_prices(actor, place, as_of, only)]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(list(SCHEMA), nulls_last=True)
    record(
        actor=actor,
        action="exchange.reports_read",
        kind="counted",
        subject_type="report",
        division=division,
        count=frame.height,
        filters={"as_of": as_of.isoformat()},
    )
    return frame, _feeds(place, as_of)


def _personal(place: DivisionCode, as_of: date, only: int | None) -> Iterable[_Tuple]:
    about = {} if only is None else {"household__household_key": only}
    found = Report.objects.filter(
        **about,
        household__village_code__gte=place,
        household__village_code__lt=place.ceiling,
        list__withdrawn_at__isnull=True,
        undone_at__isnull=True,
        day__lte=as_of,
    ).values_list(
        "household__household_key", "trigger", "day", "amount", "percent", "labour", "product"
    )
    for key, trigger, day, amount, percent, labour, product in found.iterator(chunk_size=10_000):
        yield key, trigger, month_index(day), amount, percent, labour or None, product or None


def _prices(actor: Actor, place: DivisionCode, as_of: date, only: int | None) -> list[_Tuple]:
    """Reports of products, one for every household that lives from the product there."""
    told = ListRow.objects.filter(
        live=True,
        outcome=RowOutcome.MATCHED,
        list__withdrawn_at__isnull=True,
        day__lte=as_of,
    ).exclude(place="")
    prices = [
        row
        for row in told.values_list("place", "product", "list__trigger", "day", "amount", "percent")
        if row[1] and (place.contains(row[0]) or DivisionCode(row[0]).contains(place))
    ]
    if not prices:
        return []
    by_product: dict[str, list[tuple[int, str]]] = {}
    for key, village, products in producers_of(actor, READ, place, only=only):
        for product in products:
            by_product.setdefault(product, []).append((key, village))
    return [
        (key, trigger, month_index(day), amount, percent, None, product)
        for where, product, trigger, day, amount, percent in prices
        for key, village in by_product.get(product, ())
        if day is not None and DivisionCode(where).contains(village)
    ]


def _feeds(place: DivisionCode, as_of: date) -> dict[str, tuple[str, ...]]:
    """By county the triggers that lists of whole counties told about in the window."""
    pack = active_pack(as_of)
    lists = FeedList.objects.filter(
        committed_at__isnull=False, withdrawn_at__isnull=True, data_date__lte=as_of
    )
    found: dict[str, set[str]] = {}
    # A county hands in many lists, and its numbers are the same for each.
    windows: dict[str, int | None] = {}
    for trigger, counties, day in lists.values_list("trigger", "counties", "data_date"):
        for county in counties:
            if not _overlap(place, county):
                continue
            if county not in windows:
                windows[county] = pack.parameters_on(as_of, county).get(WINDOW)
            window = windows[county]
            if window is not None and month_index(as_of) - month_index(day) < window:
                found.setdefault(county, set()).add(trigger)
    return {county: tuple(sorted(told)) for county, told in sorted(found.items())}


def _overlap(place: DivisionCode, county: str) -> bool:
    return place.contains(county) or (
        place.level > Level.COUNTY and str(place.at(Level.COUNTY)) == county
    )


@dataclass(frozen=True, slots=True)
class HouseholdReport:
    """One report of a household, for its page.

    Attributes:
        feed: the kind of list; `organisation` who handed it in.
        person: the member's name; empty for the household as a whole.
        matched_by: the person who matched it; empty when the number did.
    """

    id: UUID
    feed: str
    trigger: str
    organisation: str
    day: date
    amount: int | None
    percent: int | None
    product: str
    person: str
    committed_at: datetime | None
    matched_by: str


@transaction.atomic
def list_reports(actor: Actor, household: Household, *, limit: int = 50) -> list[HouseholdReport]:
    """What offices reported of a household that the actor opened, the latest first; audited.

    A household outside the actor's scope has none for them.
    """
    if not actor.may(READ, household.village_code):
        return []
    record_opened(actor, "household_reports", household.id, household.village_code)
    found = (
        Report.objects.filter(
            household=household, undone_at__isnull=True, list__withdrawn_at__isnull=True
        )
        .select_related("list", "member")
        .order_by("-day", "-id")
    )
    told = [*map(_of_household, found[:limit]), *_prices_of(household)]
    return sorted(told, key=lambda each: (each.day, each.id), reverse=True)[:limit]


def _prices_of(household: Household) -> list[HouseholdReport]:
    """What was told of the products that the household lives from."""
    products = [each for each in household.main_products or () if each]
    village = DivisionCode(household.village_code)
    rows = ListRow.objects.filter(
        live=True,
        outcome=RowOutcome.MATCHED,
        list__withdrawn_at__isnull=True,
        place__in=[str(each) for each in (*village.ancestors(), village) if each],
        product__in=products,
    ).select_related("list")
    return [_of_place(each, each.day) for each in rows if each.day is not None]


def _of_place(row: ListRow, day: date) -> HouseholdReport:
    return HouseholdReport(
        id=row.id,
        feed=row.list.feed,
        trigger=row.list.trigger,
        organisation=row.list.organisation,
        day=day,
        amount=row.amount,
        percent=row.percent,
        product=row.product,
        person="",
        committed_at=row.list.committed_at,
        matched_by="",
    )


def _of_household(each: Report) -> HouseholdReport:
    return HouseholdReport(
        id=each.id,
        feed=each.list.feed,
        trigger=each.trigger,
        organisation=each.list.organisation,
        day=each.day,
        amount=each.amount,
        percent=each.percent,
        product=each.product,
        person=each.member.name if each.member else "",
        committed_at=each.list.committed_at,
        matched_by=each.matched_by,
    )
