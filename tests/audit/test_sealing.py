"""Every committed row is sealed exactly once, however late it commits and whoever seals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection

from audit.rows import MOMENT, add, assert_each_row_is_sealed_once, sealed_ids
from bangfu.foundation.audit import checkpoints as checkpoints_module
from bangfu.foundation.audit import sealing
from bangfu.foundation.audit.api import (
    Sealed,
    seal_batch,
    unsealed_window,
    verify,
)
from bangfu.foundation.audit.models import AuditBatch
from bangfu.foundation.audit.verify_audit import leaf_of
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock

if TYPE_CHECKING:
    from pathlib import Path

    from audit.conftest import Seal
    from bangfu.foundation.access.api import Actor


@pytest.mark.django_db
def test_all_rows_are_sealed_and_batches_are_chained(actor: Actor, seal: Seal) -> None:
    add(actor, 3)
    assert seal() == Sealed(batches=1, rows=3)
    add(actor, 2)
    assert seal() == Sealed(batches=1, rows=2)
    first, second = AuditBatch.objects.order_by("number")
    assert (first.number, first.count, first.previous) == (1, 3, "0" * 64)
    assert (second.number, second.count, second.previous) == (2, 2, first.chain)
    assert_each_row_is_sealed_once()
    assert verify().intact


@pytest.mark.django_db
def test_without_new_rows_no_batch_is_made(actor: Actor, seal: Seal, checkpoints: Path) -> None:
    assert seal() == Sealed(0, 0)
    assert verify().intact
    add(actor)
    seal()
    before = checkpoints.read_bytes()
    assert seal() == Sealed(0, 0)
    assert checkpoints.read_bytes() == before


@pytest.mark.django_db
def test_a_row_that_commits_late_is_in_the_next_batch(actor: Actor, seal: Seal) -> None:
    """Its time and id lie before rows that are sealed already."""
    add(actor, 3)
    seal()
    add(actor, at=MOMENT - timedelta(hours=3))
    assert seal() == Sealed(1, 1)
    assert sealed_ids()[-1] < sealed_ids()[0]
    report = verify()
    assert report.intact
    assert_each_row_is_sealed_once()


@pytest.mark.django_db
def test_rows_long_older_than_the_batch_before_theirs_are_counted(actor: Actor, seal: Seal) -> None:
    for hours in (0, -1, -2):
        add(actor, at=MOMENT + timedelta(hours=hours))
        with using_clock(FixedClock(MOMENT)):
            seal()
    assert verify().late == 1


@pytest.mark.django_db
def test_many_rows_make_several_batches(
    actor: Actor, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH_ROWS", 4)
    add(actor, 10)
    assert seal() == Sealed(batches=3, rows=10)
    assert list(AuditBatch.objects.order_by("number").values_list("count", flat=True)) == [4, 4, 2]
    add(actor, 4)
    assert seal() == Sealed(batches=1, rows=4)
    assert_each_row_is_sealed_once()
    assert verify().intact


@pytest.mark.django_db
def test_the_window_tells_what_is_not_protected_yet(actor: Actor, seal: Seal) -> None:
    assert (unsealed_window().count, unsealed_window().oldest) == (0, None)
    add(actor, 2)
    add(actor, at=MOMENT - timedelta(minutes=1))
    window = unsealed_window()
    assert (window.count, window.oldest) == (3, MOMENT - timedelta(minutes=1))
    report = verify()
    assert report.intact
    assert (report.unsealed, report.oldest_unsealed) == (3, "2026-11-20T01:01:03.000000Z")
    seal()
    assert unsealed_window().count == 0


@pytest.mark.django_db
def test_of_two_sealers_at_once_one_gives_up_unharmed(
    actor: Actor, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second took its number before the first committed."""
    add(actor, 2)
    place = sealing._next_place()
    seal()
    add(actor)
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "_next_place", lambda: place)
        assert seal() == Sealed(0, 0)
    assert unsealed_window().count == 1
    assert seal() == Sealed(1, 1)
    assert_each_row_is_sealed_once()


@pytest.mark.django_db
def test_a_fault_that_is_not_the_race_is_not_swallowed(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(actor)
    monkeypatch.setattr(sealing, "root_of", lambda _: None)
    with pytest.raises(IntegrityError):
        seal_batch()
    assert unsealed_window().count == 1


@pytest.mark.django_db
def test_rows_that_change_under_the_sealer_stop_it(
    actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(actor, 2)
    hashed = leaf_of

    def take_one_away(row: dict[str, object]) -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_auditevent WHERE subject_ids = %s", ['["h0"]'])
        return hashed(row)

    monkeypatch.setattr(sealing, "leaf_of", take_one_away)
    with pytest.raises(RuntimeError, match="1 rows changed"):
        seal_batch()
    assert not AuditBatch.objects.exists()


@pytest.mark.django_db
def test_every_batch_has_its_checkpoint_outside(
    actor: Actor, seal: Seal, checkpoints: Path
) -> None:
    for _ in range(3):
        add(actor)
        seal()
    lines = [json.loads(line) for line in checkpoints.read_text(encoding="utf-8").splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert [line["chain"] for line in lines] == list(
        AuditBatch.objects.order_by("number").values_list("chain", flat=True)
    )


@pytest.mark.django_db
def test_a_crash_before_the_checkpoint_is_made_good(
    actor: Actor, seal: Seal, checkpoints: Path
) -> None:
    add(actor)
    seal_batch()  # the callbacks after the commit never ran
    assert not checkpoints.exists()
    assert verify().without_checkpoint == 1
    seal()
    assert verify().without_checkpoint == 0
    assert len(checkpoints.read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.django_db
def test_a_checkpoint_cut_by_a_crash_is_written_again(
    actor: Actor, seal: Seal, checkpoints: Path
) -> None:
    for _ in range(2):
        add(actor)
        seal()
    whole = checkpoints.read_bytes()
    checkpoints.write_bytes(whole[:-30])
    add(actor)
    seal()
    report = verify()
    assert report.intact
    assert (report.checkpoints, report.without_checkpoint) == (3, 0)
    assert checkpoints.read_bytes().startswith(whole[:-30] + b"\n")


@pytest.mark.django_db
def test_checkpoints_that_cannot_be_written_are_told_and_made_good(
    actor: Actor, seal: Seal, checkpoints: Path
) -> None:
    checkpoints.mkdir(parents=True)
    add(actor)
    with pytest.raises(IsADirectoryError):
        seal()
    assert unsealed_window().count in {0, 1}
    checkpoints.rmdir()
    seal()
    assert_each_row_is_sealed_once()
    assert verify().without_checkpoint == 0


@pytest.mark.django_db
def test_only_the_end_of_a_long_checkpoint_file_is_read(
    actor: Actor, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints_module, "_TAIL_BYTES", 700)
    for _ in range(5):
        add(actor)
        seal()
    found = checkpoints_module.last_checkpoint()
    assert found is not None
    assert found[0] == 5
    assert verify().checkpoints == 5


@pytest.mark.django_db
def test_an_older_copy_goes_on_after_the_checkpoints_and_the_gap_stays_told(
    actor: Actor, seal: Seal
) -> None:
    for _ in range(3):
        add(actor)
        seal()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE batch_id >= 2")
        cursor.execute("DELETE FROM audit_auditbatch WHERE number >= 2")
    add(actor)
    assert seal() == Sealed(1, 1)
    assert list(AuditBatch.objects.order_by("number").values_list("number", flat=True)) == [1, 4]
    (finding,) = verify().findings
    assert (finding.code, finding.batch, finding.detail) == ("batch_missing", 2, "2-3")
