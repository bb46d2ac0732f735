"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override

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
