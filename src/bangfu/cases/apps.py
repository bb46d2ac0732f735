"""The Django app."""

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override

from bangfu.cases.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class CasesConfig(AppConfig):
    """Names the app, brings its words and its work."""

    name = "bangfu.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register words and subscriptions."""
        register_sentences(SENTENCES)
        import_module("bangfu.cases.jobs")
