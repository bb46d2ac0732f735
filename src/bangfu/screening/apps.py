"""The Django app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences
from bangfu.screening.wording import SENTENCES


class ScreeningConfig(AppConfig):
    """Names the app and brings its words."""

    name = "bangfu.screening"
    label = "screening"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words; jobs and subscriptions are found by the jobs app."""
        register_sentences(SENTENCES)
        register_entry(Entry(50, _("筛查"), "screening:runs", "screening.read", "/runs/"))
        verdicts = import_module("bangfu.screening.web.verdicts")
        register_panel("household.top", 10, verdicts.top_panel)
        register_panel("household.main", 10, verdicts.rules_panel)
        batches = import_module("bangfu.screening.web.batches")
        register_panel("batch", 10, batches.batch_panel)
