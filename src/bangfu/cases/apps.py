"""The Django app."""

from django.apps import AppConfig
from typing_extensions import override

from bangfu.cases.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class CasesConfig(AppConfig):
    """Names the app and brings its words."""

    name = "bangfu.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words; jobs and subscriptions are found by the jobs app."""
        register_sentences(SENTENCES)
