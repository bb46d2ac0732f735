"""The Django app."""

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.portal.wording import SENTENCES


class PortalConfig(AppConfig):
    """Names the app and brings its words."""

    name = "bangfu.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words."""
        register_sentences(SENTENCES)
