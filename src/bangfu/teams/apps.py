"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences
from bangfu.teams.wording import SENTENCES


class TeamsConfig(AppConfig):
    """Names the app, gives words to its problems and makes its uploads and pages known."""

    name = "bangfu.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register what others look up by name."""
        register_sentences(SENTENCES)
        register_entry(Entry(40, _("队伍"), "teams:duties", "teams.read", "/teams/"))
        # Models may be imported only now that every app is loaded.
        import_module("bangfu.teams.imports")
        elsewhere = import_module("bangfu.teams.web.elsewhere")
        register_panel("household.side", 20, elsewhere.household_panel)
        register_panel("village", 20, elsewhere.village_panel)
