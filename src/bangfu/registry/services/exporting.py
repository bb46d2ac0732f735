"""The registration workbook of a division: what was imported, given back as it stands today.

Imported again on the same day, it changes nothing. It holds whole document numbers, phones and
accounts; hence two rights, a reason, and a file that is kept sealed for a day only.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from bangfu.foundation.audit.api import record_listed
from bangfu.foundation.bulk.api import chunks_of, fetch_by
from bangfu.foundation.clock.api import now, today
from bangfu.foundation.files.api import (
    Purpose,
    delete_stored,
    list_stored,
    register_purpose,
    store,
)
from bangfu.foundation.importing.api import write_filled
from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.document import ANNUAL
from bangfu.registry.domain.items import household_items, member_items, statement_items
from bangfu.registry.models import Household, IncomeStatement, Member
from bangfu.registry.permissions import EXPORT, READ_SECRET
from bangfu.registry.queries.households import SUBJECT, HouseholdFilters, scoped_households
from bangfu.registry.queries.leaves import open_secret, sealed_column
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.files.api import StoredFile
    from bangfu.rules.layout import Item

REGISTERS: Final = Purpose(
    "registry.register_file",
    read=READ_SECRET,
    write=READ_SECRET,
    zh="导出的登记工作簿",
    en="Registration workbook given out",
)
register_purpose(REGISTERS)

KEPT: Final = timedelta(days=1)
"""How long a workbook that was given out is kept to be downloaded."""


def write_register(*, actor: Actor, division: str, reason: str) -> bytes:
    """The registration workbook of a division's households on the rolls.

    Args:
        actor: needs `registry.export` and `registry.read_secret` in the whole division.
        division: which place.
        reason: what it is needed for; stands in the audit beside every household's id.

    Raises:
        AccessRefused: without one of the rights there.
        Refused: `registry.reason_missing`.
    """
    actor.check(EXPORT, division)
    actor.check(READ_SECRET, division)
    if not reason.strip():
        raise Refused(Problem("registry.reason_missing"))
    with transaction.atomic():
        inside = HouseholdFilters(division=division).q()
        found = scoped_households(actor, EXPORT).filter(inside)
        ids = list(found.order_by("household_number").values_list("id", flat=True))
        filters = {"division": division, "export": True, "reason": reason.strip()}
        record_listed(actor, SUBJECT, filters, ids, division)
    layout = load_layout().on(today())
    rows = {"household": _households(ids), "member": _members(ids)}
    return write_filled(layout, rows)


def keep_register(*, actor: Actor, division: str, reason: str) -> StoredFile:
    """Write the workbook of a division and keep it sealed until it is fetched.

    Raises:
        AccessRefused, Refused: as `write_register`.
    """
    workbook = write_register(actor=actor, division=division, reason=reason)
    name = f"{division}-{today().isoformat()}.xlsx"
    stream = BytesIO(workbook)
    return store(actor=actor, name=name, stream=stream, purpose=REGISTERS.name, division=division)


def drop_registers(*, actor: Actor) -> int:
    """Delete the workbooks that were given out more than a day ago; answer how many."""
    stale = list_stored(actor, REGISTERS.name).filter(created_at__lt=now() - KEPT)
    ids = list(stale.values_list("id", flat=True))
    for each in ids:
        delete_stored(actor=actor, file_id=each)
    return len(ids)


def _households(ids: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    """Household rows, each with its latest yearly statement, in the order of the ids."""
    for chunk in chunks_of(ids):
        found = {each.pk: each for each in Household.objects.filter(id__in=chunk)}
        incomes: dict[UUID, IncomeStatement] = {}
        annual = IncomeStatement.objects.filter(household__in=chunk, income_purpose=ANNUAL)
        for statement in annual.order_by("income_year"):
            incomes[statement.household_id] = statement
        for each in chunk:
            row = _values("household", household_items(), found[each])
            if each in incomes:
                row |= _values("incomes", statement_items(), incomes[each])
            yield row


def _members(ids: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    for chunk in chunks_of(ids):
        numbers = dict(
            fetch_by(Household.objects.values_list("id", "household_number"), "id", chunk)
        )
        found = Member.objects.filter(household__in=chunk, active=True)
        for each in found.order_by("person_number"):
            row = _values("members", member_items(), each)
            yield {"household_number": numbers[each.household_id], **row}


def _values(section: str, items: Iterable[Item], row: Any) -> dict[str, Any]:
    return {item.name: _value(section, item, row) for item in items}


def _value(section: str, item: Item, row: Any) -> Any:
    if not item.secret:
        return getattr(row, item.name)
    sealed = getattr(row, sealed_column(item.name))
    return open_secret(section, item.name, row.pk, bytes(sealed)) if sealed else None
