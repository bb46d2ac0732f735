"""The Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from bangfu.exchange.wording import SENTENCES
from bangfu.foundation.ui.navigation import Entry, register_entry
from bangfu.foundation.ui.panels import register_panel
from bangfu.foundation.ui.wording import register_sentences


class ExchangeConfig(AppConfig):
    """Names the app, gives words to its problems and makes its uploads and pages known."""

    name = "bangfu.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    @override
    def ready(self) -> None:
        """Register what others look up by name."""
        register_sentences(SENTENCES)
        # Models may be imported only now that every app is loaded.
        import_module("bangfu.exchange.imports")
        import_module("bangfu.exchange.jobs")
        panel = import_module("bangfu.exchange.web.panel")
        register_entry(
            Entry(
                82, _("部门数据"), "exchange:desk", "exchange.read", "/departments/",
                panel.waiting_count,
            )
        )  # fmt: skip
        register_panel("household.main", 60, panel.household_panel)
