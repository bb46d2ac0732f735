"""What every test shares. The home and the database are made in support/settings.py."""

from __future__ import annotations

import os

from support.seeds import pytest_terminal_summary

__all__ = ["pytest_terminal_summary"]

pytest_plugins = ["support.browser", "support.people", "support.witness"]

# Playwright keeps an event loop in the thread; the tests around it still talk to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
