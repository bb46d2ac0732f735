"""The register's tests live in a few places, in a home marked as a demo, on a fixed day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.registry.queries.divisions import forget_divisions
from registry.making import make_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def places(db: None, settings: SettingsWrapper) -> Iterator[None]:
    """Divisions to live in; made-up people are admitted; it is 2026-11-20."""
    settings.BANGFU_DEMO = True
    forget_divisions()
    with using_clock(FixedClock(NOW)):
        make_places()
        yield
    forget_divisions()
