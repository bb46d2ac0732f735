"""What is hashed and exported is the same for both databases and every time zone."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.utils import timezone

from audit.rows import add
from bangfu.foundation.access.api import AccessRefused, Actor, Grant
from bangfu.foundation.audit import verify_audit
from bangfu.foundation.audit.api import AuditEvent, Kind, export_audit, list_events, record_opened
from bangfu.foundation.audit.records import event_record
from bangfu.foundation.audit.verify_audit import leaf_of
from bangfu.kernel.division import DivisionCode

if TYPE_CHECKING:
    from pathlib import Path

    from audit.conftest import Seal

pytestmark = pytest.mark.django_db

LEAF = "ae921c9f146c05c3ed465f7b1beaa60923fc5b993d126122d86dc1a1cfb543dc"
"""Computed once; SQLite and PostgreSQL, and every time zone, must come to it."""


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/St_Johns"])
@pytest.mark.parametrize("microsecond", [0, 4])
def test_a_row_read_back_has_the_same_leaf_everywhere(zone: str, microsecond: int) -> None:
    moment = datetime(2026, 11, 20, 1, 2, 3, microsecond, tzinfo=UTC)
    AuditEvent.objects.create(
        id=UUID(int=7),
        at=moment,
        person_id=UUID(int=8),
        action="household.opened",
        kind=Kind.OPENED,
        subject_type="household",
        subject_ids='["户7"]',
        division="511921",
        purpose="入户 “核查”\n",
        count=2**40,
        filters='{"a":1}',
    )
    with timezone.override(zone):
        found = event_record(AuditEvent.objects.get())
    assert found["at"] == f"2026-11-20T01:02:03.{microsecond:06}Z"
    if microsecond:
        assert leaf_of(found).hex() == LEAF


def auditor(division: str) -> Actor:
    grant = Grant("audit_administrator", DivisionCode(division), frozenset({"audit.read"}))
    return Actor(person_id=UUID(int=9), posting_id=None, name="周敏", grants=(grant,))


def test_an_export_is_verified_on_another_machine(
    actor: Actor, seal: Seal, checkpoints: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        add(actor, 3)
        seal()
    add(actor)
    export = tmp_path / "export.jsonl"
    with export.open("w", encoding="utf-8") as stream:
        assert export_audit(actor=auditor(""), stream=stream) == 1 + 2 + 7 + 1
    program = [sys.executable, "-I", "-S", verify_audit.__file__, str(export), str(checkpoints)]
    assert subprocess.run(program, capture_output=True, check=False).returncode == 0
    export.write_text(export.read_text("utf-8").replace('[\\"h1\\"]', '[\\"h2\\"]', 1), "utf-8")
    done = subprocess.run(program, capture_output=True, check=False)
    assert done.returncode == 1
    first = AuditEvent.objects.filter(subject_ids='["h1"]', batch=1).get()
    assert str(first.id).encode() in done.stdout.splitlines()[1]


def test_an_export_is_audited_and_needs_the_whole_country(actor: Actor) -> None:
    add(actor, 2)
    with pytest.raises(AccessRefused):
        export_audit(actor=auditor("51"), stream=io.StringIO())
    assert AuditEvent.objects.count() == 2
    export_audit(actor=auditor(""), stream=io.StringIO())
    row = AuditEvent.objects.get(action="audit.exported")
    assert (row.kind, row.count, row.person_id) == ("listed", 4, UUID(int=9))


def test_many_unsealed_rows_are_exported_in_pieces(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.foundation.audit.exporting.BATCH_ROWS", 3)
    add(actor, 8)
    stream = io.StringIO()
    assert export_audit(actor=auditor(""), stream=stream) == 10
    for row in AuditEvent.objects.filter(action="household.opened"):
        assert stream.getvalue().count(str(row.id)) == 1


def test_an_auditor_sees_the_rows_of_their_divisions(actor: Actor) -> None:
    for division in ("", "51", "511921", "511921101", "511922"):
        record_opened(actor, "household", "h", division)
    assert {row.division for row in list_events(actor=auditor("511921"))} == {
        "511921",
        "511921101",
    }
    assert list_events(actor=auditor("")).count() == 5
    assert list_events(actor=Actor(UUID(int=9), None, "x")).count() == 0
