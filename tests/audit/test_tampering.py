"""Whoever writes into the database by hand is found, and the first bad row is named.

Each test seals three batches of rows, changes the tables with plain SQL, and asks the verifier.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import DataError, connection, transaction

from audit.rows import MOMENT, add
from bangfu.foundation.audit.api import AuditEvent, verify
from bangfu.foundation.audit.models import AuditBatch
from bangfu.foundation.audit.records import event_record, header_of, moment_text
from bangfu.foundation.audit.verify_audit import (
    Finding,
    chain_of,
    checkpoint_line,
    leaf_of,
    root_of,
)
from bangfu.foundation.clock.api import new_id, using_clock
from bangfu.kernel.clock import FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from audit.conftest import Seal
    from bangfu.foundation.access.api import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(actor: Actor, seal: Seal) -> list[list[UUID]]:
    """The ids of three batches of three rows."""
    for _ in range(3):
        add(actor, 3)
        seal()
    assert verify().intact
    return [
        list(AuditEvent.objects.filter(batch=each).order_by("id").values_list("id", flat=True))
        for each in (1, 2, 3)
    ]


def sql(statement: str, *values: Any) -> None:
    """Plain SQL; ids as 32 hexadecimal digits, which both databases take."""
    given = [each.hex if isinstance(each, UUID) else each for each in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def codes() -> list[tuple[str, int]]:
    return [(each.code, each.batch) for each in verify().findings]


def overwrite(row: UUID, column: str, value: Any) -> None:
    """Change one column; a row that gets a person loses its system, or the database refuses."""
    also = ", system = ''" if column == "person_id" else ""
    statement = "UPDATE audit_auditevent SET COLUMN = %s ALSO WHERE id = %s"
    sql(statement.replace("COLUMN", column).replace("ALSO", also), value, row)


COLUMNS = {
    "at": "2026-11-19 01:02:03+00:00",
    "person_id": UUID(int=7).hex,
    "posting_id": UUID(int=7).hex,
    "action": "household.counted",
    "kind": "counted",
    "subject_type": "member",
    "subject_ids": '["h9"]',
    "division": "511922",
    "purpose": "年度核查",
    "count": 2,
    "filters": "{}",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edited_row_is_named_whatever_was_edited(sealed: list[list[UUID]], column: str) -> None:
    row = sealed[1][1]
    overwrite(row, column, COLUMNS[column])
    assert verify().findings == [Finding("row_edited", 2, str(row))]


def test_another_name_of_the_system_is_noticed(sealed: list[list[UUID]]) -> None:
    sql("UPDATE audit_auditevent SET system = 'other' WHERE id = %s", sealed[0][2])
    assert verify().findings == [Finding("row_edited", 1, str(sealed[0][2]))]


def test_a_value_that_became_none_is_noticed(sealed: list[list[UUID]]) -> None:
    sql("UPDATE audit_auditevent SET count = NULL WHERE id = %s", sealed[0][0])
    assert verify().findings == [Finding("row_edited", 1, str(sealed[0][0]))]


def test_a_deleted_row_is_named(sealed: list[list[UUID]]) -> None:
    sql("DELETE FROM audit_auditevent WHERE id = %s", sealed[1][2])
    assert verify().findings == [Finding("row_deleted", 2, str(sealed[1][2]))]


def test_an_inserted_row_is_named(sealed: list[list[UUID]]) -> None:
    fresh = new_id()
    row = AuditEvent.objects.get(pk=sealed[1][0])
    row.pk, row._state.adding = fresh, True
    row.save(force_insert=True)
    assert verify().findings == [Finding("row_inserted", 2, str(fresh))]


def test_two_rows_with_swapped_contents_are_named_in_their_order(
    sealed: list[list[UUID]],
) -> None:
    first, second = sealed[1][0], sealed[1][2]
    contents = dict(AuditEvent.objects.filter(batch=2).values_list("id", "subject_ids"))
    assert contents[first] != contents[second]
    overwrite(first, "subject_ids", contents[second])
    overwrite(second, "subject_ids", contents[first])
    assert verify().findings == [
        Finding("row_edited", 2, str(first)),
        Finding("row_edited", 2, str(second)),
    ]


def test_rows_swapped_between_batches_are_named(sealed: list[list[UUID]]) -> None:
    one, two = sealed[0][1], sealed[1][1]
    sql("UPDATE audit_auditevent SET batch_id = 2 WHERE id = %s", one)
    sql("UPDATE audit_auditevent SET batch_id = 1 WHERE id = %s", two)
    assert {(each.code, each.batch, each.row) for each in verify().findings} == {
        ("row_deleted", 1, str(one)),
        ("row_inserted", 1, str(two)),
        ("row_deleted", 2, str(two)),
        ("row_inserted", 2, str(one)),
    }


def test_a_row_taken_out_of_its_batch_is_named(
    sealed: list[list[UUID]], actor: Actor, seal: Seal
) -> None:
    sql("UPDATE audit_auditevent SET batch_id = NULL, division = '51' WHERE id = %s", sealed[0][0])
    assert codes() == [("row_deleted", 1)]
    seal()  # sealing it anew does not heal it
    assert verify().findings == [Finding("row_deleted", 1, str(sealed[0][0]))]


def test_a_cut_tail_is_found(sealed: list[list[UUID]]) -> None:
    sql("DELETE FROM audit_auditevent WHERE batch_id = 3")
    sql("DELETE FROM audit_auditbatch WHERE number = 3")
    assert verify().findings == [Finding("tail_cut", 3, detail="3-3")]
    with using_clock(FixedClock(MOMENT - timedelta(days=1))):  # a clock put back hides nothing
        assert codes() == [("tail_cut", 3)]


def test_a_record_that_was_emptied_is_found(sealed: list[list[UUID]]) -> None:
    sql("DELETE FROM audit_auditevent")
    sql("DELETE FROM audit_auditbatch")
    assert verify().findings == [Finding("tail_cut", 1, detail="1-3")]


def test_a_missing_batch_in_the_middle_is_found(sealed: list[list[UUID]]) -> None:
    sql("DELETE FROM audit_auditevent WHERE batch_id = 2")
    sql("DELETE FROM audit_auditbatch WHERE number = 2")
    assert verify().findings == [Finding("batch_missing", 2, detail="2-2")]


def test_a_batch_cut_out_and_its_numbers_closed_up_is_found(sealed: list[list[UUID]]) -> None:
    sql("DELETE FROM audit_auditevent WHERE batch_id = 2")
    sql("DELETE FROM audit_auditbatch WHERE number = 2")
    sql("UPDATE audit_auditevent SET batch_id = NULL WHERE batch_id = 3")
    sql("UPDATE audit_auditbatch SET number = 2 WHERE number = 3")
    sql("UPDATE audit_auditevent SET batch_id = 2 WHERE batch_id IS NULL")
    assert codes()[0] == ("batch_altered", 2)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("sealed_at", "2026-11-01 00:00:00+00:00"),
        ("root", "0" * 64),
        ("previous", "0" * 64),
        ("chain", "0" * 64),
        ("count", 2),
    ],
)
def test_an_altered_seal_is_found(sealed: list[list[UUID]], column: str, value: str | int) -> None:
    sql("UPDATE audit_auditbatch SET COLUMN = %s WHERE number = 2".replace("COLUMN", column), value)
    assert codes()[0] == ("batch_altered", 2)


def test_an_altered_list_of_members_is_found(sealed: list[list[UUID]]) -> None:
    members = bytes(AuditBatch.objects.get(number=2).members)
    sql("UPDATE audit_auditbatch SET members = %s WHERE number = 2", members[:-1] + b"\x00")
    assert codes()[0] == ("members_altered", 2)
    sql("UPDATE audit_auditbatch SET members = %s WHERE number = 2", members[:-48])
    assert codes()[0] == ("members_altered", 2)


def reseal(number: int) -> None:
    """Seal one batch anew over the rows as they are now, chain included, as a forger would."""
    batch = AuditBatch.objects.get(number=number)
    before = AuditBatch.objects.filter(number=number - 1).first()
    events = list(AuditEvent.objects.filter(batch=number).order_by("id"))
    leaves = [leaf_of(event_record(event)) for event in events]
    header = {
        **header_of(batch),
        "count": len(events),
        "root": root_of(leaves),
        "previous": before.chain if before else "0" * 64,
    }
    members = b"".join(event.id.bytes + leaf for event, leaf in zip(events, leaves, strict=True))
    sql(
        "UPDATE audit_auditbatch SET count = %s, root = %s, previous = %s, chain = %s, "
        "members = %s WHERE number = %s",
        *(header[name] for name in ("count", "root", "previous")),
        chain_of(header),
        members,
        number,
    )


def test_a_batch_sealed_anew_breaks_the_chain_and_its_checkpoint(
    sealed: list[list[UUID]],
) -> None:
    sql("UPDATE audit_auditevent SET division = '51' WHERE id = %s", sealed[1][1])
    reseal(2)
    assert codes() == [("rewritten", 2), ("batch_altered", 3)]


def test_a_complete_rewrite_is_found_by_the_checkpoints_alone(
    sealed: list[list[UUID]], checkpoints: Path
) -> None:
    sql("DELETE FROM audit_auditevent WHERE id = %s", sealed[1][0])
    for number in (2, 3):
        reseal(number)
    assert codes() == [("rewritten", 2), ("rewritten", 3)]
    assert verify().findings[0].row == str(sealed[1][1])
    checkpoints.unlink()
    report = verify()
    assert report.intact
    assert report.checkpoints == 0  # which is why they must be kept elsewhere


def test_a_restored_older_copy_is_found(
    sealed: list[list[UUID]], checkpoints: Path, actor: Actor, seal: Seal
) -> None:
    older = checkpoints.read_text(encoding="utf-8").splitlines()[:1]
    sql("DELETE FROM audit_auditevent WHERE batch_id > 1")
    sql("DELETE FROM audit_auditbatch WHERE number > 1")
    assert codes() == [("tail_cut", 2)]
    # Work goes on in the older copy, whose own checkpoints were put back with it.
    everything = checkpoints.read_text(encoding="utf-8")
    checkpoints.write_text("\n".join(older) + "\n", encoding="utf-8")
    add(actor)
    seal()
    checkpoints.write_text(everything, encoding="utf-8")
    assert codes() == [("rewritten", 2), ("tail_cut", 3)]


def test_an_altered_checkpoint_is_found(sealed: list[list[UUID]], checkpoints: Path) -> None:
    lines = checkpoints.read_text(encoding="utf-8").splitlines()
    checkpoints.write_text("\n".join([lines[0].replace("2026", "2025"), *lines[1:]]), "utf-8")
    assert codes() == [("checkpoint_altered", 1)]
    checkpoints.write_text("\n".join([lines[0], "nonsense", *lines[1:]]), "utf-8")
    assert codes() == [("checkpoint_altered", 0)]
    checkpoints.write_text("\n".join([lines[0][:-40], *lines[1:]]), "utf-8")
    assert codes() == [("checkpoint_altered", 0)]


def test_two_different_checkpoints_of_one_batch_are_found(
    sealed: list[list[UUID]], checkpoints: Path
) -> None:
    header = {**header_of(AuditBatch.objects.get(number=2)), "sealed_at": moment_text(MOMENT)}
    other = checkpoint_line({**header, "chain": chain_of(header)})
    with checkpoints.open("a", encoding="utf-8") as file:
        file.write(other + "\n")
    assert codes() == [("checkpoint_altered", 2)]


@pytest.mark.parametrize("column", ["at", "person_id", "count"])
def test_a_value_that_cannot_even_be_read_is_named(sealed: list[list[UUID]], column: str) -> None:
    """SQLite keeps any text in any column; PostgreSQL refuses such a value itself."""
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            overwrite(sealed[1][1], column, "x")
        return
    overwrite(sealed[1][1], column, "x")
    assert verify().findings == [Finding("row_edited", 2, str(sealed[1][1]))]
