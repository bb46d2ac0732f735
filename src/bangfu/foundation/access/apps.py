"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from typing_extensions import override

from bangfu.foundation.access.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class AccessConfig(AppConfig):
    """Names the app, gives words to its problems and gathers the features' capabilities."""

    name = "bangfu.foundation.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Every feature declares its capabilities in its `permissions.py`: load them all."""
        register_sentences(SENTENCES)
        autodiscover_modules("permissions")
        # Imported late: it needs the models, which are not there when this module is read.
        import_module("bangfu.foundation.access.sign_ins").watch_sign_ins()
