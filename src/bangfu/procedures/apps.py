"""The Django app."""

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.procedures.wording import SENTENCES


class ProceduresConfig(AppConfig):
    """Names the app and brings its words."""

    name = "bangfu.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words of refusals."""
        register_sentences(SENTENCES)
