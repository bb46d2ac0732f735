"""The Django app."""

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.screening.wording import SENTENCES


class ScreeningConfig(AppConfig):
    """Names the app, brings its words and its work."""

    name = "bangfu.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register words, kinds of jobs and subscriptions."""
        register_sentences(SENTENCES)
        import_module("bangfu.screening.jobs")
