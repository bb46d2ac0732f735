"""The heartbeat: a thread that renews the lease while the work is busy elsewhere."""

from __future__ import annotations

from contextvars import copy_context
from datetime import timedelta
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from bangfu.foundation.clock.api import now
from bangfu.foundation.jobs.domain.attempts import LEASE
from bangfu.foundation.jobs.leases import Claim, LeaseLost, renew_lease
from bangfu.foundation.jobs.locking import one_writer_only

if TYPE_CHECKING:
    from types import TracebackType

_LOOK_EVERY: Final = 2.0
_WRITE_AFTER: Final = timedelta(milliseconds=500)
_RENEW_AFTER: Final = LEASE / 3


class Heartbeat:
    """Keeps the lease of one claim and writes its progress; a context manager."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._over = Event()
        self._lock = Lock()
        self._progress: dict[str, Any] = {}
        self._told = True
        self._written = now()
        self._work = connections[DEFAULT_DB_ALIAS]
        self._thread = Thread(target=copy_context().run, args=(self._beat,), daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def progress(self, done: int, total: int, stage: str) -> None:
        """Note how far the work is; the thread writes it where this connection may not.

        On SQLite a transaction of the work keeps the thread out, so the note is written in that
        transaction and the lease is fresh when it commits.

        Raises:
            LeaseLost: when another worker has the job.
        """
        with self._lock:
            turned = self._progress.get("stage") != stage or done >= total
            self._progress = {"done": done, "total": total, "stage": stage}
            self._told = False
        due = turned or now() - self._written >= _WRITE_AFTER
        if due and (one_writer_only() or not self._work.in_atomic_block):
            self._write()

    def _write(self) -> None:
        with self._lock:
            progress, self._told, self._written = dict(self._progress), True, now()
        renew_lease(self._claim, **progress)

    def _beat(self) -> None:
        try:
            while not self._over.wait(_LOOK_EVERY):
                if not self._told or now() - self._written >= _RENEW_AFTER:
                    self._try_to_write()
        finally:
            connections.close_all()

    def _try_to_write(self) -> None:
        """Write, unless the work's own transaction is the only one that may."""
        if self._work.in_atomic_block and one_writer_only():
            return
        try:
            self._write()
        except (DatabaseError, LeaseLost):
            # A busy database is tried again; a lost lease shows when the work ends.
            return
