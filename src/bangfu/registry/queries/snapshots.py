"""The register as frames for snapshots: keys, codes and whole numbers, no names and no secrets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import polars as pl
from django.db import transaction

from bangfu.foundation.audit.api import record
from bangfu.kernel.division import DivisionCode
from bangfu.registry.domain.document import ANNUAL, Document
from bangfu.registry.domain.items import INCOME_YEAR, household_items, member_items, statement_items
from bangfu.registry.domain.versions import version_in_force
from bangfu.registry.models import Household, IncomeStatement, Member
from bangfu.registry.models.fields import join_codes
from bangfu.registry.permissions import READ
from bangfu.registry.queries.histories import contents_of, marks_of
from bangfu.registry.queries.moves import moved_away
from bangfu.rules.layout import AREAS_AND_LENGTHS, ItemType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from bangfu.foundation.access.api import Actor
    from bangfu.rules.layout import Item

KEY: Final = "household_key"
VILLAGE: Final = "village_code"
LAST_YEAR_NET: Final = "last_year_net_income"
_NET: Final = (
    pl.col("wage_income")
    + pl.col("business_income")
    + pl.col("property_income")
    + pl.col("transfer_income")
    - pl.col("business_expenses")
)
"""Gross income less business expenses; unknown when any part is."""

_BORN: Final = "birth_date"
_NUMBERS: Final = frozenset({ItemType.COUNT, ItemType.FEN, ItemType.MONTH, *AREAS_AND_LENGTHS})


def _told(items: Iterable[Item]) -> list[Item]:
    """The items a snapshot holds: codes, flags and numbers; no text, no secret, no exact day."""
    kept = (*_NUMBERS, ItemType.CODE, ItemType.CODES, ItemType.FLAG)
    return [item for item in items if item.type in kept and not item.secret]


def _kind(item: Item) -> pl.DataType:
    if item.type in _NUMBERS:
        return pl.Int64()
    return pl.Boolean() if item.type is ItemType.FLAG else pl.String()


_HOUSEHOLD_ITEMS: Final = _told(household_items())
_INCOME_ITEMS: Final = _told(statement_items())
_MEMBER_ITEMS: Final = _told(member_items())

_SEVERAL: Final = frozenset(
    x.name for x in (*_HOUSEHOLD_ITEMS, *_MEMBER_ITEMS) if x.type is ItemType.CODES
)

_HOUSEHOLD: Final = pl.Schema(
    {KEY: pl.Int64(), VILLAGE: pl.String(), **{x.name: _kind(x) for x in _HOUSEHOLD_ITEMS}}
)
_INCOME: Final = pl.Schema({KEY: pl.Int64(), **{x.name: _kind(x) for x in _INCOME_ITEMS}})
_MEMBER: Final = pl.Schema(
    {KEY: pl.Int64(), _BORN: pl.Date(), **{x.name: _kind(x) for x in _MEMBER_ITEMS}}
)


@transaction.atomic
def frames_of(
    actor: Actor, division: str, as_of: date, *, only: int | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Households and members of a division as they were on a day, as known now.

    A household that moved to another place since counts where it was, one that left the rolls until
    it did.

    Args:
        actor: needs `registry.read` in the whole division.
        division: which place.
        as_of: the day. Incomes are of the latest yearly survey up to its year;
            `last_year_net_income` is of the one of the year before that survey.
        only: the key of the one household to read; None for all.

    Returns:
        Households sorted by `household_key`, with `village_code` and the items' names; members in
        the same order, with `birth_month` (year x 12 + month - 1) in place of the birth date.
        Months are numbers of the same kind, money is fen, areas 0.01 mu, unknown is null.

    Raises:
        AccessRefused: without the right to read the whole division.
    """
    actor.check(READ, division)
    place = DivisionCode(division)
    wanted = Household.objects.all() if only is None else Household.objects.filter(**{KEY: only})
    inside = wanted.filter(village_code__gte=place, village_code__lt=place.ceiling)
    settled = inside.filter(active=True, data_date__lte=as_of)
    away = wanted.filter(id__in=moved_away(place, as_of))
    moved_on = (inside | away).filter(data_date__gt=as_of).values_list("id", KEY)
    past = _past(dict(moved_on), as_of, place)
    households = _households(settled, past)
    members = _members(settled, past)
    incomes = _incomes(settled, past, as_of.year)
    record(
        actor=actor,
        action="registry.frames_read",
        kind="counted",
        subject_type="household",
        division=division,
        count=households.height,
        filters={"as_of": as_of.isoformat()},
    )
    wide = households.join(incomes, on=KEY, how="left").sort(KEY)
    return _finished(wide), _finished(members.sort(KEY, maintain_order=True))


