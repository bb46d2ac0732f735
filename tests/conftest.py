"""What every test shares: a home of its own, and PostgreSQL when it is asked for."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from support.postgres import start_postgres

_HOME = Path(tempfile.mkdtemp(prefix="bangfu-test-")) / "home"
os.environ["BANGFU_HOME"] = str(_HOME)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
# Playwright keeps an event loop in the thread; the tests around it still talk to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure() -> None:
    """Start PostgreSQL before Django reads its settings."""
    if os.environ.get("BANGFU_TEST_DATABASE") == "postgresql":
        os.environ["BANGFU_DATABASE_URL"] = start_postgres()
