"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override

from bangfu.foundation.ui.wording import register_sentences
from bangfu.registry.wording import SENTENCES


class RegistryConfig(AppConfig):
    """Names the app, gives words to its problems and makes its uploads known."""

    name = "bangfu.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register what others look up by name."""
        register_sentences(SENTENCES)
        import_module("bangfu.registry.imports")
