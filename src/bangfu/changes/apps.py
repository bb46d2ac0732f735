"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy
from typing_extensions import override

from bangfu.changes.wording import SENTENCES
from bangfu.foundation.ui.api import register_work
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences


class ChangesConfig(AppConfig):
    """Names the app and brings its words and its pages' places."""

    name = "bangfu.changes"
    label = "changes"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register the words and places."""
        register_sentences(SENTENCES)
        # Pages read models, which may be imported only now that every app is loaded.
        elsewhere = import_module("bangfu.changes.web.elsewhere")
        count = elsewhere.waiting_count
        register_entry(
            Entry(
                35,
                pgettext_lazy("多个", "变更"),
                "changes:desk",
                "changes.read",
                "/changes/",
                count,
            )
        )
        register_work("changes", elsewhere.change_work)
        register_panel("household.top", 5, elsewhere.relatives_panel)
        register_panel("household.side", 30, elsewhere.household_panel)