def _past(keys: dict[UUID, int], as_of: date, place: DivisionCode) -> list[tuple[int, Document]]:
    """The documents that held on the day, of households the tables show on a later day."""
    held = {row: version_in_force(marks, as_of) for row, marks in marks_of(keys).items()}
    wanted = {row: mark.content for row, mark in held.items() if mark and mark.content}
    contents = contents_of(set(wanted.values()))
    found = ((keys[row], contents[content][0]) for row, content in wanted.items())
    # A household without members had left the rolls by then.
    return [
        (key, document)
        for key, document in found
        if document["members"] and place.contains(document["household"][VILLAGE])
    ]


def _households(settled: QuerySet[Household], past: Sequence[tuple[int, Document]]) -> pl.DataFrame:
    rows = list(settled.values_list(*_HOUSEHOLD))
    then = (_cells(_HOUSEHOLD, key, document["household"]) for key, document in past)
    return _frame(_HOUSEHOLD, [*map(_codes_joined, rows), *then])


def _members(settled: QuerySet[Household], past: Sequence[tuple[int, Document]]) -> pl.DataFrame:
    found = Member.objects.filter(active=True, household__in=settled).order_by("person_number")
    rows = list(found.values_list(f"household__{KEY}", *list(_MEMBER)[1:]))
    then = (
        _cells(_MEMBER, key, {**row, _BORN: date.fromisoformat(row[_BORN])})
        for key, document in past
        for row in document["members"]
    )
    return _frame(_MEMBER, [*map(_codes_joined, rows), *then])


def _incomes(
    settled: QuerySet[Household], past: Sequence[tuple[int, Document]], year: int
) -> pl.DataFrame:
    """The latest yearly statement of each household, up to a year, with the net income before."""
    found = IncomeStatement.objects.filter(
        household__in=settled, income_purpose=ANNUAL, income_year__lte=year
    )
    rows = list(found.values_list(f"household__{KEY}", *list(_INCOME)[1:]))
    then = (
        _cells(_INCOME, key, row)
        for key, document in past
        for row in document["incomes"]
        if row["income_purpose"] == ANNUAL and row[INCOME_YEAR] <= year
    )
    every = _frame(_INCOME, [*rows, *then]).sort(INCOME_YEAR)
    before = every.select(KEY, pl.col(INCOME_YEAR) + 1, _NET.alias(LAST_YEAR_NET))
    latest = every.unique(KEY, keep="last")
    return latest.join(before, on=[KEY, INCOME_YEAR], how="left", validate="1:1")


def _cells(schema: pl.Schema, key: int, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A document's row as the tables would give it."""
    names = list(schema)[1:]
    joined = (join_codes(row.get(name)) if name in _SEVERAL else row.get(name) for name in names)
    return (key, *joined)


def _codes_joined(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(join_codes(cell) if isinstance(cell, tuple) else cell for cell in row)


def _frame(schema: pl.Schema, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=schema, orient="row")


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    """Unknown texts as null, several codes as lists, months as numbers, births as months."""
    texts = pl.col(pl.String)
    frame = frame.with_columns(pl.when(texts != "").then(texts))
    changed = []
    for item in (*_HOUSEHOLD_ITEMS, *_INCOME_ITEMS, *_MEMBER_ITEMS):
        column = pl.col(item.name)
        if item.name in frame.columns and item.type is ItemType.MONTH:
            changed.append(column // 100 * 12 + column % 100 - 1)
        elif item.name in frame.columns and item.type is ItemType.CODES:
            changed.append(column.str.split(","))
    frame = frame.with_columns(changed)
    if _BORN not in frame.columns:
        return frame
    born = pl.col(_BORN).dt
    month = born.year().cast(pl.Int64) * 12 + born.month() - 1
    return frame.with_columns(month.alias("birth_month")).drop(_BORN)
