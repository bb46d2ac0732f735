"""Ask the time here, and nowhere else."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from bangfu.kernel.clock import Clock, SystemClock, civil_day
from bangfu.kernel.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

_clock: ContextVar[Clock | None] = ContextVar("bangfu_clock", default=None)
_SYSTEM = SystemClock()

__all__ = ["new_id", "now", "today", "using_clock"]


def now() -> datetime:
    """The moment, aware, in UTC."""
    return (_clock.get() or _SYSTEM).now()


def today() -> date:
    """The calendar day in China."""
    return civil_day(now())


def new_id() -> UUID:
    """A new UUIDv7."""
    return uuid7(int(now().timestamp() * 1000))


@contextmanager
def using_clock(clock: Clock) -> Iterator[None]:
    """Run a block under another clock."""
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)
