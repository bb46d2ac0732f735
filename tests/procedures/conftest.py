"""The shipped pack in force, from its first day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import CHINA, FixedClock
from bangfu.policy.api import publish_pack
from procedures.packs import HELP, write_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""Friday 2026-11-20, ten in the morning in China."""


POSTED = datetime(2026, 11, 16, 9, 15, tzinfo=CHINA)
"""Monday 2026-11-16, a quarter past nine in China."""


@pytest.fixture
def pack(db: None) -> None:
    """The province's pack, published."""
    publish_pack(actor=system_actor("tests"), path="sichuan", valid_from=date(2021, 5, 14))


@pytest.fixture
def on_friday() -> Iterator[None]:
    """It is Friday 2026-11-20."""
    with using_clock(FixedClock(FRIDAY)):
        yield


@pytest.fixture
def trial(db: None, tmp_path: Path) -> Iterator[None]:
    """The trial pack in force, on a Monday morning."""
    with using_clock(FixedClock(POSTED)):
        path = write_pack(tmp_path, help=HELP)
        publish_pack(actor=system_actor("tests"), path=path, valid_from=date(2026, 1, 1))
        yield
