"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.accounts.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class AccountsConfig(AppConfig):
    """Names the app and gives words to its problems."""

    name = "bangfu.foundation.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words."""
        register_sentences(SENTENCES)
