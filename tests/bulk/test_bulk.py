"""Many rows set by set, alike on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from bangfu.foundation.bulk.api import chunks_of, fetch_by, insert_rows, update_rows
from bangfu.foundation.clock.api import new_id
from bangfu.registry.models import Division, ImportBatch

pytestmark = pytest.mark.django_db

COLUMNS = (
    *("id", "code", "name", "level", "parent_code", "sort_key"),
    *("valid_from", "valid_to", "source"),
)
DAY = date(2026, 11, 20)


def row(code: str, name: str = "朱元村", ends: date | None = None) -> tuple[object, ...]:
    return (new_id(), code, name, 12, code[:9], "zhu1", DAY, ends, "\t\\N;'\"\n 试")


def test_rows_come_back_as_they_went_in() -> None:
    rows = [row("511921103201"), row("511921103202", ends=date(2027, 1, 1))]
    assert insert_rows(Division, COLUMNS, rows) == 2
    assert list(Division.objects.order_by("code").values_list(*COLUMNS)) == rows


def test_moments_and_bytes_come_back_as_they_went_in() -> None:
    batch = ImportBatch.objects.create(
        division="51", data_date=DAY, checked_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    moment = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
    update_rows(ImportBatch, ("id", "checked_at", "committed_at"), [(batch.id, moment, None)])
    batch.refresh_from_db()
    assert (batch.checked_at, batch.committed_at) == (moment, None)


def test_an_update_changes_the_rows_named_and_the_columns_named() -> None:
    rows = [row(f"51192110320{n}") for n in range(3)]
    insert_rows(Division, COLUMNS, rows)
    changed = [(rows[1][0], "红云村", date(2028, 1, 1)), (rows[2][0], "双河村", None)]
    assert update_rows(Division, ("id", "name", "valid_to"), changed) == 2
    found = Division.objects.order_by("code").values_list("name", "valid_to", "sort_key")
    assert list(found) == [
        ("朱元村", None, "zhu1"),
        ("红云村", date(2028, 1, 1), "zhu1"),
        ("双河村", None, "zhu1"),
    ]


def test_two_updates_in_one_transaction_do_not_meet() -> None:
    rows = [row("511921103201")]
    insert_rows(Division, COLUMNS, rows)
    for name in ("一村", "二村"):
        update_rows(Division, ("id", "name"), [(rows[0][0], name)])
    assert Division.objects.get().name == "二村"


def test_nothing_to_write_is_no_statement() -> None:
    assert insert_rows(Division, COLUMNS, []) == update_rows(Division, ("id", "name"), []) == 0


def test_a_constraint_refuses_as_it_does_everywhere() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Division, COLUMNS, [row("511921103201"), row("511921103201")])
    assert not Division.objects.exists()


def test_keys_come_in_lists_short_enough_for_the_database() -> None:
    keys = [f"{n:012d}" for n in range(25_000)]
    chunks = list(chunks_of(keys))
    assert [key for chunk in chunks for key in chunk] == keys
    assert len(chunks) > 1
    insert_rows(Division, COLUMNS, [row(keys[0]), row(keys[-1])])
    found = set(fetch_by(Division.objects.values_list("code", flat=True), "code", keys))
    assert found == {keys[0], keys[-1]}
