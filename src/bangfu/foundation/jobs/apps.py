"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from typing_extensions import override

from bangfu.foundation.jobs.wording import SENTENCES
from bangfu.foundation.ui.wording import register_sentences


class JobsConfig(AppConfig):
    """Names the app, gives words to its problems and gathers the features' jobs."""

    name = "bangfu.foundation.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Every feature registers its kinds and subscribers in its `jobs.py`: load them all."""
        register_sentences(SENTENCES)
        autodiscover_modules("jobs")
