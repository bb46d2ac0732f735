"""What the work of a job is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor


@dataclass(frozen=True, slots=True)
class JobContext:
    """What the work of a job is given.

    Attributes:
        actor: whom the job acts as, with the rights of today.
        report: told how far the work is.
        confirm: renews the lease, or raises `LeaseLost`.
    """

    actor: Actor
    report: Callable[[int, int, str], None]
    confirm: Callable[[], None]

    def progress(self, done: int, total: int, stage: str) -> None:
        """Say how far the work is: `done` of `total` of what `stage` names.

        Raises:
            LeaseLost: when another worker has taken the job over; let it through.
        """
        self.report(done, total, stage)

    def confirm_lease(self) -> None:
        """Call it last in a transaction that writes: it commits only if the job is still ours.

        Raises:
            LeaseLost: when another worker has taken the job over; let it through.
        """
        self.confirm()
