"""Make a home ready for use: tables, divisions, schedules. Safe to run at every start."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from bangfu.registry.api import load_divisions

__all__ = ["prepare_home"]


def prepare_home() -> None:
    """Bring the database to this version and see that the packaged tables are in it."""
    settings.BANGFU_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    load_divisions()
