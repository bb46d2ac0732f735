"""Bringing the current tables to what documents say, many households at a time."""

from __future__ import annotations

import secrets
from base64 import b64decode
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bangfu.foundation.bulk.api import chunks_of, fetch_by, insert_rows, update_rows
from bangfu.foundation.clock.api import new_id
from bangfu.registry.domain.document import member_id
from bangfu.registry.domain.items import household_items, member_items, statement_items
from bangfu.registry.domain.sorting import name_key
from bangfu.registry.models import Household, IncomeStatement, Member
from bangfu.registry.models.fields import join_codes
from bangfu.rules.layout import ItemType

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from bangfu.registry.domain.document import Document
    from bangfu.rules.layout import Item

_KEY_BITS: Final = 63
_EMPTY_TEXT: Final = frozenset({ItemType.TEXT, ItemType.CODE, ItemType.DIVISION})

Row: TypeAlias = tuple[Any, ...]
"""Values in the order of the columns they are written to."""


@dataclass(frozen=True, slots=True)
class Present:
    """A household as it shall stand in the current tables: rows ready to be written."""

    household_id: UUID
    data_date: date
    household: Row
    members: tuple[Row, ...]
    incomes: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A household that stays as it is, and is now known to have been so on a later day."""

    household_id: UUID
    version_id: UUID
    data_date: date


def _columns(items: Iterable[Item]) -> list[str]:
    names: list[str] = []
    for item in items:
        secret = (f"{item.name}_sealed", f"{item.name}_fingerprint")
        names.extend(secret if item.secret else (item.name,))
    return names


def _cells(items: Iterable[Item], row: dict[str, Any]) -> list[Any]:
    """A row's values in the order of `_columns`; what is unknown as the column has it."""
    cells: list[Any] = []
    for item in items:
        value = row.get(item.name)
        if item.secret:
            cells.append(None if value is None else b64decode(value["sealed"]))
            cells.append(None if value is None else bytes.fromhex(value["fingerprint"]))
        elif item.type is ItemType.CODES:
            cells.append(join_codes(value))
        elif item.type is ItemType.DATE:
            cells.append(None if value is None else date.fromisoformat(value))
        else:
            cells.append("" if value is None and item.type in _EMPTY_TEXT else value)
    return cells


_HOUSEHOLD: Final = (
    *("id", "head_sort_key", "data_date", "content_hash", "version_id", "active", "left_on"),
    *_columns(household_items()),
)
_MEMBER: Final = (
    *("id", "household_id", "sort_key", "active", "left_on"),
    *_columns(member_items()),
)
_INCOME_ITEMS: Final = statement_items()
_INCOME: Final = ("id", "household_id", *_columns(_INCOME_ITEMS))


def present_of(
    household_id: UUID, version_id: UUID, data_date: date, document: Document, content_hash: bytes
) -> Present:
    """The rows of a household whose version says so on a day. Its secrets are sealed by now.

    A document without members is a household that left the rolls that day.
    """
    values = document["household"]
    left_on = None if document["members"] else data_date
    head = (household_id, name_key(values["head_name"]), data_date, content_hash, version_id)
    return Present(
        household_id,
        data_date,
        household=(*head, left_on is None, left_on, *_cells(household_items(), values)),
        members=tuple(_member_row(household_id, each) for each in document["members"]),
        incomes=tuple(_income_row(household_id, each) for each in document["incomes"]),
    )


def _member_row(household_id: UUID, values: dict[str, Any]) -> Row:
    head = (member_id(values), household_id, name_key(values["name"]), True, None)
    return (*head, *_cells(member_items(), values))


def _income_row(household_id: UUID, values: dict[str, Any]) -> Row:
    return (new_id(), household_id, *_cells(_INCOME_ITEMS, values))


def put_present(present: Sequence[Present]) -> None:
    """Make the current tables show these households, with exactly these members and incomes.

    Rows of members who are not among them any more stay and become inactive. Runs inside the
    caller's transaction.

    Raises:
        IntegrityError: when a person is an active member of another household.
    """
    ids = [each.household_id for each in present]
    known = set(fetch_by(Household.objects.values_list("id", flat=True), "id", ids))
    _put_households(present, known)
    _put_members(present, known)
    _drop_incomes(known)
    insert_rows(IncomeStatement, _INCOME, [row for each in present for row in each.incomes])


def put_confirmed(confirmed: Sequence[Confirmed]) -> None:
    """Note the later day, and nothing else. Runs inside the caller's transaction."""
    rows = [(each.household_id, each.version_id, each.data_date) for each in confirmed]
    update_rows(Household, ("id", "version_id", "data_date"), rows)


def _put_households(present: Sequence[Present], known: Collection[UUID]) -> None:
    changed = [each.household for each in present if each.household_id in known]
    added = [
        (*each.household, secrets.randbits(_KEY_BITS))
        for each in present
        if each.household_id not in known
    ]
    insert_rows(Household, (*_HOUSEHOLD, "household_key"), added)
    update_rows(Household, _HOUSEHOLD, changed)


def _put_members(present: Sequence[Present], known: Collection[UUID]) -> None:
    rows = Member.objects.values_list("id", "household_id", "active")
    there = {row[0]: row[1:] for row in fetch_by(rows, "household_id", known)}
    wanted = {row[0]: row for each in present for row in each.members}
    days = {each.household_id: each.data_date for each in present}
    gone = [
        (row_id, False, days[household_id])
        for row_id, (household_id, active) in there.items()
        if active and row_id not in wanted
    ]
    # Numbers and documents may go from one member to another: all are let go before any is taken.
    _deactivate(known)
    update_rows(Member, ("id", "active", "left_on"), gone)
    update_rows(Member, _MEMBER, [row for row_id, row in wanted.items() if row_id in there])
    insert_rows(Member, _MEMBER, [row for row_id, row in wanted.items() if row_id not in there])


def _deactivate(household_ids: Collection[UUID]) -> None:
    for chunk in chunks_of(household_ids):
        Member.objects.filter(household_id__in=chunk, active=True).update(active=False)


def _drop_incomes(household_ids: Collection[UUID]) -> None:
    for chunk in chunks_of(household_ids):
        IncomeStatement.objects.filter(household_id__in=chunk).delete()


def withdraw(household_ids: Sequence[UUID]) -> None:
    """Take households out of the current tables: the rows stay, inactive, with their numbers."""
    _deactivate(household_ids)
    _drop_incomes(household_ids)
    for chunk in chunks_of(household_ids):
        Household.objects.filter(id__in=chunk).update(active=False, version=None)
