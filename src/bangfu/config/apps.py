"""The Django app, for the words of the command's problems."""

from django.apps import AppConfig
from typing_extensions import override

from bangfu.config.command.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class CommandConfig(AppConfig):
    """Names the app and brings the words."""

    name = "bangfu.config"
    label = "config"

    @override
    def ready(self) -> None:
        """Register the words."""
        register_sentences(SENTENCES)
