"""Sixteen writers, two sealers, commits that come late: no row lost, none sealed twice.

PostgreSQL's sealers pass by rows that are not committed yet; SQLite has one writer at a time, so
its sealers wait for it. A late writer therefore holds its transaction until a sealer has set out
since it wrote, or all of them already stand before the lock.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction

from audit.rows import assert_each_row_is_sealed_once
from bangfu.foundation.audit.api import AuditEvent, Kind, record, seal_batch, verify

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor

WRITERS = 16
SEALERS = 2
ROWS = 12
PATIENCE = 60


@dataclass
class Race:
    """Writers and sealers that know of each other's progress."""

    actor: Actor
    moved: threading.Condition = field(default_factory=threading.Condition)
    set_out: int = 0
    at_work: int = 0
    finished: bool = False

    def write(self, writer: int) -> None:
        for row in range(ROWS):
            with transaction.atomic():
                record(
                    actor=self.actor,
                    action="trial.row",
                    kind=Kind.CHANGED,
                    subject_ids=[f"{writer}-{row}"],
                )
                if row % 4 == writer % 4:
                    self.be_late()
        connection.close()

    def be_late(self) -> None:
        with self.moved:
            before = self.set_out
            assert self.moved.wait_for(
                lambda: self.set_out > before or self.at_work == SEALERS, timeout=PATIENCE
            )

    def keep_sealing(self) -> int:
        rows = 0
        while not self.finished:
            with self.moved:
                self.set_out += 1
                self.at_work += 1
                self.moved.notify_all()
            rows += seal_batch().rows
            with self.moved:
                self.at_work -= 1
        connection.close()
        return rows


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_lose_nothing_to_two_sealers(actor: Actor) -> None:
    race = Race(actor)
    with ThreadPoolExecutor(WRITERS + SEALERS) as pool:
        sealers = [pool.submit(race.keep_sealing) for _ in range(SEALERS)]
        writers = [pool.submit(race.write, number) for number in range(WRITERS)]
        try:
            for each in writers:
                each.result(timeout=2 * PATIENCE)
        finally:
            race.finished = True
        rows = sum(each.result(timeout=PATIENCE) for each in sealers)
    rows += seal_batch().rows
    assert rows == WRITERS * ROWS == AuditEvent.objects.count()
    assert_each_row_is_sealed_once()
    report = verify()
    assert report.intact
    assert report.without_checkpoint == 0


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_open_while_sealing_is_sealed_by_the_next_run(actor: Actor) -> None:
    record(actor=actor, action="trial.early", kind=Kind.OPENED)
    wrote, may_commit = threading.Event(), threading.Event()

    def write_late() -> None:
        with transaction.atomic():
            record(actor=actor, action="trial.late", kind=Kind.CHANGED)
            wrote.set()
            assert may_commit.wait(PATIENCE)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(write_late)
        assert wrote.wait(PATIENCE)
        if connection.vendor == "sqlite":
            may_commit.set()  # the sealer would wait for this transaction
        sealed = seal_batch().rows
        may_commit.set()
        late.result(timeout=PATIENCE)
    assert sealed in ({1, 2} if connection.vendor == "sqlite" else {1})
    assert sealed + seal_batch().rows == 2
    assert_each_row_is_sealed_once()
    assert verify().intact
