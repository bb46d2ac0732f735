"""What every test shares. The home and the database are made in support/settings.py."""

from __future__ import annotations

import os

import pytest
from django.utils import translation

from support.seeds import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]

pytest_plugins = ["support.browser", "support.people", "support.witness"]

# Playwright keeps an event loop in the thread; the tests around it still talk to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Every test begins in Chinese: a page asked for in English leaves its language behind."""
    translation.activate("zh-hans")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks the database; the rest has run on SQLite and cannot differ."""
    if os.environ.get("BANGFU_TEST_DATABASE") != "postgresql":
        return
    asking = [item for item in items if _asks_the_database(item)]
    kept = set(asking)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = asking


def _asks_the_database(item: pytest.Item) -> bool:
    named = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or named & {"db", "transactional_db"})
