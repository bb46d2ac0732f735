"""The Django app."""

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.synthetic.wording import SENTENCES


class SyntheticConfig(AppConfig):
    """Names the app, which has no tables, and gives words to its problems."""

    name = "bangfu.synthetic"
    label = "synthetic"

    @override
    def ready(self) -> None:
        """Register the sentences."""
        register_sentences(SENTENCES)
