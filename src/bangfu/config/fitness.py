"""Is this home fit for use? What `bangfu check` looks at, each with a remedy."""

from __future__ import annotations

import os
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from bangfu.foundation.access.api import system_actor
from bangfu.policy.api import list_versions

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Check", "Fitness", "check_home", "tables_stand"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    passed: bool
    remedy: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"check": self.name, "passed": self.passed, "remedy": self.remedy}

    def line(self) -> str:
        """As a line."""
        return f"{'ok  ' if self.passed else 'NOT '} {self.name}" + (
            "" if self.passed else f": {self.remedy}"
        )


@dataclass(frozen=True, slots=True)
class Fitness:
    """All checks; fit when every one passed."""

    checks: tuple[Check, ...]

    @property
    def fit(self) -> bool:
        """Whether the home may be used."""
        return all(each.passed for each in self.checks)


def check_home(home: Path) -> Fitness:
    """Look at the home, the database, the keys and the settings.

    In production (`BANGFU_PRODUCTION=1`) a demo home, demo people or a demo pack are refused.
    """
    tables = Check(
        "tables", tables_stand(home), "start `bangfu serve` once: it brings them up to date"
    )
    checks = [
        Check("home", home.is_dir(), f"{home} does not exist; run `bangfu serve` or `bangfu demo`"),
        tables,
        Check("keys apart", _keys_apart(), "BANGFU_KEYS must not lie inside BANGFU_HOME"),
        Check(
            "front end", (settings.BANGFU_ASSETS / "manifest.json").exists(), "run `npm run build`"
        ),
        Check("settings", _settings_hold(), "run `django-admin check` for the details"),
    ]
    if os.environ.get("BANGFU_PRODUCTION") == "1":
        checks += _production(tables.passed)
    return Fitness(tuple(checks))


def tables_stand(home: Path) -> bool:
    """Whether the database is there and of this version."""
    if not home.is_dir():
        return False
    try:
        executor = MigrationExecutor(connection)
    except OperationalError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _keys_apart() -> bool:
    return not settings.BANGFU_KEYS.is_relative_to(settings.BANGFU_HOME)


def _settings_hold() -> bool:
    try:
        call_command("check", verbosity=0, stdout=StringIO())
    except SystemCheckError:
        return False
    return True


def _production(tables_stand: bool) -> list[Check]:
    packs = list_versions(actor=system_actor("command")) if tables_stand else []
    return [
        Check("not a demo home", not settings.BANGFU_DEMO, "a demo home never becomes production"),
        Check(
            "no demo pack", not any(each.demo for each in packs), "publish the province's own pack"
        ),
        Check("https", settings.SESSION_COOKIE_SECURE, "set BANGFU_HTTPS=1 behind a TLS server"),
    ]
