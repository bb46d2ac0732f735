"""The world of the matrix, made once, and left as it was by every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import override_settings

from access_matrix.world import MOMENT, World, make_world
from bangfu.config.home import mark_demo
from bangfu.foundation.clock.api import using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.registry.queries.divisions import forget_divisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    """Two counties on 2026-11-20; gone when the module's tests are done."""
    home = tmp_path_factory.mktemp("home")
    mark_demo(home)
    with (
        django_db_blocker.unblock(),
        override_settings(BANGFU_DEMO=True, BANGFU_HOME=home),
        using_clock(FixedClock(MOMENT)),
        transaction.atomic(),
    ):
        yield make_world()
        transaction.set_rollback(True)
    forget_divisions()
