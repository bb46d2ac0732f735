"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.documents.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class DocumentsConfig(AppConfig):
    """Names the app and gives words to its problems."""

    name = "bangfu.foundation.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the sentences."""
        register_sentences(SENTENCES)
