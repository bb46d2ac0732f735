"""The Django app."""

from django.apps import AppConfig
from typing_extensions import override

from bangfu.changes.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class ChangesConfig(AppConfig):
    """Names the app and brings its words and its pages' places."""

    name = "bangfu.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words and places."""
        register_sentences(SENTENCES)
