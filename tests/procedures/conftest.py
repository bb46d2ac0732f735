"""The shipped pack in force, from its first day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.policy.api import publish_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""Friday 2026-11-20, ten in the morning in China."""


@pytest.fixture
def pack(db: None) -> None:
    """The province's pack, published."""
    publish_pack(actor=system_actor("tests"), path="sichuan", valid_from=date(2021, 5, 14))


@pytest.fixture
def on_friday() -> Iterator[None]:
    """It is Friday 2026-11-20."""
    with using_clock(FixedClock(FRIDAY)):
        yield
